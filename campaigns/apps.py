"""Contests, candidates, their campaigns, and what the campaigns ask for."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns."""

    name = "campaigns"
