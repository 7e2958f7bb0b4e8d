"""Accept the code of conduct."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.models import User


def accept_conduct(actor: User, *, accepted: bool, at: datetime) -> None:
    """Record that `actor` accepts the code of conduct; once accepted, it need not be accepted again.

    Raises Invalid when they have not accepted it before and do not now.
    """
    check_conduct_accepted(actor, accepted=accepted)
    if actor.conduct_accepted_at is not None:
        return
    User.objects.filter(pk=actor.pk).update(conduct_accepted_at=at)
    actor.conduct_accepted_at = at


def check_conduct_accepted(
    actor: User, *, accepted: bool, ask: str = "", field: str = "accepts_code_of_conduct"
) -> None:
    """Raise Invalid about `field`, with the message `ask` if given, where `accept_conduct` would raise it."""
    if actor.conduct_accepted_at is None and not accepted:
        raise Invalid(ask or _("Please read the code of conduct and say that you will keep to it."), field=field)
