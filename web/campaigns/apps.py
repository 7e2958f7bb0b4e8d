"""The room `web.campaigns`, an app so that its templates and static files are found."""

from django.apps import AppConfig


class CampaignsPagesConfig(AppConfig):
    """The app `web.campaigns`; it has no models."""

    name = "web.campaigns"
    label = "web_campaigns"

    def ready(self) -> None:
        """Register the link of the header, and the way on with a plan."""
        from web.campaigns.destinations import find_campaign_destinations
        from web.campaigns.plan_pages import find_unstored_way_on
        from web.design.navigation import register_destinations, register_way_on

        register_destinations("campaigns", find_campaign_destinations)
        register_way_on("plan", lambda request, at: find_unstored_way_on(request, at=at))
