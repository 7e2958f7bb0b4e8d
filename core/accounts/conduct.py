"""Accepting the code of conduct."""

from datetime import datetime

from core.errors import Invalid
from core.models import User

_ACCEPT_CONDUCT_MESSAGE = "Please read the code of conduct and say that you will keep to it."


def accept_conduct(
    actor: User, *, accepted: bool, at: datetime, ask: str = _ACCEPT_CONDUCT_MESSAGE, field: str = "conduct"
) -> None:
    """Records that `actor` accepts the code of conduct; who has done so before need not say it again.

    Raises Invalid, which says `ask` about `field`, when they have not and do not now.
    """
    if actor.conduct_accepted_at is not None:
        return
    if not accepted:
        raise Invalid(ask, field=field)
    User.objects.filter(pk=actor.pk).update(conduct_accepted_at=at)
    actor.conduct_accepted_at = at
