"""The lowest floor: it imports no other app; what must reach it from above registers with it."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core."""

    name = "core"

    def ready(self) -> None:
        """Registers what core itself holds about a person."""
        from core.keeping import register_kept
        from core.people import register_eraser, register_held
        from core.personal import ERASER, HELD, KEPT

        register_held(*HELD)
        register_eraser(ERASER)
        register_kept(*KEPT)
