"""The migration that renames the stored types of notices."""

from datetime import datetime
from importlib import import_module

import pytest
from django.db import connection

from core.models import Notice
from core.notifications.notice_types import list_notice_types

migration = import_module("matching.migrations.0011_rename_notice_types")
[RENAME] = migration.Migration.operations
ROWS = {
    ("begun", "begun:1:2", "match"): ("work-started", "work-started:1:2", "match"),
    ("level", "level:1", "question"): ("level-question", "level-question:1", "level_question"),
    ("member-invitation", "member-invitation:1", "membership"): (
        *("member-invitation", "member-invitation:1", "member_invitation"),
    ),
    ("recovery-review", "recovery-done:1", "recovery"): ("factor-recovery-review", "recovery-done:1", "recovery"),
    ("offer", "offer:1", "match"): ("offer", "offer:1", "match"),
}
"""Type, cause and subject before and after."""


def read_notices() -> set[tuple[str, str, str]]:
    assert {value for subjects in Notice.objects.values_list("subjects", flat=True) for value in subjects.values()} == {
        "x"
    }
    rows = Notice.objects.values_list("kind", "cause", "subjects")
    return {(kind, cause, *subjects) for kind, cause, subjects in rows}


@pytest.mark.django_db
def test_notices_get_the_new_words_and_get_the_old_ones_back(now: datetime) -> None:
    for kind, cause, subject in ROWS:
        Notice.objects.create(
            address="a@example.org", kind=kind, cause=cause, subjects={subject: "x"}, created_at=now, due_at=now
        )

    for statements, expected in ((RENAME.sql, set(ROWS.values())), (RENAME.reverse_sql, set(ROWS))):
        with connection.cursor() as cursor:
            for statement, parameters in statements:
                cursor.execute(statement, parameters)
        assert read_notices() == expected


def test_every_type_that_the_migration_writes_is_registered() -> None:
    assert set(migration.NEW_TYPES.values()) <= list_notice_types().keys()
    assert not set(migration.NEW_TYPES) & list_notice_types().keys()
