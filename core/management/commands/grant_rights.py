"""`./run manage grant_rights`: grant the application's role its rights in the database, as the owner of the tables."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.database_rights import grant_application_rights
from core.errors import HandraiserError


class Command(BaseCommand):
    """Grant the rights alone; `migrate` does the same where APPLICATION_ROLE is set."""

    help = (
        "Grants the application's role its rights: rows, but neither history nor schema. Run it as the tables' owner."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name of the role."""
        parser.add_argument("--role", default=settings.APPLICATION_ROLE, help="otherwise APPLICATION_ROLE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant the rights. Raises CommandError without a role, and for a role that could do anything."""
        role = options["role"]
        if not role:
            raise CommandError("Name the application's role: --role NAME, or APPLICATION_ROLE in the environment.")
        try:
            grant_application_rights(role=role, password=settings.APPLICATION_PASSWORD)
        except HandraiserError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{role} may change rows, and neither history nor schema.")
