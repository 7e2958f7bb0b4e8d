"""Hours and expenses of volunteers on their matches."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The app `ledger`."""

    name = "ledger"
