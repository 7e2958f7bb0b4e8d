"""People who raised their hand: what they can do, when, and for whom."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Volunteers."""

    name = "volunteers"
