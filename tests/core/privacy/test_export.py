"""The export holds everything that the map says it holds, and nothing of anybody else."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, models, transaction
from django.db.utils import InternalError, ProgrammingError
from rest_framework.test import APIClient

from core.enums import AccessPoint
from core.models import ContactAccess, User
from core.privacy.export_sections import list_export_sections
from tests.cast import Cast
from tests.core.privacy.full_records import FullRecords, create_full_records
from tests.core.privacy.personal_data_map import read_personal_data_map

Api = Callable[[User | None], APIClient]
DATA = "/api/v1/me/personal-data"


@pytest.fixture
def life(cast: Cast, now: datetime) -> FullRecords:
    cache.clear()
    return create_full_records(cast, now)


def mark(user: User) -> list[str]:
    """Writes a word of its own into every text that the user is given, where the database lets it; the words."""
    marks: list[str] = []
    shared = {
        (line.table, line.column) for line in read_personal_data_map() if line.subject == "campaign"
    }  # both sides may see its words
    for part in list_export_sections().values():
        if "event" in part.model._meta.db_table or not part.rows(user).exists():
            continue
        # By the keys: what makes the rows theirs may be the very text that is marked.
        rows = part.model._default_manager.filter(pk__in=list(part.rows(user).values_list("pk", flat=True)))
        for column in part.columns:
            field: Any = part.model._meta.get_field(column.split("__")[0])
            word = f"w{user.pk}n{len(marks)}"
            if "__" in column or field.choices or not isinstance(field, models.CharField | models.TextField):
                continue
            if (part.model._meta.db_table, field.column) in shared:
                continue
            if isinstance(field, models.EmailField) or (field.max_length or 99) < len(word) or not field.editable:
                continue
            try:
                with transaction.atomic():
                    rows.filter(pk=rows.order_by("pk").values("pk")[:1]).update(**{column: word})
                marks.append(word)
            except (IntegrityError, InternalError, ProgrammingError):
                continue
    return marks


def test_everybody_is_given_every_word_that_is_held_about_them_and_none_of_anothers(
    api: Api, life: FullRecords
) -> None:
    people = [life.alice, life.carol, life.rita]
    marks = {user.pk: mark(user) for user in people}
    given = {user.pk: api(user).get(DATA).content.decode() for user in people}

    for user in people:
        assert len(marks[user.pk]) >= 5
        assert [word for word in marks[user.pk] if f'"{word}"' not in given[user.pk]] == []
        others = [word for other in people if other != user for word in marks[other.pk]]
        assert [word for word in others if f'"{word}"' in given[user.pk]] == []


def test_every_part_has_something_of_somebody_here(life: FullRecords) -> None:
    """So that no other test passes because there is nothing to see."""
    people = [life.alice, life.carol, life.rita]

    assert [
        name for name, part in list_export_sections().items() if not any(part.rows(one).exists() for one in people)
    ] == []


def test_every_column_is_given_with_its_value(api: Api, life: FullRecords) -> None:
    held = api(life.alice).get(DATA).json()["sections"]

    assert list(held) == list(list_export_sections())
    assert held["account"][0]["email"] == "alice@example.org"
    assert [row["skill_code"] for row in held["skills"]] == ["front-end"]
    assert [row["party_code"] for row in held["parties"]] == ["reform"]
    assert [row["text"] for row in held["messages_written"]] == ["Hello Carol"]
    assert [row["text"] for row in held["reports_made"]] == ["It is late"]
    assert [row["note"] for row in held["said_at_the_end"]] == ["Alice has no time"]
    assert [row["reason"] for row in held["vetoes"]] == ["Never, says the volunteer"]
    assert [row["first_name"] for row in held["profile"]] == ["Alice", "Alice"]
    for name, part in list_export_sections().items():
        for row in held[name]:
            assert sorted(row) == sorted(part.name_column(column) for column in part.columns)


@pytest.mark.parametrize(
    "kept", ["Never, says the campaign", "Never, says the reviewer", "Alice asked.", "Alice is late", "Hello Alice"]
)
def test_what_others_wrote_about_somebody_is_not_given(api: Api, life: FullRecords, kept: str) -> None:
    assert kept not in api(life.alice).get(DATA).content.decode()


@pytest.mark.parametrize("who", ["bob", "dave"])
def test_somebody_elses_export_holds_nothing_of_hers(api: Api, life: FullRecords, cast: Cast, who: str) -> None:
    given = api(getattr(cast, who)).get(DATA).content.decode()

    assert "alice" not in given.lower()
    assert str(life.volunteer.public_id) not in given
    assert str(life.match.public_id) not in given


def test_it_is_a_file_that_no_cache_keeps_and_asking_for_it_is_written_down(api: Api, cast: Cast) -> None:
    cache.clear()
    answer = api(cast.bob).get(DATA)

    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert answer["Cache-Control"] == "no-store"
    assert json.loads(answer.content)["created_at"] == "2026-03-02T12:00:00Z"
    assert [(look.viewer_id, look.subject_id, look.access_point) for look in ContactAccess.objects.all()] == [
        (cast.bob.pk, cast.bob.pk, AccessPoint.EXPORT)
    ]


def test_nobody_asks_for_it_all_day(api: Api, cast: Cast) -> None:
    cache.clear()
    client = api(cast.bob)

    assert [client.get(DATA).status_code for _ in range(11)] == [200] * 10 + [429]
    assert int(client.get(DATA)["Retry-After"]) > 0


def test_who_looked_is_told_by_their_part_and_not_by_name(api: Api, cast: Cast, now: datetime) -> None:
    cache.clear()
    ContactAccess.objects.create(
        viewer_id=cast.carol.pk, viewer_kind="campaign", subject_id=cast.bob.pk, access_point="placement", at=now
    )

    held = api(cast.bob).get(DATA).json()["sections"]

    assert held["who_looked"] == [
        {"viewer_kind": "campaign", "access_point": "placement", "at": "2026-03-02T12:00:00Z"}
    ]
    assert api(cast.carol).get(DATA).json()["sections"]["looked_at_others"] == [
        {"access_point": "placement", "at": "2026-03-02T12:00:00Z"}
    ]


def test_a_look_is_never_changed_nor_taken_back_within_a_year(cast: Cast) -> None:
    look = ContactAccess.objects.create(
        viewer_id=1, viewer_kind="reviewer", subject_id=2, access_point="review", at=datetime.now().astimezone()
    )

    for harm in (
        lambda: ContactAccess.objects.update(subject_id=3),
        lambda: ContactAccess.objects.filter(pk=look.pk).delete(),
    ):
        with pytest.raises(ProgrammingError, match="pgtrigger: Cannot"), transaction.atomic():
            harm()
