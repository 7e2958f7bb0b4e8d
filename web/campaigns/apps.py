"""The room `web.campaigns`, an app so that its templates and static files are found."""

from django.apps import AppConfig


class CampaignsPagesConfig(AppConfig):
    """The app `web.campaigns`; it has no models."""

    name = "web.campaigns"
    label = "web_campaigns"
