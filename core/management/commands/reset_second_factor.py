"""For somebody who has lost the device with which they sign in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.accounts.mfa_reset import reset_mfa
from core.errors import HandraiserError


class Command(BaseCommand):
    """`manage.py reset_second_factor EMAIL`."""

    help = (
        "Takes the second factor from somebody who has lost it, and signs them out everywhere. They are written to. "
        "Make sure first, by voice or in person, that it is they who ask."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Resets it, and says what comes next."""
        try:
            user = reset_mfa(email=options["email"], at=timezone.now())
        except HandraiserError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{user.email} has no second factor now, and is signed out everywhere.")
        self.stdout.write("They sign in with their password, and set up a new one before they see anything of others.")
