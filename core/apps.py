"""The lowest floor: it imports no other app; what must reach it from above registers with it."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core."""

    name = "core"
