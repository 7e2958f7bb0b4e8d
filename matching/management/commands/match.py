"""Run the matcher from the command line."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import HandraiserError
from matching.models import Run
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run

MAX_WAIT_SECONDS = 600.0  # for another run over everything to end


class Command(BaseCommand):
    """`manage.py match [--dry-run [--count-unclaimed]]`: run the matcher over everything in this process."""

    help = "Match all volunteers with all open seats, in this process, and print the result."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options for dry runs."""
        parser.add_argument("--dry-run", action="store_true", help="send no notices and write no matches")
        parser.add_argument(
            "--count-unclaimed", action="store_true", help="include imported volunteers who have not joined yet"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Queue a run and execute it, unless a worker takes it first."""
        try:
            run = queue_run(
                actor=None,
                at=timezone.now(),
                dry_run=options["dry_run"],
                include_unclaimed=options["count_unclaimed"],
            )
        except HandraiserError as error:
            raise CommandError(error.message) from error
        self._print_outcome(self._execute(run))

    def _execute(self, run: Run) -> Run:
        deadline = time.monotonic() + MAX_WAIT_SECONDS
        while run.state in (Run.State.QUEUED, Run.State.RUNNING):
            if execute_run(run.pk, now=timezone.now, seconds=time.perf_counter) is None:
                if time.monotonic() > deadline:
                    raise CommandError(
                        _("Another run has been going on for ten minutes. Look at the runs in the admin.")
                    )
                time.sleep(0.2)
            run.refresh_from_db()
        return run

    def _print_outcome(self, run: Run) -> None:
        if run.state == Run.State.FAILED:
            raise CommandError(run.error)
        gap = 100 * (run.gap or 0)
        self.stdout.write(
            f"{run.filled_count:,} of {run.seat_count:,} seats filled, from {run.volunteer_count:,} volunteers"
        )
        self.stdout.write(
            f"certified gap {gap:.3f} %, {run.pair_count:,} feasible pairs, {sum(run.stage_seconds.values()):.1f} s"
        )
        self.stdout.write(
            "This was a dry run: no notice was sent." if run.dry_run else f"{run.stored_count:,} proposals to review"
        )
        if run.unkept_pin_count:
            self.stdout.write(f"{run.unkept_pin_count:,} pins not kept: the list of pins says why")
