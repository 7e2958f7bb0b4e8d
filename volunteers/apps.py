"""People who raised their hand: what they can do, when, and for whom."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Volunteers."""

    name = "volunteers"

    def ready(self) -> None:
        """Registers with core what must reach it from here."""
        from core.enums import NoticeTopic
        from core.imports.importers import register_importer
        from core.notifications.notice_types import register_notice_type
        from core.privacy.erasure_handlers import register_erasure_handler
        from core.privacy.export_sections import register_export_sections
        from core.privacy.retention_rules import register_retention_rules
        from volunteers import notice_texts, personal_data
        from volunteers.actions.imports import VOLUNTEER_IMPORTER

        register_notice_type("invitation", notice_texts.render_invitation, NoticeTopic.ACCOUNT, at_once=True)
        register_notice_type("level", notice_texts.render_level_question, NoticeTopic.PROGRESS)
        register_notice_type("still-there", notice_texts.render_availability_question, NoticeTopic.WAITING)
        register_importer(VOLUNTEER_IMPORTER)
        register_export_sections(*personal_data.EXPORT_SECTIONS)
        register_erasure_handler(personal_data.ERASURE_HANDLER)
        register_retention_rules(*personal_data.RETENTION_RULES)
