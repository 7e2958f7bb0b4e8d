"""Contests, candidates, their campaigns, and what the campaigns ask for."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns."""

    name = "campaigns"

    def ready(self) -> None:
        """Registers with core what must reach it from here."""
        from campaigns import notices, personal
        from campaigns.actions.imports import CAMPAIGNS, REQUESTS
        from campaigns.queries import manages
        from core.imports.registry import register_importer
        from core.keeping import register_kept
        from core.people import register_eraser, register_held
        from core.registry import register_renderer
        from core.second_factor import register_role
        from core.vocabulary import Topic

        register_renderer("to-verify", notices.to_verify, Topic.REVIEW)
        register_renderer("verify-waits", notices.verify_waits, Topic.REVIEW)
        register_renderer("being-verified", notices.being_verified, Topic.PROGRESS)
        register_renderer("primary-over", notices.primary_over, Topic.PROGRESS)
        register_renderer("verified", notices.verified, Topic.PROGRESS)
        register_renderer("paused", notices.paused, Topic.PROGRESS)
        register_renderer("member-invitation", notices.member_invitation, Topic.ACCOUNT, at_once=True)
        register_renderer("candidate-link", notices.candidate_link, Topic.ACCOUNT, at_once=True)
        register_renderer("member-joined", notices.member_joined, Topic.PROGRESS)
        register_renderer("position-changed", notices.position_changed, Topic.PROGRESS)
        register_renderer("access-ended", notices.access_ended, Topic.PROGRESS, at_once=True)
        register_renderer("manager-ended", notices.manager_ended, Topic.PROGRESS, at_once=True)
        register_role(manages)
        register_importer(CAMPAIGNS)
        register_importer(REQUESTS)
        register_held(*personal.HELD)
        register_eraser(personal.ERASER)
        register_kept(*personal.KEPT)
