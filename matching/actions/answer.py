"""What a volunteer answers to an offer, and what the clock does when they do not."""

from datetime import datetime, timedelta

from django.db import transaction

from campaigns.models import Request
from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from matching.actions.steps import locked, step, tell
from matching.models import Match
from matching.queries.matches import active_policy
from matching.rules import DeclineReason, State, Who
from volunteers.models import Volunteer


@transaction.atomic
def accept(*, actor: User, match: Match, at: datetime) -> Match:
    """The volunteer says yes. The campaign is told, its clock starts; a request that confirms itself goes on at once.

    Raises NotAllowed (somebody else's offer), WrongState (answered before, or too late).
    """
    match = _theirs(actor, match)
    moved = step(match, "accept", Who.VOLUNTEER)
    if match.due_at is not None and match.due_at <= at:
        raise WrongState("Sorry: the time to answer was over, so the place goes to the next person. You lose no turn.")
    moved(at=at, due_at=at + timedelta(hours=active_policy().confirm_hours))
    if match.request.confirms_itself:
        step(match, "confirm", Who.TEAM)(at=at)
    tell(_contact(match.request), "accepted", match, at=at)
    return match


@transaction.atomic
def decline(*, actor: User, match: Match, reason: str = "", note: str = "", at: datetime) -> Match:
    """The volunteer says no; a reason is optional. They are not asked about this request again.

    Raises NotAllowed, WrongState, Invalid (unknown reason).
    """
    if reason not in DeclineReason.values:
        known = ", ".join(value for value in DeclineReason.values if value)
        raise Invalid(f"Choose one of these reasons, or none: {known}.", field="reason")
    match = _theirs(actor, match)
    step(match, "decline", Who.VOLUNTEER)(at=at, reason=reason, note=note)
    return match


def expire_overdue(*, at: datetime, most: int = 500) -> int:
    """Ends offers whose clock has run out, so that their seats and hours are free again; returns how many."""
    overdue = Match.objects.filter(state=State.OFFERED, due_at__lte=at).order_by("pk")
    with transaction.atomic():
        matches = list(overdue.select_for_update(no_key=True, skip_locked=True)[:most])
        for match in matches:
            step(match, "expire", Who.CLOCK)(at=at)
            tell(match.volunteer.user, "expired", match, at=at)
    return len(matches)


def _theirs(actor: User, match: Match) -> Match:
    """The match, locked, if it is put to this person. Volunteers are locked before matches, as everywhere."""
    owner = Volunteer.objects.select_for_update(no_key=True).filter(user=actor, pk=match.volunteer_id).first()
    if owner is None:
        raise NotAllowed("This offer was made to somebody else.")
    return locked(match)


def _contact(request: Request) -> User | None:
    return request.contact.user if request.contact else None
