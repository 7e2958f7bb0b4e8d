"""People who raised their hand: what they can do, when, and for whom."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Volunteers."""

    name = "volunteers"

    def ready(self) -> None:
        """Registers with core what must reach it from here."""
        from core.registry import register_renderer
        from volunteers import notices

        register_renderer("invitation", notices.invitation)
