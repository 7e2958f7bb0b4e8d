"""Create, revoke and record the use of personal tokens. `authentication.py` beside it says what their scope allows."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.accounts import mfa
from core.accounts.queries import hash_token, list_valid_tokens
from core.accounts.reauthentication import require_recent_authentication
from core.errors import Invalid, NotAllowed
from core.field_errors import FieldErrors
from core.models import PersonalToken, User
from core.models.personal_token import MAX_TOKEN_LIFETIME

MAX_TOKENS_PER_USER = 10


@transaction.atomic
def create_token(
    *,
    actor: User,
    name: str,
    scope: str,
    days: int,
    secret: str,
    has_mfa: bool,
    authenticated_at: datetime | None,
    at: datetime,
) -> PersonalToken:
    """Create a token of `actor` that stores the digest of `secret`; the caller shows the secret once.

    It needs a sign-in of the last ten minutes (`authenticated_at`), with a second factor if their role needs one
    (`has_mfa`). A token cannot create a token, so `authenticated_at` is None for it. Raises MFARequired,
    ReauthenticationRequired, Invalid (name, scope, days; too many tokens).
    """
    mfa.require_mfa(actor, has_mfa=has_mfa)
    require_recent_authentication(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at)
    check_token(name=name, scope=scope, days=days)
    # The lock makes parallel requests of one user wait, so that together they cannot pass the limit.
    owner = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    PersonalToken.objects.filter(user=owner).exclude(pk__in=list_valid_tokens(owner, at=at)).delete()
    if list_valid_tokens(owner, at=at).count() >= MAX_TOKENS_PER_USER:
        message = _("You have %(most)s tokens. Take one back that you no longer use.")
        raise Invalid(message % {"most": MAX_TOKENS_PER_USER})
    return PersonalToken.objects.create(
        user=owner,
        name=name.strip(),
        scope=scope,
        token_digest=hash_token(secret),
        credential_digest=owner.credentials,
        has_mfa=has_mfa,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )


def check_token(*, name: str, scope: str, days: int) -> None:
    """Check what a token is to be. Raises Invalid, naming every field to correct."""
    errors = FieldErrors()
    if not name.strip():
        errors.add("name", _("Give it a name by which you will know it: the program that uses it, say."))
    if scope not in PersonalToken.Scope.values:
        errors.add("scope", _("Choose “read” or “write”."))
    if not 1 <= days <= MAX_TOKEN_LIFETIME.days:
        errors.add("days", _("A token is good for 1 to %(most)s days.") % {"most": MAX_TOKEN_LIFETIME.days})
    errors.raise_if_any()


def revoke_token(*, actor: User, token: PersonalToken) -> None:
    """Revoke a token at once. Idempotent. Raises NotAllowed for a token of another user."""
    if token.user_id != actor.pk:
        raise NotAllowed(_("This token is not yours. Only the person who made a token can take it back."))
    PersonalToken.objects.filter(pk=token.pk).delete()


def record_token_use(token: PersonalToken, *, day: date) -> None:
    """Record the last day on which a token was used; it writes at most once a day."""
    if token.last_used_on != day:
        is_earlier = Q(last_used_on=None) | Q(last_used_on__lt=day)
        PersonalToken.objects.filter(is_earlier, pk=token.pk).update(last_used_on=day)
