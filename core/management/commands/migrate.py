"""Django's `migrate`, which refuses a database that an unreleased Handraiser made."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

SQUASHED = ("core", "0001_tables")
"""A migration that only such a database knows."""


class Command(migrate.Command):
    """The same options."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError before anything is changed."""
        if SQUASHED in MigrationRecorder(connections[options["database"]]).applied_migrations():
            raise CommandError(
                "This database was made by an unreleased Handraiser and cannot be migrated; nothing in it was changed. "
                "Begin with an empty one: `./run demo --reset` empties the local database, or set another DATABASE_URL."
            )
        super().handle(*args, **options)
