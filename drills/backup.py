"""`drill backup`: a backup while people write, the database destroyed, and all of it back but an erased person."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from campaigns.models import Campaign
from core.backups.left_out_rows import LEFT_OUT_ROWS
from core.models import User
from core.privacy.erasure import erase_own_account
from drills.report import DrillReport, wait_until
from drills.site import Site
from drills.table_checksums import read_checksums
from drills.tokens import create_drill_token
from local.paths import REPOSITORY
from local.process_group import WEB
from matching.models import Veto
from volunteers.models import Volunteer

WRITES_BEFORE = 10
SECONDS_BETWEEN_WRITES = 0.15  # an account may write 120 times a minute
GIVE_UP_SECONDS = 30.0


def make_trouble(site: Site, report: DrillReport) -> None:
    """Back up during writes, erase a person, destroy the database, and restore it: first as it was."""
    erased = Volunteer.objects.filter(user__is_staff=False).select_related("user").order_by("pk")[0].user
    assert erased is not None
    with tempfile.TemporaryDirectory() as folder:
        file, key = Path(folder, "backup"), Path(folder, "key")
        _run_command("backup", "--new-key", str(key))
        with _Writer(site) as writer:
            wait_until(lambda: len(writer.acknowledged) >= WRITES_BEFORE, GIVE_UP_SECONDS)
            promised = {UUID(name) for name in writer.acknowledged}
            with _exporting_snapshot() as (snapshot, checksums):
                _run_command("backup", str(file), "--key", str(key), "--snapshot", snapshot)
            during = len(writer.acknowledged) - len(promised)
        report.judge("writes went on during the backup", during, holds=during > 0)
        erase_own_account(actor=erased, understands_consequences=True, is_confirmed=True, at=timezone.now())
        site.stop()
        _destroy_database()
        report.say("One person was erased. Then web and workers were stopped, and every table was dropped.")

        _run_command("restore_backup", str(file), "--key", str(key), ERASURE_LOG=str(Path(folder, "no-log")))
        _judge_rows(report, checksums)
        kept = set(Veto.objects.filter(public_id__in=promised).values_list("public_id", flat=True))
        report.judge(
            "each write that was acknowledged before the backup is there",
            f"{len(kept)} of {len(promised)}",
            holds=len(kept) == len(promised),
        )
        _destroy_database()
        # Without its guard: the operator has lost the erasure log.
        log = Path(folder, "no-log") if site.is_unguarded else settings.ERASURE_LOG
        began = time.monotonic()
        _run_command("restore_backup", str(file), "--key", str(key), ERASURE_LOG=str(log))
        report.say(f"Destroyed again, and restored in {time.monotonic() - began:.1f} s.")
    is_there = User.objects.filter(public_id=erased.public_id).exists()
    report.judge("the erased person stays erased", "is back" if is_there else "is not there", holds=not is_there)
    site.start(WEB)  # the workers have nothing to do in this drill, and take long to come up
    answer = site.ask("GET", "/healthz")
    report.judge("the site answers again", answer.status, holds=answer.status == 200)
    with _Writer(site) as writer:
        wait_until(lambda: bool(writer.acknowledged), GIVE_UP_SECONDS)
    report.judge("and takes writes", len(writer.acknowledged), holds=bool(writer.acknowledged))


class _Writer:
    """A reviewer who rules campaigns out for volunteers, one after the other, and keeps the ids that were answered."""

    def __init__(self, site: Site) -> None:
        self.acknowledged: list[str] = []
        self._site = site
        self._token = create_drill_token(User.objects.filter(is_staff=True, is_active=True).order_by("pk")[0])
        taken = set(Veto.objects.values_list("volunteer__public_id", "campaign__public_id"))
        volunteers = Volunteer.objects.order_by("-pk").values_list("public_id", flat=True)
        campaigns = Campaign.objects.values_list("public_id", flat=True)
        self._pairs = [pair for pair in product(volunteers, campaigns) if pair not in taken]
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> "_Writer":
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _write(self) -> None:
        for volunteer, campaign in self._pairs:
            body = {"volunteer": str(volunteer), "campaign": str(campaign), "reason": "A drill."}
            answer = self._site.ask("POST", "/api/v1/vetoes", self._token, **body)
            if answer.status == 201:
                self.acknowledged.append(str(answer.json["id"]))
            if self._is_over.wait(SECONDS_BETWEEN_WRITES):
                return


@contextmanager
def _exporting_snapshot() -> Iterator[tuple[str, dict[str, str]]]:
    """Hold one state of the database for others to read, and return its name and its checksums."""
    reader = connection.copy()
    reader.set_autocommit(False)
    try:
        with reader.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (name,) = cursor.fetchone()
        yield str(name), read_checksums(reader)
    finally:
        reader.rollback()
        reader.close()


def _judge_rows(report: DrillReport, expected: dict[str, str]) -> None:
    restored = read_checksums(connection)
    different = sorted(name for name in expected.keys() | restored.keys() if expected.get(name) != restored.get(name))
    measured = f"{len(expected)} tables" if not different else f"not in {', '.join(different)}"
    report.judge("checksums of all tables equal those at the moment of the backup", measured, holds=not different)
    with connection.cursor() as cursor:
        cursor.execute(" + ".join(f"(SELECT count(*) FROM {name})" for name in LEFT_OUT_ROWS).join(("SELECT ", "")))
        (secrets,) = cursor.fetchone()
    report.judge("no sign-in, token, code or count came back", secrets, holds=secrets == 0)


def _destroy_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()


def _run_command(*arguments: str, **environment: str) -> None:
    """Run a management command in a process of its own. Raises RuntimeError with what it said when it fails."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    # A restore has ended the sessions of this process.
    connection.close()
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
