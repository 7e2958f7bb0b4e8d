"""What people gave: hours and expenses on their matches."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "ledger"
