"""`manage.py demo_report`: match the demo through the worker and report."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import HandraiserError
from core.models import User
from demo.garbage_collection import pausing_garbage_collection
from demo.logins import REVIEWER_EMAIL, reset_demo_logins, reset_further_logins
from demo.report import format_json_summary, format_logins, format_report
from demo.run_progress import watch_run
from demo.seed.database import is_demo_seeded
from matching.runs.actions.scheduling import queue_run


class Command(BaseCommand):
    """Queue a run as the demo's reviewer, wait for the worker, and print the result."""

    help = "Match the demo through Celery, and print the result, its reasons and fresh logins."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options; `--once` and `--json` are the same."""
        parser.add_argument("--prepare", action="store_true", help="Migrate, and fill the database, first.")
        parser.add_argument("--reset", action="store_true", help="With --prepare: delete the demo first.")
        parser.add_argument("--once", "--json", action="store_true", dest="json", help="End with one line of JSON.")
        parser.add_argument("--url", default=settings.SITE_URL, help="The address of the site (default: SITE_URL).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report, or fail with exit code 1."""
        if options["prepare"]:
            with pausing_garbage_collection():
                self._prepare(reset=options["reset"])
        if not is_demo_seeded():
            raise CommandError("The demo is not in this database. Fill it first with `./run manage seed_demo`.")
        self.stderr.write("Matching")
        try:
            run = queue_run(actor=User.objects.get(email=REVIEWER_EMAIL), at=timezone.now())
            # Hashing passwords takes a second or more, which the worker uses for the run.
            logins = list(format_logins(reset_demo_logins(), reset_further_logins(), options["url"].rstrip("/")))
            run = watch_run(run, out=self.stderr)  # type: ignore[arg-type]
        except HandraiserError as error:
            raise CommandError(error.message) from error
        self.stdout.write("\n" + format_report(run, logins))
        if options["json"]:
            self.stdout.write("\n" + format_json_summary(run))

    def _prepare(self, *, reset: bool) -> None:
        # All in one process: starting another takes longer than finding that there is nothing to do.
        self.stdout.write("Preparing the database ...", ending=" ")
        self.stdout.flush()
        started_at = time.monotonic()
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"done ({time.monotonic() - started_at:.1f} s)")
        call_command("seed_demo", reset=reset, stdout=self.stdout)
