"""What concerns a volunteer and a campaign together: runs, matches, vetoes, pins, policy."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Matching."""

    name = "matching"

    def ready(self) -> None:
        """Registers with core what must reach it from here."""
        from core.registry import register_renderer
        from matching import notices

        register_renderer("offer", notices.offer)
        register_renderer("expired", notices.expired)
        register_renderer("accepted", notices.accepted)
