"""What people gave: hours and expenses on their matches."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "ledger"

    def ready(self) -> None:
        """Registers with core what must reach it from here."""
        from core.privacy.erasure_handlers import register_erasure_handler
        from core.privacy.export_sections import register_export_sections
        from ledger.personal_data import ERASURE_HANDLER, EXPORT_SECTIONS

        register_export_sections(*EXPORT_SECTIONS)
        register_erasure_handler(ERASURE_HANDLER)
