"""`./run manage repeat_erasures`: after a restore, erase again all people who were erased since the backup."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.privacy.repeated_erasures import repeat_logged_erasures


class Command(BaseCommand):
    """Read the erasure log, and print how many people the database still held."""

    help = "Erases again the people whom the erasure log names and the database still holds. Run it after a restore."

    def handle(self, *args: Any, **options: Any) -> None:
        """Repeat the erasures; a second run finds none."""
        self.stdout.write(f"Erased again: {repeat_logged_erasures(at=timezone.now())}")
