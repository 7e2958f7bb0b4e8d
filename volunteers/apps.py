"""Volunteers: their skills, their availability, and the campaigns that they would work for."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class VolunteersConfig(AppConfig):
    """The app `volunteers`: it hears when a user becomes a reviewer."""

    name = "volunteers"

    def ready(self) -> None:
        """Connect the receiver of saved users."""
        from core.models import User
        from volunteers import receivers

        post_save.connect(receivers.on_user_saved, sender=User, dispatch_uid="volunteers")
