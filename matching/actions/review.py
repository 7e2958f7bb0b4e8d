"""What a reviewer does with a proposal."""

from datetime import datetime

from django.db import IntegrityError, transaction

from campaigns.models import Request, Seat
from core.errors import Full, Invalid, NotAllowed, Stale
from core.models import User
from matching import wording
from matching.actions.steps import locked, offer, step
from matching.models import Match
from matching.queries.explain import failing
from matching.queries.matches import active_policy
from matching.rules import HOLDING, RejectReason, State, Who
from volunteers.models import Volunteer


def approve(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    """Approves a proposal: from now on it holds its seat and the volunteer's hours.

    A request staffed one by one offers in the same breath; one staffed whole when all its seats are approved. All that
    made the pair possible is checked again under the volunteer's lock. `version` is the one that the reviewer
    saw, if given. Raises NotAllowed, WrongState, Stale, Full (seat taken), Invalid (no longer possible, and why).
    """
    _reviewer(actor)
    try:
        with transaction.atomic():
            request = Request.objects.select_for_update(no_key=True).get(pk=match.request_id)
            Seat.objects.select_for_update(no_key=True).get(pk=match.seat_id)
            Volunteer.objects.select_for_update(no_key=True).get(pk=match.volunteer_id)
            match = _current(match, version)
            moved = step(match, "approve", Who.REVIEWER)
            reasons = failing(match, policy=active_policy(), at=at)
            if reasons:
                raise Invalid(wording.no_longer(reasons[0]))
            moved(at=at)
            for ready in _ready(request, match):
                offer(ready, at=at)
    except IntegrityError as error:
        raise Full("Somebody else holds this place, or this person holds another one in the request.") from error
    match.refresh_from_db()
    return match


def reject(
    *, actor: User, match: Match, reason: str, note: str = "", at: datetime, version: int | None = None
) -> Match:
    """Says no to a proposal, or to an approved one that has not been offered, with a reason.

    This volunteer is not proposed for this request again. Raises NotAllowed, WrongState, Stale, Invalid (the reason).
    """
    _reviewer(actor)
    if reason not in RejectReason.values:
        raise Invalid(f"Choose a reason: {', '.join(RejectReason.values)}.", field="reason")
    with transaction.atomic():
        match = _current(match, version)
        step(match, "reject", Who.REVIEWER)(at=at, reason=reason, note=note)
    return match


def _reviewer(actor: User) -> None:
    if not actor.is_reviewer:
        raise NotAllowed("Only reviewers decide about proposals.")


def _current(match: Match, version: int | None) -> Match:
    now = locked(match)
    if version is not None and now.version != version:
        raise Stale("Somebody has changed this since you loaded it. Load it again and decide anew.")
    return now


def _ready(request: Request, approved: Match) -> list[Match]:
    """Whose offers leave now: this one's, or the whole team's once every seat is held."""
    if request.staffing == "rolling":
        return [approved]
    held = Match.objects.filter(request=request, state__in=HOLDING)
    seats = Seat.objects.filter(role__request=request, cut_at=None)
    if seats.exclude(pk__in=held.values("seat")).exists():
        return []
    return list(held.filter(state=State.APPROVED).select_for_update(no_key=True).order_by("pk"))
