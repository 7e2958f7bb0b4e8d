"""The room `web.volunteers`, an app so that its templates and static files are found."""

from django.apps import AppConfig


class VolunteersPagesConfig(AppConfig):
    """The app `web.volunteers`; it has no models."""

    name = "web.volunteers"
    label = "web_volunteers"
