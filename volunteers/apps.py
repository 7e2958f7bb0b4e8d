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
        from volunteers import notices, personal
        from volunteers.actions.imports import IMPORTER

        register_notice_type("invitation", notices.invitation, NoticeTopic.ACCOUNT, at_once=True)
        register_notice_type("level", notices.level, NoticeTopic.PROGRESS)
        register_notice_type("still-there", notices.still_there, NoticeTopic.WAITING)
        register_importer(IMPORTER)
        register_export_sections(*personal.HELD)
        register_erasure_handler(personal.ERASER)
        register_retention_rules(*personal.KEPT)
