"""`manage.py seed_demo`: fills an empty database with the demo."""

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from core.errors import HandraiserError
from demo.seed.database import clear_demo, is_demo_seeded
from demo.seed.seeding import seed_database
from demo.seed.world import WorldSize


class Command(BaseCommand):
    """Seeds the demo once; later calls find it there and leave it alone."""

    help = "Fill an empty database with invented volunteers, campaigns and requests."

    def add_arguments(self, parser: CommandParser) -> None:
        """The options."""
        usual = WorldSize()
        parser.add_argument("--reset", action="store_true", help="Clear the demo away first, with all that came of it.")
        parser.add_argument("--seed", type=int, default=7, help="Another number gives other people (default: 7).")
        parser.add_argument("--volunteers", type=parse_count, default=usual.volunteers)
        parser.add_argument("--campaigns", type=parse_count, default=usual.campaigns)
        parser.add_argument("--requests", type=parse_count, default=usual.requests)

    def handle(self, *args: Any, **options: Any) -> None:
        """Plants the demo, or says that it is there."""
        size = WorldSize(options["volunteers"], options["campaigns"], options["requests"])
        began = time.monotonic()
        try:
            with transaction.atomic():
                if options["reset"]:
                    clear_demo()
                if is_demo_seeded():
                    self.stdout.write("The demo is in the database already; --reset begins it anew.")
                    return
                planted = seed_database(seed=options["seed"], today=timezone.localdate(), size=size)
        except HandraiserError as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            f"Invented {planted.volunteers:,} volunteers, {planted.campaigns:,} campaigns, "
            f"and {planted.requests:,} requests with {planted.seats:,} seats ({time.monotonic() - began:.1f} s)."
        )


def parse_count(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of things: give 1 or more.")
    return int(text)
