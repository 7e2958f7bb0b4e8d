"""The lowest floor: it imports no other app; what must reach it from above registers with it."""

from celery.signals import beat_init, worker_init
from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Core."""

    name = "core"

    def ready(self) -> None:
        """Registers its own notices, what it holds about a person, and hears of factors that are set up."""
        from allauth.mfa.signals import authenticator_added

        from core import notices
        from core.accounts import factor_added
        from core.actions.second_factor import RESET
        from core.keeping import register_kept
        from core.people import register_eraser, register_held
        from core.personal import ERASER, HELD, KEPT
        from core.registry import register_renderer
        from core.vocabulary import Topic

        register_renderer(RESET, notices.factor_reset, Topic.ACCOUNT, at_once=True)
        authenticator_added.connect(factor_added, dispatch_uid="core.accounts.factor_added")
        register_held(*HELD)
        register_eraser(ERASER)
        register_kept(*KEPT)
        post_migrate.connect(_give_rights, sender=self, dispatch_uid="core.actions.rights")
        post_migrate.connect(_sync_reference_data, sender=self, dispatch_uid="core.reference.sync")
        if settings.PRODUCTION:
            for begins in (worker_init, beat_init):
                begins.connect(_refuse_owner, dispatch_uid="core.actions.rights")


def _give_rights(**_: object) -> None:
    """After a migration, where the application has a role of its own."""
    from core.actions.rights import grant

    if settings.APPLICATION_ROLE:
        grant(role=settings.APPLICATION_ROLE, password=settings.APPLICATION_PASSWORD)


def _sync_reference_data(**_: object) -> None:
    """After the last migration of all apps, and after a flush, so that tests that flush find the reference data too."""
    from core.reference.sync import is_fully_migrated, sync_installation

    if is_fully_migrated():
        sync_installation()


def _refuse_owner(**_: object) -> None:
    """Ends a worker that connects to the database as its owner."""
    from core.actions.rights import refuse_owner

    try:
        refuse_owner()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error  # Celery logs any other error of a receiver, and goes on
