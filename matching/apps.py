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
        from matching import notice_texts, personal_data
        from matching.lifecycle import receivers as lifecycle_receivers
        from matching.lifecycle.signals import seats_opened
        from matching.runs import receivers as run_receivers
        from volunteers.signals import volunteer_updated

        notice_texts.register_notice_types()
        register_export_sections(*personal_data.EXPORT_SECTIONS)
        register_erasure_handler(personal_data.ERASURE_HANDLER)
        register_retention_rules(*personal_data.RETENTION_RULES)
        signals.request_published.connect(run_receivers.on_request_published, dispatch_uid="matching")
        signals.campaign_verified.connect(run_receivers.on_campaign_verified, dispatch_uid="matching")
        signals.requests_reduced.connect(lifecycle_receivers.on_requests_reduced, dispatch_uid="matching")
        signals.request_extended.connect(run_receivers.on_request_extended, dispatch_uid="matching")
        signals.request_amended.connect(lifecycle_receivers.on_request_amended, dispatch_uid="matching")
        signals.occupied_seats_asked.connect(lifecycle_receivers.on_occupied_seats_asked, dispatch_uid="matching")
        seats_opened.connect(run_receivers.on_seats_opened, dispatch_uid="matching")
        volunteer_updated.connect(run_receivers.on_volunteer_updated, dispatch_uid="matching")
