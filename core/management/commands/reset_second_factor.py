"""`./run manage reset_second_factor`: let a user who has lost their device sign in with the password again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.accounts.mfa_reset import reset_mfa
from core.errors import HandraiserError


class Command(BaseCommand):
    """Run as `./run manage reset_second_factor EMAIL`."""

    help = (
        "Removes the second factor of a user who has lost it, and signs them out everywhere. They get a notice. "
        "Make sure first, by voice or in person, that the request comes from them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address of the account."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reset the second factor, and print what the user does next."""
        try:
            user = reset_mfa(email=options["email"], at=timezone.now())
        except HandraiserError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{user.email} has no second factor now, and is signed out everywhere.")
        self.stdout.write("They sign in with their password, and set up a new one before they see anything of others.")
