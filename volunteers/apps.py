"""People who raised their hand: what they can do, when, and for whom."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Volunteers."""

    name = "volunteers"

    def ready(self) -> None:
        """Registers with core what must reach it from here."""
        from core.imports.registry import register_importer
        from core.keeping import register_kept
        from core.people import register_eraser, register_held
        from core.registry import register_renderer
        from core.vocabulary import Topic
        from volunteers import notices, personal
        from volunteers.actions.imports import IMPORTER

        register_renderer("invitation", notices.invitation, Topic.ACCOUNT, at_once=True)
        register_renderer("level", notices.level, Topic.PROGRESS)
        register_renderer("still-there", notices.still_there, Topic.WAITING)
        register_importer(IMPORTER)
        register_held(*personal.HELD)
        register_eraser(personal.ERASER)
        register_kept(*personal.KEPT)
