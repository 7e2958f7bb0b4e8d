"""Making a token for a program of one's own, and taking it back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.accounts import mfa
from core.accounts.queries import hash_token, list_valid_tokens
from core.errors import Invalid, NotAllowed, ReauthenticationRequired
from core.models import PersonalToken, User
from core.models.personal_token import MAX_TOKEN_LIFETIME

MAX_TOKENS_PER_USER = 10
REAUTHENTICATION_MAX_AGE = timedelta(minutes=10)


@transaction.atomic
def create_token(
    *, actor: User, name: str, scope: str, days: int, secret: str, proven: bool, shown_at: datetime | None, at: datetime
) -> PersonalToken:
    """A token of `actor` with the digest of `secret`, which the caller tells them once.

    `shown_at` is when this sign-in last showed who it is, and `proven` whether with a second factor: it takes one where
    their role asks for it, and must not be long ago; a token makes no token. Raises SecondFactorNeeded, SignInAgain,
    Invalid (name, scope, days; too many).
    """
    mfa.require_mfa(actor, proven=proven)
    if shown_at is None or not at - REAUTHENTICATION_MAX_AGE <= shown_at <= at + REAUTHENTICATION_MAX_AGE:
        raise ReauthenticationRequired(
            _("A token opens your account, so show once more that it is you. Then ask for it again.")
        )
    if not name.strip():
        raise Invalid(_("Give it a name by which you will know it: the program that uses it, say."), field="name")
    if scope not in PersonalToken.Scope.values:
        raise Invalid(_("Choose “read” or “write”."), field="scope")
    if not 1 <= days <= MAX_TOKEN_LIFETIME.days:
        raise Invalid(_("A token is good for 1 to %(most)s days.") % {"most": MAX_TOKEN_LIFETIME.days}, field="days")
    owner = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    PersonalToken.objects.filter(user=owner).exclude(pk__in=list_valid_tokens(owner, at=at)).delete()
    if list_valid_tokens(owner, at=at).count() >= MAX_TOKENS_PER_USER:
        raise Invalid(
            _("You have %(most)s tokens. Take one back that you no longer use.") % {"most": MAX_TOKENS_PER_USER}
        )
    return PersonalToken.objects.create(
        user=owner,
        name=name.strip(),
        scope=scope,
        digest=hash_token(secret),
        credential_digest=owner.credentials,
        proven=proven,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )


def revoke_token(*, actor: User, token: PersonalToken) -> None:
    """Takes a token back at once. Done before, it stays done. Raises NotAllowed for somebody else's."""
    if token.user_id != actor.pk:
        raise NotAllowed(_("Only whoever made a token takes it back."))
    PersonalToken.objects.filter(pk=token.pk).delete()


def record_token_use(token: PersonalToken, *, day: date) -> None:
    """Keeps the last day on which a token was used; at most one write a day."""
    if token.last_used_on != day:
        earlier = Q(last_used_on=None) | Q(last_used_on__lt=day)
        PersonalToken.objects.filter(earlier, pk=token.pk).update(last_used_on=day)
