"""`./run manage create_reviewer`: make the first reviewer of an installation."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from core.accounts.first_reviewer import create_reviewer
from core.errors import HandraiserError


class Command(BaseCommand):
    """Run as `./run manage create_reviewer EMAIL`."""

    help = "Makes the account with this address a reviewer who also manages users; creates it where there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address of the account."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the reviewer, and print what comes next."""
        try:
            user, is_new = create_reviewer(email=options["email"])
        except HandraiserError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{user.email} is a reviewer{' now' if is_new else ''}, and manages users.")
        self.stdout.write(
            f"Next: open {settings.SITE_URL}{reverse('account_request_login_code')} and enter this address."
        )
        self.stdout.write("Sign in with the code that is sent there, and set up a second factor.")
