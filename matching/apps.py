"""What concerns a volunteer and a campaign together: runs, matches, vetoes, pins, policy."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Matching."""

    name = "matching"

    def ready(self) -> None:
        """Registers with core what must reach it from here."""
        from campaigns import signals
        from core.privacy.erasure_handlers import register_erasure_handler
        from core.privacy.export_sections import register_export_sections
        from core.privacy.retention_rules import register_retention_rules
        from matching import notices, personal
        from matching.actions import amended, demand, supply
        from volunteers.signals import volunteer_updated

        notices.register()
        register_export_sections(*personal.HELD)
        register_erasure_handler(personal.ERASER)
        register_retention_rules(*personal.KEPT)
        signals.request_published.connect(demand.on_published, dispatch_uid="matching")
        signals.campaign_verified.connect(demand.on_verified, dispatch_uid="matching")
        signals.requests_reduced.connect(demand.on_narrowed, dispatch_uid="matching")
        signals.request_extended.connect(demand.on_widened, dispatch_uid="matching")
        signals.request_amended.connect(amended.on_amended, dispatch_uid="matching")
        signals.occupied_seats_asked.connect(demand.on_asks_taken, dispatch_uid="matching")
        volunteer_updated.connect(supply.on_came, dispatch_uid="matching")
