"""The lowest app: it imports no other app, and the others register with it."""

from celery.signals import beat_init, worker_init
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """The app `core`: it imports the registration modules of all apps and connects its receivers."""

    name = "core"

    def ready(self) -> None:
        """Discover what the apps register, and connect the receivers."""
        from allauth.account.signals import email_removed, password_reset, user_logged_in, user_signed_up
        from allauth.mfa.signals import authenticator_added, authenticator_used
        from anymail.signals import tracking

        from core.accounts import receivers, removed_addresses
        from core.notifications.mail_events import mark_bounce_of_event
        from core.registry import discover_registrations

        discover_registrations()
        register(_check_retention_days, Tags.compatibility)
        authenticator_added.connect(
            receivers.end_other_sessions_on_first_factor,
            dispatch_uid="core.accounts.receivers.end_other_sessions_on_first_factor",
        )
        authenticator_used.connect(
            receivers.stop_recovery_on_use, dispatch_uid="core.accounts.receivers.stop_recovery_on_use"
        )
        password_reset.connect(
            receivers.forget_wrong_passwords, dispatch_uid="core.accounts.receivers.forget_wrong_passwords"
        )
        user_signed_up.connect(
            receivers.record_sign_up_password, dispatch_uid="core.accounts.receivers.record_sign_up_password"
        )
        user_logged_in.connect(
            receivers.clear_bounce_on_code, dispatch_uid="core.accounts.receivers.clear_bounce_on_code"
        )
        email_removed.connect(
            removed_addresses.on_address_removed, dispatch_uid="core.accounts.removed_addresses.on_address_removed"
        )
        tracking.connect(mark_bounce_of_event, dispatch_uid="core.notifications.mail_events.mark_bounce_of_event")
        post_migrate.connect(_grant_rights_after_migrate, sender=self, dispatch_uid="core.database_rights")
        post_migrate.connect(_sync_reference_data, sender=self, dispatch_uid="core.reference.sync")
        if settings.PRODUCTION:
            for start_signal in (worker_init, beat_init):
                start_signal.connect(_stop_worker_with_owner_role, dispatch_uid="core.database_rights")


def _check_retention_days(**_: object) -> list[CheckMessage]:
    from core.privacy.retention import find_retention_errors

    return [Error(sentence, id="core.E001") for sentence in find_retention_errors()]


def _grant_rights_after_migrate(**_: object) -> None:
    """Grant rights after a migration, where the application has a database role of its own."""
    from core.database_rights import grant_application_rights

    if settings.APPLICATION_ROLE:
        grant_application_rights(role=settings.APPLICATION_ROLE, password=settings.APPLICATION_PASSWORD)


def _sync_reference_data(**_: object) -> None:
    """Sync reference data after the last migration, and after a flush: a test that flushes finds it again."""
    from core.reference.sync import is_fully_migrated, sync_installation

    if is_fully_migrated():
        sync_installation()


def _stop_worker_with_owner_role(**_: object) -> None:
    """Stop a worker that connects to the database as its owner."""
    from core.database_rights import refuse_owner_role

    try:
        refuse_owner_role()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error  # Celery only logs other errors of a receiver
