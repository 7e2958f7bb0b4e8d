"""`manage.py demo_report`: matches the demo through the worker and reports."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import HandraiserError
from core.models import User
from demo.logins import REVIEWER_EMAIL, reset_demo_logins
from demo.report import format_json_summary, format_logins, format_report
from demo.run_progress import watch_run
from demo.seed.database import is_demo_seeded
from matching.runs.actions.scheduling import queue_run


class Command(BaseCommand):
    """Asks for a run as the demo's reviewer, waits for the worker, and prints what came of it."""

    help = "Match the demo through Celery, and print the result, its reasons and fresh logins."

    def add_arguments(self, parser: CommandParser) -> None:
        """The options; `--once` and `--json` are the same."""
        parser.add_argument("--prepare", action="store_true", help="Migrate, and fill the database, first.")
        parser.add_argument("--reset", action="store_true", help="With --prepare: clear the demo away first.")
        parser.add_argument("--once", "--json", action="store_true", dest="json", help="End with one line of JSON.")
        parser.add_argument("--url", default=settings.SITE_URL, help="The address of the site (default: SITE_URL).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reports, or says what went wrong and ends with 1."""
        if options["prepare"]:
            self._prepare(reset=options["reset"])
        if not is_demo_seeded():
            raise CommandError("The demo is not in this database: fill it first with `./run manage seed_demo`.")
        self.stderr.write("Matching")
        try:
            run = queue_run(actor=User.objects.get(email=REVIEWER_EMAIL), at=timezone.now())
            # While the worker is at it.
            logins = list(format_logins(reset_demo_logins(), options["url"].rstrip("/")))
            run = watch_run(run, out=self.stderr)  # type: ignore[arg-type]
        except HandraiserError as error:
            raise CommandError(error.message) from error
        self.stdout.write("\n" + format_report(run, logins))
        if options["json"]:
            self.stdout.write("\n" + format_json_summary(run))

    def _prepare(self, *, reset: bool) -> None:
        # All in one process, for starting another one takes longer than to find that there is nothing to do.
        self.stdout.write("Preparing the database ...", ending=" ")
        self.stdout.flush()
        began = time.monotonic()
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"done ({time.monotonic() - began:.1f} s)")
        call_command("seed_demo", reset=reset, stdout=self.stdout)
