"""Contests, candidates, their campaigns, and the campaigns' requests."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """The app `campaigns`."""

    name = "campaigns"
