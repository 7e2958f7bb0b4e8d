"""The personal data of core: accounts, sign-in, notices, contact access."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.db.models import Q, QuerySet

from core.email_addresses import has_own_address
from core.models import (
    BouncedAddress,
    ContactAccess,
    FactorRecovery,
    IdempotencyKey,
    Mute,
    Notice,
    PersonalToken,
    RemovedAddress,
    User,
)
from core.privacy import account_erasure
from core.privacy.erasure_handlers import ErasureHandler, register_erasure_handler
from core.privacy.export_sections import ExportSection, register_export_sections


def _notices_to(user: User) -> QuerySet[Notice]:
    """Return the notices to a user, with those to their addresses before they had an account, or beside it."""
    to_address = Q(recipient=None) & has_own_address(user, "address")
    return Notice.objects.filter(Q(recipient=user) | to_address)


def _contact_accesses_of(user: User) -> QuerySet[ContactAccess]:
    """Return the accesses to a user's contact in their account and in notices to their address."""
    letters = Notice.objects.filter(has_own_address(user, "address"), recipient=None).values("public_id")
    bounces = BouncedAddress.objects.filter(has_own_address(user, "address")).values("public_id")
    without_account = Q(subject_public_id__in=letters) | Q(subject_public_id__in=bounces)
    return ContactAccess.objects.filter(Q(subject_id=user.pk) | without_account)


register_export_sections(
    ExportSection(
        "account",
        User,
        lambda user: User.objects.filter(pk=user.pk),
        (
            *(
                "public_id",
                "email",
                "first_name",
                "language",
                "is_active",
                "is_staff",
                "is_policy_editor",
                "is_superuser",
                "conduct_accepted_at",
                "is_reminded_a_day_before",
                "is_reminded_an_hour_before",
                "last_digest_at",
            ),
            *("joined_at", "last_login"),
        ),
    ),
    ExportSection(
        "addresses",
        EmailAddress,
        lambda user: EmailAddress.objects.filter(user=user),
        ("email", "verified", "primary"),
    ),
    ExportSection(
        "notices",
        Notice,
        _notices_to,
        (
            *(
                "public_id",
                "address",
                "kind",
                "subjects",
                "created_at",
                "sent_at",
                "read_at",
                "muted_at",
                "obsolete_at",
            ),
            "failed_at",
        ),
        shapes={"kind": "NoticeKindEnum", "subjects": "NoticeSubjects"},
    ),
    ExportSection(
        "second_factors",
        Authenticator,
        lambda user: Authenticator.objects.filter(user=user),
        ("type", "created_at", "last_used_at"),
    ),
    ExportSection(
        "tokens",
        PersonalToken,
        lambda user: PersonalToken.objects.filter(user=user),
        ("public_id", "name", "scope", "created_at", "expires_at", "last_used_on"),
    ),
    ExportSection(
        "second_factor_recoveries",
        FactorRecovery,
        lambda user: FactorRecovery.objects.filter(person=user),
        ("public_id", "state", "requested_at", "expires_at", "approved_at", "due_at", "ended_at"),
    ),
    ExportSection(
        "second_factor_recoveries_handled",
        FactorRecovery,
        lambda user: FactorRecovery.objects.filter(Q(requested_by=user) | Q(approved_by=user)),
        ("public_id", "state", "requested_at", "approved_at"),
    ),
    ExportSection(
        "bounced_addresses",
        BouncedAddress,
        lambda user: BouncedAddress.objects.filter(has_own_address(user, "address")),
        ("address", "kind", "code", "bounced_at"),
    ),
    ExportSection(
        "removed_addresses",
        RemovedAddress,
        lambda user: RemovedAddress.objects.filter(user=user),
        ("address", "removed_at"),
    ),
    ExportSection("mutes", Mute, lambda user: Mute.objects.filter(user=user), ("topic",)),
    ExportSection(
        "repeatable_requests",
        IdempotencyKey,
        lambda user: IdempotencyKey.objects.filter(user=user),
        ("key", "response_status", "created_at"),
    ),
    ExportSection(
        "reference_data_changed",
        LogEntry,
        lambda user: LogEntry.objects.filter(user=user),
        ("action_time", "action_flag", "object_repr", "change_message"),
    ),
    ExportSection(
        "who_looked",
        ContactAccess,
        _contact_accesses_of,
        ("viewer_kind", "access_point", "at"),
    ),
    ExportSection(
        "looked_at_others",
        ContactAccess,
        lambda user: ContactAccess.objects.filter(viewer_id=user.pk),
        ("access_point", "at"),
    ),
)

register_erasure_handler(
    ErasureHandler(
        app="core",
        preview=account_erasure.preview_account_erasure,
        erase=account_erasure.erase_account,
        subject_ids=account_erasure.list_subject_ids,
        known_addresses=account_erasure.list_addresses_without_account,
    )
)
