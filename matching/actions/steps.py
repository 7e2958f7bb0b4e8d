"""One move of one match, by the table."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F

from core.actions.notices import owe
from core.errors import WrongState
from core.models import User
from matching.models import Match
from matching.queries.matches import active_policy
from matching.rules import Who, move, too_late


def locked(match: Match) -> Match:
    """The row as it is now, locked until the transaction ends."""
    return Match.objects.select_for_update(no_key=True, of=("self",)).select_related("request", "seat").get(pk=match.pk)


def step(match: Match, verb: str, who: Who) -> Callable[..., None]:
    """What makes the move, with what it is to write: `step(match, "approve", Who.REVIEWER)(at=at)`.

    Raises WrongState when the table has no such move from where the match is.
    """
    found = move(match.state, verb, who)
    if found is None:
        raise WrongState(too_late(match.state))

    def take(*, at: datetime, due_at: datetime | None = None, reason: str = "", note: str = "") -> None:
        Match.objects.filter(pk=match.pk).update(
            state=found.next, moved_at=at, due_at=due_at, reason=reason, note=note, version=F("version") + 1
        )
        match.refresh_from_db()

    return take


def offer(match: Match, *, at: datetime) -> None:
    """Puts the question to the volunteer: the offer's clock starts, and the notice is owed."""
    clock = timedelta(hours=active_policy().offer_hours)
    step(match, "offer", Who.TEAM)(at=at, due_at=at + clock)
    tell(match.volunteer.user, "offer", match, at=at)


def tell(user: User | None, kind: str, match: Match, *, at: datetime) -> None:
    """Owes somebody word of what has just happened to a match; nobody, nothing."""
    if user is not None:
        owe(to=user, kind=kind, cause=f"{kind}:{match.public_id}", subjects={"match": str(match.public_id)}, at=at)
