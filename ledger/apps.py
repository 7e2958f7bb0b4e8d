"""What people gave: hours and expenses on their matches."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "ledger"

    def ready(self) -> None:
        """Registers with core what must reach it from here."""
        from core.people import register_eraser, register_held
        from ledger.personal import ERASER, HELD

        register_held(*HELD)
        register_eraser(ERASER)
