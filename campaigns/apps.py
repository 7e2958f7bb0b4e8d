"""Contests, candidates, their campaigns, and what the campaigns ask for."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns."""

    name = "campaigns"

    def ready(self) -> None:
        """Registers with core what must reach it from here."""
        from campaigns.actions.imports import CAMPAIGNS, REQUESTS
        from core.imports.registry import register_importer

        register_importer(CAMPAIGNS)
        register_importer(REQUESTS)
