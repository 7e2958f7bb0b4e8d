"""The first second factor, and the one that was lost."""

from datetime import datetime

import structlog
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F

from core.errors import NotFound
from core.models import User
from core.notifications.outbox import enqueue_notice

log = structlog.get_logger(__name__)

MFA_RESET_NOTICE = "factor-reset"


def end_all_sessions(user: User) -> None:
    """Signs somebody out everywhere, in browsers and in apps."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])


@transaction.atomic
def reset_mfa(*, email: str, at: datetime) -> User:
    """Takes every factor and code from somebody who has lost them, ends all their sessions, and owes them word of it.

    They sign in with their password and set up a new one before they see anything of others. Whoever calls this has
    made sure who asked. The notice is the record. Raises NotFound.
    """
    user = User.objects.select_for_update(no_key=True).filter(email=email.strip().lower()).first()
    if user is None:
        raise NotFound("Nobody here has this address.", field="email")
    Authenticator.objects.filter(user=user).delete()
    end_all_sessions(user)
    name = str(user.public_id)
    enqueue_notice(
        to=user,
        kind=MFA_RESET_NOTICE,
        cause=f"{MFA_RESET_NOTICE}:{name}:{at.isoformat()}",
        subjects={"account": name},
        at=at,
    )
    log.warning("a second factor was reset", user=name)
    return user
