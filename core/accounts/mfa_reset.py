"""Reset a lost second factor, and end the sessions of an account."""

from datetime import datetime

import structlog
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.models import User
from core.notifications.outbox import enqueue_notice

log = structlog.get_logger(__name__)

MFA_RESET_NOTICE = "factor-reset"


def end_all_sessions(user: User) -> None:
    """Sign the user out everywhere, in browsers and in apps; tokens end too."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])


@transaction.atomic
def reset_mfa(*, email: str, at: datetime) -> User:
    """Delete all second factors and recovery codes of an account, end its sessions, and enqueue a notice about it.

    The user then signs in with the password, and sets up a new factor before they see other people's data. The caller
    has made sure that the request came from the user. The notice is the record of it. Raises NotFound.
    """
    user = User.objects.select_for_update(no_key=True).filter(email=email.strip().lower()).first()
    if user is None:
        raise NotFound(_("No account has this address. Check its spelling."), field="email")
    Authenticator.objects.filter(user=user).delete()
    end_all_sessions(user)
    name = str(user.public_id)
    cause = f"{MFA_RESET_NOTICE}:{name}:{at.isoformat()}"
    enqueue_notice(to=user, kind=MFA_RESET_NOTICE, cause=cause, subjects={"account": name}, at=at)
    log.warning("a second factor was reset", user=name)
    return user
