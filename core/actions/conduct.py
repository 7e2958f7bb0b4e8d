"""Accepting the code of conduct."""

from datetime import datetime

from core.errors import Invalid
from core.models import User


def agree(actor: User, *, accepted: bool, at: datetime) -> None:
    """Records that `actor` accepts the code of conduct; who has done so before need not say it again.

    Raises Invalid when they have not and do not now.
    """
    if actor.conduct_at is not None:
        return
    if not accepted:
        raise Invalid("Please read the code of conduct and say that you will keep to it.", field="conduct")
    User.objects.filter(pk=actor.pk).update(conduct_at=at)
    actor.conduct_at = at
