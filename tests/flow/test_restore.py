"""A backup that is restored after an erasure: what the journal names goes once more."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from core.models import User
from core.privacy.erasure import erase_own_account
from core.privacy.repeated_erasures import repeat_logged_erasures
from local.paths import TEST_SERVERS
from local.postgres_install import choose_install
from tests.cast import assemble_cast
from tests.core.privacy.erasure_traces import HER_WORDS, HERS, everywhere
from tests.core.privacy.full_records import create_full_records
from tests.database_url import build_database_url

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def program(name: str, *options: str) -> None:
    """One of PostgreSQL's own programs, on the test's database."""
    where = build_database_url(str(connection.settings_dict["USER"]))
    subprocess.run([str(choose_install(TEST_SERVERS).programs / name), f"--dbname={where}", *options], check=True)


def test_who_was_erased_after_the_backup_is_erased_again_after_the_restore(
    transactional_db: None, tmp_path: Path, settings: Any
) -> None:
    settings.ERASURE_LOG = tmp_path / "erasures.jsonl"
    backup = str(tmp_path / "backup")
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        life = create_full_records(assemble_cast(NOW), NOW)
        words = [word for word in (*HERS, *HER_WORDS) if everywhere(word)]
        program("pg_dump", "--format=custom", f"--file={backup}")
        erase_own_account(actor=life.alice, understands_consequences=True, is_confirmed=True, at=NOW)
        assert everywhere(*words) == []
        program("pg_restore", "--clean", "--if-exists", "--exit-on-error", backup)
        assert [word for word in words if not everywhere(word)] == []

        assert repeat_logged_erasures(at=NOW) == 1

        assert everywhere(*words) == []
        assert not User.objects.filter(pk=life.alice.pk).exists()
        assert repeat_logged_erasures(at=NOW) == 0
        call_command("repeat_erasures")
