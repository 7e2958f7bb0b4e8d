"""`./run manage migrate`: Django's own, but it refuses a database that an unreleased Handraiser made."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

SQUASHED = ("core", "0001_tables")
"""A migration that only a database of an unreleased Handraiser has applied."""


class Command(migrate.Command):
    """Django's command with a check before it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError for such a database before anything is changed; else migrate."""
        if SQUASHED in MigrationRecorder(connections[options["database"]]).applied_migrations():
            raise CommandError(
                "This database was made by an unreleased Handraiser and cannot be migrated; nothing in it was changed. "
                "Begin with an empty one: `./run demo --reset` empties the local database, or set another DATABASE_URL."
            )
        super().handle(*args, **options)
