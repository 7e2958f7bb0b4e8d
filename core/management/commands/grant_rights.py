"""`./run manage grant_rights`: gives the application's role its rights in the database; the owner runs it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.database_rights import grant_application_rights
from core.errors import HandraiserError


class Command(BaseCommand):
    """Does what migrating does by itself where APPLICATION_ROLE is set."""

    help = "Gives the application's role its rights: rows, but neither history nor schema. The owner's role runs it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which role."""
        parser.add_argument("--role", default=settings.APPLICATION_ROLE, help="otherwise APPLICATION_ROLE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where there is no role, or one that could do anything."""
        role = options["role"]
        if not role:
            raise CommandError("Name the application's role: --role NAME, or APPLICATION_ROLE in the environment.")
        try:
            grant_application_rights(role=role, password=settings.APPLICATION_PASSWORD)
        except HandraiserError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{role} may change rows, and neither history nor schema.")
