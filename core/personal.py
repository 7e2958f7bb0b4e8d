"""What core holds about a person: the account, and what was written to it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.db.models import Q, QuerySet

from core.actions import account_erasure, retention
from core.keeping import Kept
from core.models import IdempotencyKey, Look, Mute, Notice, PersonalToken, User
from core.models.look import KEPT_DAYS
from core.people import Eraser, Held


def _letters(user: User) -> QuerySet[Notice]:
    """What was written to them, also before they had an account."""
    return Notice.objects.filter(recipient=user) | Notice.objects.filter(recipient=None, address=user.email)


def _looks_at(user: User) -> QuerySet[Look]:
    """At their account, and at letters to their address."""
    letters = Notice.objects.filter(recipient=None, address=user.email).values("public_id")
    return Look.objects.filter(Q(subject_id=user.pk) | Q(subject_row__in=letters))


HELD = (
    Held(
        "account",
        User,
        lambda user: User.objects.filter(pk=user.pk),
        (
            *("public_id", "email", "language", "is_active", "is_staff", "is_superuser", "conduct_at", "digest_at"),
            *("joined_at", "last_login"),
        ),
    ),
    Held(
        "addresses",
        EmailAddress,
        lambda user: EmailAddress.objects.filter(user=user),
        ("email", "verified", "primary"),
    ),
    Held(
        "notices",
        Notice,
        _letters,
        (
            *("public_id", "address", "kind", "subjects", "owed_at", "sent_at", "read_at", "muted_at", "dropped_at"),
            "set_aside_at",
        ),
    ),
    Held(
        "second_factors",
        Authenticator,
        lambda user: Authenticator.objects.filter(user=user),
        ("type", "created_at", "last_used_at"),
    ),
    Held(
        "tokens",
        PersonalToken,
        lambda user: PersonalToken.objects.filter(user=user),
        ("public_id", "name", "scope", "made_at", "expires_at", "used_on"),
    ),
    Held("mutes", Mute, lambda user: Mute.objects.filter(user=user), ("topic",)),
    Held(
        "repeatable_requests",
        IdempotencyKey,
        lambda user: IdempotencyKey.objects.filter(user=user),
        ("key", "status", "made_at"),
    ),
    Held(
        "reference_data_changed",
        LogEntry,
        lambda user: LogEntry.objects.filter(user=user),
        ("action_time", "action_flag", "object_repr", "change_message"),
    ),
    Held(
        "who_looked",
        Look,
        _looks_at,
        ("capacity", "door", "at"),
    ),
    Held("looked_at_others", Look, lambda user: Look.objects.filter(looker_id=user.pk), ("door", "at")),
)

ERASER = Eraser(
    says=account_erasure.says,
    leaves=account_erasure.leaves,
    erases=account_erasure.erases,
    addresses=account_erasure.addresses,
)

KEPT = (
    Kept(kind="notices", days=180, forgets=retention.notices),
    Kept(kind="looks", days=KEPT_DAYS, forgets=retention.looks),
    Kept(kind="sessions", days=0, forgets=retention.sessions),
    Kept(kind="tokens", days=30, forgets=retention.tokens),
    Kept(kind="unproved_sign_ups", days=30, forgets=retention.sign_ups),
)
