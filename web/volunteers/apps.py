"""The room `web.volunteers`, an app so that its templates and static files are found."""

from django.apps import AppConfig


class VolunteersPagesConfig(AppConfig):
    """The app `web.volunteers`; it has no models."""

    name = "web.volunteers"
    label = "web_volunteers"
    leads_to_hacked = False

    def ready(self) -> None:
        """Add the volunteer's page to the links of the header."""
        from web.design.navigation import register_destinations
        from web.volunteers.destinations import find_volunteer_destinations

        register_destinations("volunteer", find_volunteer_destinations)
