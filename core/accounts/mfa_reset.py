"""Remove a second factor, end the sessions of an account, and tell its owner."""

from datetime import datetime

import structlog
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.accounts.notice_types import AccountNotice
from core.email_addresses import normalize_address
from core.errors import NotFound
from core.models import User
from core.notifications.outbox import PendingNotice, enqueue_notices
from core.reviewers import list_reviewers

log = structlog.get_logger(__name__)


def end_all_sessions(user: User) -> None:
    """Sign the user out everywhere, in browsers and in apps; tokens end too."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])


def end_other_sessions(session: SessionBase, user: User) -> None:
    """Sign the user out everywhere but in `session`; tokens end too."""
    end_all_sessions(user)
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()


def remove_all_factors(user: User) -> None:
    """Delete all second factors and recovery codes of an account, and end its sessions.

    The user then signs in with the password, and sets up a new factor before they see other people's data.
    """
    Authenticator.objects.filter(user=user).delete()
    end_all_sessions(user)


def enqueue_account_notices(user: User, *, kind: str, cause: str, subjects: dict[str, str], at: datetime) -> None:
    """Enqueue a notice to a user at each address that they have proved: one mailbox may be in other hands."""
    others = EmailAddress.objects.filter(user=user, verified=True).exclude(email=user.email).order_by("pk")
    pending = [PendingNotice(user, kind, cause, subjects)]
    pending += [PendingNotice(address.email, kind, f"{cause}:address:{address.pk}", subjects) for address in others]
    enqueue_notices(pending, at=at)


@transaction.atomic
def reset_mfa(*, email: str, at: datetime) -> User:
    """Remove the second factor of an account at once: the operator's last resort, at the command line.

    The caller has made sure that the request came from the user. The user and all reviewers get a notice, which is the
    record of it. Raises NotFound.
    """
    user = User.objects.select_for_update(no_key=True).filter(email=normalize_address(email)).first()
    if user is None:
        raise NotFound(_("No account has this address. Check its spelling."), field="email")
    remove_all_factors(user)
    name = str(user.public_id)
    cause, subjects = f"{AccountNotice.FACTOR_RESET}:{name}:{at.isoformat()}", {"account": name}
    enqueue_account_notices(user, kind=AccountNotice.FACTOR_RESET, cause=cause, subjects=subjects, at=at)
    enqueue_notices(
        [
            PendingNotice(reviewer, AccountNotice.FACTOR_RESET_REVIEW, f"{cause}:{reviewer.pk}", subjects)
            for reviewer in list_reviewers().exclude(pk=user.pk)
        ],
        at=at,
    )
    log.warning("a second factor was reset", user=name)
    return user
