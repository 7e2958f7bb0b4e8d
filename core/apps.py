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

        from core.accounts import notice_texts
        from core.accounts.mfa_reset import MFA_RESET_NOTICE
        from core.accounts.receivers import end_other_sessions_on_first_factor
        from core.enums import NoticeTopic
        from core.notifications.notice_types import register_notice_type
        from core.personal_data import ERASURE_HANDLER, EXPORT_SECTIONS, RETENTION_RULES
        from core.privacy.erasure_handlers import register_erasure_handler
        from core.privacy.export_sections import register_export_sections
        from core.privacy.retention_rules import register_retention_rules

        register_notice_type(MFA_RESET_NOTICE, notice_texts.render_mfa_reset, NoticeTopic.ACCOUNT, at_once=True)
        authenticator_added.connect(
            end_other_sessions_on_first_factor,
            dispatch_uid="core.accounts.receivers.end_other_sessions_on_first_factor",
        )
        register_export_sections(*EXPORT_SECTIONS)
        register_erasure_handler(ERASURE_HANDLER)
        register_retention_rules(*RETENTION_RULES)
        post_migrate.connect(_grant_rights_after_migrate, sender=self, dispatch_uid="core.database_rights")
        post_migrate.connect(_sync_reference_data, sender=self, dispatch_uid="core.reference.sync")
        if settings.PRODUCTION:
            for begins in (worker_init, beat_init):
                begins.connect(_stop_worker_with_owner_role, dispatch_uid="core.database_rights")


def _grant_rights_after_migrate(**_: object) -> None:
    """After a migration, where the application has a role of its own."""
    from core.database_rights import grant_application_rights

    if settings.APPLICATION_ROLE:
        grant_application_rights(role=settings.APPLICATION_ROLE, password=settings.APPLICATION_PASSWORD)


def _sync_reference_data(**_: object) -> None:
    """After the last migration of all apps, and after a flush, so that tests that flush find the reference data too."""
    from core.reference.sync import is_fully_migrated, sync_installation

    if is_fully_migrated():
        sync_installation()


def _stop_worker_with_owner_role(**_: object) -> None:
    """Ends a worker that connects to the database as its owner."""
    from core.database_rights import refuse_owner_role

    try:
        refuse_owner_role()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error  # Celery logs any other error of a receiver, and goes on
