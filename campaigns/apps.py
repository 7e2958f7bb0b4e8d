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
        from core.accounts.mfa import register_mfa_role
        from core.enums import NoticeTopic
        from core.imports.importers import register_importer
        from core.notifications.notice_types import register_notice_type
        from core.privacy.erasure_handlers import register_erasure_handler
        from core.privacy.export_sections import register_export_sections
        from core.privacy.retention_rules import register_retention_rules

        register_notice_type("to-verify", notices.to_verify, NoticeTopic.REVIEW)
        register_notice_type("verify-waits", notices.verify_waits, NoticeTopic.REVIEW)
        register_notice_type("being-verified", notices.being_verified, NoticeTopic.PROGRESS)
        register_notice_type("primary-over", notices.primary_over, NoticeTopic.PROGRESS)
        register_notice_type("verified", notices.verified, NoticeTopic.PROGRESS)
        register_notice_type("paused", notices.paused, NoticeTopic.PROGRESS)
        register_notice_type("member-invitation", notices.member_invitation, NoticeTopic.ACCOUNT, at_once=True)
        register_notice_type("candidate-link", notices.candidate_link, NoticeTopic.ACCOUNT, at_once=True)
        register_notice_type("member-joined", notices.member_joined, NoticeTopic.PROGRESS)
        register_notice_type("position-changed", notices.position_changed, NoticeTopic.PROGRESS)
        register_notice_type("access-ended", notices.access_ended, NoticeTopic.PROGRESS, at_once=True)
        register_notice_type("manager-ended", notices.manager_ended, NoticeTopic.PROGRESS, at_once=True)
        register_mfa_role(manages)
        register_importer(CAMPAIGNS)
        register_importer(REQUESTS)
        register_export_sections(*personal.HELD)
        register_erasure_handler(personal.ERASER)
        register_retention_rules(*personal.KEPT)
