"""`./run manage sync_reference_data`: bring the shipped reference data into the database, as `migrate` does last."""

from typing import Any

from django.core.management.base import BaseCommand

from core.reference.sync import sync_installation


class Command(BaseCommand):
    """Sync the reference data. Idempotent; the application's role may run it."""

    help = "Adds the skills, jurisdictions, parties, playbooks and the first policy that are new; edited ones are kept."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sync, and print for each kind how many rows were created, and how many corrected."""
        for result in sync_installation():
            self.stdout.write(f"{result.kind}: {result.created} created, {result.corrected} corrected")
