"""`manage.py seed_demo`: fill an empty database with the demo."""

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from demo.seed.database import clear_demo, is_demo_seeded
from demo.seed.seeding import seed_database
from demo.seed.world import WorldSize
from demo.story.playing import play_story
from matching.runs.actions.playbook_supply import count_playbook_supply


class Command(BaseCommand):
    """Seed the demo once; later calls leave it alone."""

    help = "Fill an empty database with invented volunteers, campaigns and requests."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        default_size = WorldSize()
        parser.add_argument("--reset", action="store_true", help="Delete the demo first, with all its matches.")
        parser.add_argument("--without-story", action="store_true", help="Draw the rows only: no story.")
        parser.add_argument("--seed", type=int, default=7, help="Another number invents other people (default: 7).")
        parser.add_argument("--volunteers", type=parse_count, default=default_size.volunteers)
        parser.add_argument("--campaigns", type=parse_count, default=default_size.campaigns)
        parser.add_argument("--requests", type=parse_count, default=default_size.requests)

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed the demo, or print that it is there already."""
        size = WorldSize(options["volunteers"], options["campaigns"], options["requests"])
        started_at = time.monotonic()
        with transaction.atomic():
            if options["reset"]:
                clear_demo()
            if is_demo_seeded():
                self.stdout.write("The demo is in the database already; --reset replaces it.")
                return
            counts = seed_database(seed=options["seed"], today=timezone.localdate(), size=size)
            event_count = 0 if options["without_story"] else play_story(at=timezone.now())
        count_playbook_supply(at=timezone.now())
        self.stdout.write(
            f"Invented {counts.volunteers:,} volunteers, {counts.campaigns:,} campaigns, "
            f"and {counts.requests:,} requests with {counts.seats:,} seats, "
            f"and played {event_count} events ({time.monotonic() - started_at:.1f} s)."
        )


def parse_count(text: str) -> int:
    """Return the number in `text`, at least 1. Raises ArgumentTypeError."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more.")
    return int(text)
