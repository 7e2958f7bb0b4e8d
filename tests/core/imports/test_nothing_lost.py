"""An import never loses a value: each is stored, is what is stored, or comes back in its row with the reason.

The tables are made from the fields of each kind, so that a new field is tried by itself.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from core.imports.importers import ImportOutcome, list_import_kinds
from core.models import Party
from tests.spreadsheets import Cells, Sheet


@pytest.fixture
def sheet(db: None, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Sheet]:
    """Makes the sheet of a kind; the campaigns that a request can name are here."""
    # It looks at every table, and an import does it after each file.
    monkeypatch.setattr("core.imports.file_import.update_table_statistics", lambda: None)

    for code in ("democratic", "green"):
        Party.objects.create(code=code, name=code.title())

    def make(kind: str) -> Sheet:
        if kind == "requests":
            for source in ("sheet", "elsewhere"):
                campaigns = Sheet(tmp_path, "campaigns", now, source)
                base = campaigns.base() | {"verified": "yes"}
                rows = [base | {"key": key, "candidate": f"{key} {source}"} for key in ("c1", "c2")]
                assert campaigns.load(*rows) == ([ImportOutcome.CREATED] * 2, [])
                for file in tmp_path.glob("*.csv"):
                    file.unlink()
        return Sheet(tmp_path, kind, now)

    return make


def try_each(sheet: Sheet, judge: Callable[[str, Cells, Cells], str | None]) -> None:
    """Let `judge` say what is wrong for each field, with a row and one that differs in this field alone."""
    wrong = []
    for name in sheet.columns:
        with transaction.atomic():
            base = sheet.base()
            said = judge(name, base, base | {name: sheet.texts(name)[1]})
            wrong += [f"{name}: {said}"] if said else []
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("kind", list_import_kinds())
def test_another_value_in_a_second_import_is_stored_or_rejected(sheet: Callable[[str], Sheet], kind: str) -> None:
    rows = sheet(kind)

    def judge(name: str, base: Cells, other: Cells) -> str | None:
        assert rows.load(base) == ([ImportOutcome.CREATED], [])
        assert rows.load(base) == ([ImportOutcome.UNCHANGED], [])
        outcomes, reasons = rows.load(other)
        if reasons:
            named = any(f"{name}: " in reason for reason in reasons)
            kept = rows.load(base) == ([ImportOutcome.UNCHANGED], [])
            return None if named and kept else f"{reasons}, base kept: {kept}"
        if outcomes != [ImportOutcome.UPDATED]:
            return f"taken as {outcomes}"
        again = rows.load(other)
        return None if again == ([ImportOutcome.UNCHANGED], []) else f"the same row again: {again}"

    try_each(rows, judge)


@pytest.mark.parametrize("kind", list_import_kinds())
def test_another_value_in_a_later_row_of_the_file_is_stored_or_rejected(
    sheet: Callable[[str], Sheet], kind: str
) -> None:
    rows = sheet(kind)

    def judge(name: str, base: Cells, other: Cells) -> str | None:
        outcomes, reasons = rows.load(base, other)
        taken = [base] if reasons else [base, other]
        for row in taken:
            if (again := rows.load(row)) != ([ImportOutcome.UNCHANGED], []):
                return f"{outcomes} {reasons}, and then alone: {again}"
        if reasons and rows.importer.may_repeat_key and not any(f"{name}: " in reason for reason in reasons):
            return f"rejected without its name: {reasons}"
        return None

    try_each(rows, judge)


@pytest.mark.parametrize("kind", list_import_kinds())
def test_a_value_that_comes_later_is_stored_or_rejected(sheet: Callable[[str], Sheet], kind: str) -> None:
    rows = sheet(kind)

    def judge(name: str, base: Cells, other: Cells) -> str | None:
        if name not in rows.fields or rows.fields[name].required:
            return None
        unchanged = []
        for text in rows.texts(name):
            with transaction.atomic():
                assert rows.load(base | {name: ""})[1] == []
                outcomes, _reasons = rows.load(base | {name: text})
                unchanged += [text] if outcomes == [ImportOutcome.UNCHANGED] else []
                transaction.set_rollback(True)
        # One of the two may be what a row without the value gets.
        return f"{unchanged} changed nothing" if len(unchanged) > 1 else None

    try_each(rows, judge)
