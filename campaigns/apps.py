"""Contests, candidates, their campaigns, and what the campaigns ask for."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns."""

    name = "campaigns"

    def ready(self) -> None:
        """Registers with core what must reach it from here."""
        from campaigns import notice_texts, personal_data
        from campaigns.actions.imports import CAMPAIGN_IMPORTER, REQUEST_IMPORTER
        from campaigns.queries import is_manager_anywhere
        from core.accounts.mfa import register_mfa_role
        from core.enums import NoticeTopic
        from core.imports.importers import register_importer
        from core.notifications.notice_types import register_notice_type
        from core.privacy.erasure_handlers import register_erasure_handler
        from core.privacy.export_sections import register_export_sections
        from core.privacy.retention_rules import register_retention_rules

        register_notice_type("to-verify", notice_texts.render_campaign_to_verify, NoticeTopic.REVIEW)
        register_notice_type("verify-waits", notice_texts.render_verification_overdue, NoticeTopic.REVIEW)
        register_notice_type("being-verified", notice_texts.render_verification_delayed, NoticeTopic.PROGRESS)
        register_notice_type("primary-over", notice_texts.render_primary_over, NoticeTopic.PROGRESS)
        register_notice_type("verified", notice_texts.render_campaign_verified, NoticeTopic.PROGRESS)
        register_notice_type("paused", notice_texts.render_campaign_paused, NoticeTopic.PROGRESS)
        register_notice_type(
            "member-invitation", notice_texts.render_member_invitation, NoticeTopic.ACCOUNT, at_once=True
        )
        register_notice_type("candidate-link", notice_texts.render_candidate_link, NoticeTopic.ACCOUNT, at_once=True)
        register_notice_type("member-joined", notice_texts.render_member_joined, NoticeTopic.PROGRESS)
        register_notice_type("position-changed", notice_texts.render_position_changed, NoticeTopic.PROGRESS)
        register_notice_type("access-ended", notice_texts.render_access_ended, NoticeTopic.PROGRESS, at_once=True)
        register_notice_type(
            "manager-ended", notice_texts.render_manager_access_ended, NoticeTopic.PROGRESS, at_once=True
        )
        register_mfa_role(is_manager_anywhere)
        register_importer(CAMPAIGN_IMPORTER)
        register_importer(REQUEST_IMPORTER)
        register_export_sections(*personal_data.EXPORT_SECTIONS)
        register_erasure_handler(personal_data.ERASURE_HANDLER)
        register_retention_rules(*personal_data.RETENTION_RULES)
