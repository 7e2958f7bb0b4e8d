"""`./run manage end_reviewer`: end the role of a reviewer, whose account can be erased then."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.accounts.first_reviewer import end_reviewer
from core.errors import HandraiserError


class Command(BaseCommand):
    """Run as `./run manage end_reviewer EMAIL`."""

    help = "Ends the role of the reviewer who signs in with this address. The account stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address of the account."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """End the role, and say so."""
        try:
            user = end_reviewer(email=options["email"])
        except HandraiserError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{user.email} is no reviewer any more. The account stays.")
