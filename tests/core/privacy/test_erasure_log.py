"""The erasure log: a line for each erasure, with which a restored backup erases again."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from core.errors import WrongState
from core.models import Notice, User
from core.notifications.outbox import enqueue_notice
from core.privacy import erasure_log
from core.privacy.erasure import hash_address
from core.privacy.repeated_erasures import repeat_logged_erasures
from matching.rules.states import MatchState
from tests.cast import Cast, create_user
from tests.core.privacy.erasure_traces import erase
from tests.core.privacy.full_records import FullRecords
from tests.match_factory import MAKER_BY_STATE
from volunteers.models import Volunteer

pytestmark = pytest.mark.usefixtures("journal_file")


def test_the_journal_knows_ids_and_digests_and_no_address(life: FullRecords, now: datetime, journal_file: Path) -> None:
    erase(life.alice, now)

    [line] = erasure_log.read_entries(journal_file)
    assert line == {
        "account": life.alice.pk,
        "public_id": str(life.alice.public_id),
        "at": now.isoformat(),
        "ids": {"volunteer": sorted([str(life.volunteer.public_id), str(life.imported.public_id)])},
        "addresses": [hash_address("alice@example.org")],
    }
    text = journal_file.read_text()
    assert "alice" not in text
    assert "@" not in text
    assert journal_file.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_written_down_is_not_done(cast: Cast, now: datetime, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    match = MAKER_BY_STATE[MatchState.ACTIVE](cast, now)

    with (
        override_settings(ERASURE_LOG=tmp_path / "file" / "journal"),
        pytest.raises(WrongState, match="cannot be written down"),
    ):
        erase(cast.alice, now)

    match.refresh_from_db()
    assert match.state == MatchState.ACTIVE
    assert User.objects.filter(pk=cast.alice.pk).exists()


def test_the_line_is_on_the_disk_before_the_rows_are_gone(
    cast: Cast, now: datetime, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("core.privacy.erasure_log.os.fsync", full)

    with pytest.raises(OSError, match="No space"):
        erase(cast.alice, now)

    assert User.objects.filter(pk=cast.alice.pk).exists()


def test_a_line_that_a_crash_cut_off_spoils_no_other(journal_file: Path) -> None:
    erasure_log.append_entry(journal_file, {"n": 1})
    with journal_file.open("a") as file:
        file.write('{"n": 2, "cut')
    erasure_log.append_entry(journal_file, {"n": 3})

    assert [line["n"] for line in erasure_log.read_entries(journal_file)] == [1, 3]


def test_nothing_is_repeated_where_there_is_no_journal(db: None, now: datetime) -> None:
    assert repeat_logged_erasures(at=now) == 0


def test_who_was_only_written_to_is_found_under_an_older_key_too(cast: Cast, now: datetime) -> None:
    with override_settings(SECRET_KEY="an older key"):
        erase(cast.bob, now)
    owed: dict[str, Any] = {"kind": "member-invitation", "subjects": {}, "at": now}
    enqueue_notice(to="bob@example.org", cause="restored", **owed)
    enqueue_notice(to="other@example.org", cause="another's", **owed)

    repeat_logged_erasures(at=now)
    assert Notice.objects.filter(address="bob@example.org").exists()
    with override_settings(SECRET_KEY_FALLBACKS=["an older key"]):
        repeat_logged_erasures(at=now)

    assert [notice.address for notice in Notice.objects.exclude(address="")] == ["other@example.org"]


def test_who_came_after_an_erasure_is_not_erased_with_it(cast: Cast, now: datetime) -> None:
    erase(cast.bob, now)
    later = now + timedelta(days=1)
    anew = create_user("bob")
    Volunteer.objects.create(email="bob@example.org", max_hours_per_week=2, time_zone="UTC", waiting_since=later)

    assert repeat_logged_erasures(at=later) == 0
    assert User.objects.filter(pk=anew.pk).exists()
    assert Volunteer.objects.filter(email="bob@example.org").exists()


def test_the_command_says_how_many(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("repeat_erasures")

    assert capsys.readouterr().out == "Erased again: 0\n"
    assert settings.ERASURE_LOG.name == "erasures.jsonl"


def test_a_line_of_the_first_version_is_read_too(cast: Cast, now: datetime) -> None:
    line = {"account": cast.bob.pk, "name": str(cast.bob.public_id), "at": now.isoformat(), "ids": {}, "addresses": []}
    erasure_log.append_entry(settings.ERASURE_LOG, line)

    assert repeat_logged_erasures(at=now) == 1
    assert not User.objects.filter(pk=cast.bob.pk).exists()
