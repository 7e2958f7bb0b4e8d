"""`./run manage repeat_erasures`: after a restore, forgets everybody anew who has been erased since the backup."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.privacy.erasure import repeat_logged_erasures


class Command(BaseCommand):
    """Reads the journal of erasures, and says how many people it found again."""

    help = "Erases again whoever the journal of erasures names and the database still knows: run it after a restore."

    def handle(self, *args: Any, **options: Any) -> None:
        """Does it; a second time finds nobody."""
        self.stdout.write(f"Erased again: {repeat_logged_erasures(at=timezone.now())}")
