"""A backup that is restored after an erasure: what the journal names goes once more."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from core.actions.erasure import erase_me, repeat
from core.models import User
from tests.cast import assemble
from tests.personal.life import lead
from tests.personal.test_erasure import HER_WORDS, HERS, everywhere

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def dump(tmp_path: Path) -> Iterator[Path]:
    with override_settings(ERASURE_JOURNAL=tmp_path / "erasures.jsonl"):
        yield tmp_path / "dump"


def tables() -> list[str]:
    with connection.cursor() as cursor:
        return [name for name in connection.introspection.table_names(cursor) if name != "django_migrations"]


def keep(folder: Path) -> None:
    """Every row of every table, as COPY writes it."""
    folder.mkdir()
    with connection.cursor() as cursor:
        for table in tables():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                (folder / table).write_bytes(b"".join(bytes(part) for part in copy))


def restore(folder: Path) -> None:
    """The database as it was, and no trigger fires meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables()))
        for table in tables():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write((folder / table).read_bytes())
        cursor.execute("SET session_replication_role = DEFAULT")


def test_who_was_erased_after_the_backup_is_erased_again_after_the_restore(db: None, dump: Path) -> None:
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        life = lead(assemble(NOW), NOW)
        words = [word for word in (*HERS, *HER_WORDS) if everywhere(word)]
        keep(dump)
        erase_me(actor=life.alice, understood=True, password="correct horse battery", at=NOW)
        restore(dump)
        assert [word for word in words if not everywhere(word)] == []

        assert repeat(at=NOW) == 1

        assert everywhere(*words) == []
        assert not User.objects.filter(pk=life.alice.pk).exists()
        assert repeat(at=NOW) == 0
        call_command("repeat_erasures")
