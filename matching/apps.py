"""Everything between a volunteer and a campaign: runs, matches, vetoes, pins, policies."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class MatchingConfig(AppConfig):
    """The app `matching`: it connects receivers to the signals of the apps below."""

    name = "matching"

    def ready(self) -> None:
        """Connect the receivers of the signals that campaigns and volunteers send."""
        from campaigns import signals
        from core.models import User
        from matching.lifecycle import receivers as lifecycle_receivers
        from matching.lifecycle.signals import seats_opened
        from matching.runs import receivers as run_receivers
        from volunteers.signals import answer_deadline_asked, pause_ended, volunteer_updated

        signals.request_published.connect(run_receivers.on_request_published, dispatch_uid="matching")
        signals.campaign_verified.connect(run_receivers.on_campaign_verified, dispatch_uid="matching")
        signals.requests_reduced.connect(lifecycle_receivers.on_requests_reduced, dispatch_uid="matching")
        signals.campaign_stopped.connect(lifecycle_receivers.on_campaign_stopped, dispatch_uid="matching")
        signals.request_extended.connect(run_receivers.on_request_extended, dispatch_uid="matching")
        signals.request_amended.connect(lifecycle_receivers.on_request_amended, dispatch_uid="matching")
        signals.election_day_corrected.connect(lifecycle_receivers.on_election_day_corrected, dispatch_uid="matching")
        signals.occupied_seats_asked.connect(lifecycle_receivers.on_occupied_seats_asked, dispatch_uid="matching")
        signals.seat_stages_asked.connect(lifecycle_receivers.on_seat_stages_asked, dispatch_uid="matching")
        signals.verification_deadline_asked.connect(
            lifecycle_receivers.on_verification_deadline_asked, dispatch_uid="matching"
        )
        answer_deadline_asked.connect(lifecycle_receivers.on_answer_deadline_asked, dispatch_uid="matching")
        pause_ended.connect(lifecycle_receivers.on_pause_ended, dispatch_uid="matching")
        post_save.connect(lifecycle_receivers.on_user_saved, sender=User, dispatch_uid="matching")
        seats_opened.connect(run_receivers.on_seats_opened, dispatch_uid="matching")
        volunteer_updated.connect(run_receivers.on_volunteer_updated, dispatch_uid="matching")
