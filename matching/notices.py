"""The words of the notices that this app owes. Subjects and first lines tell nobody who looks over a shoulder."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import Notice
from core.registry import Letter
from matching.models import Match
from matching.rules import State


def _while(state: State, write: Callable[[Match], Letter]) -> Callable[[Notice], Letter | None]:
    """Renders for as long as the match is in `state`: what is no longer true is not sent."""

    def render(notice: Notice) -> Letter | None:
        matches = Match.objects.select_related("volunteer").filter(public_id=notice.subjects["match"], state=state)
        match = matches.first()
        return write(match) if match else None

    return render


def _offer(match: Match) -> Letter:
    assert match.due_at is not None
    until = match.due_at.astimezone(ZoneInfo(match.volunteer.time_zone))
    return Letter(
        subject=_("There is an answer for you"),
        text=_(
            "Hello %(name)s,\n\nwe found something that fits your skills and your hours. "
            "Please sign in to see what it is, and say yes or no by %(until)s (your time):\n\n%(address)s\n\n"
            "No is a good answer too: it costs you no turn.\n"
        )
        % {
            "name": match.volunteer.first_name,
            "until": date_format(until, "l, j F, H:i"),
            "address": settings.SITE_URL,
        },
    )


def _expired(match: Match) -> Letter:
    return Letter(
        subject=_("Your answer is no longer needed"),
        text=_(
            "Hello %(name)s,\n\nthe time to answer is over, so we ask the next person. You lose no turn by it. "
            "If you have less time at the moment, change your hours:\n\n%(address)s\n"
        )
        % {"name": match.volunteer.first_name, "address": settings.SITE_URL},
    )


def _accepted(match: Match) -> Letter:
    return Letter(
        subject=_("Somebody said yes"),
        text=_("Hello,\n\nsomebody accepted a place in your project. Please sign in to see it:\n\n%(address)s\n")
        % {"address": settings.SITE_URL},
    )


offer = _while(State.OFFERED, _offer)
expired = _while(State.EXPIRED, _expired)
accepted = _while(State.ACCEPTED, _accepted)
