"""What follows in matching when a published request asks for something else."""

from datetime import datetime
from typing import Any

from campaigns.models import Request, Role, Seat
from matching.actions.runs import refill
from matching.actions.steps import cancel, hold_rows, offer_clock, step, tell
from matching.actions.team import begins, offers_leave, work_ends
from matching.engine.feasibility import Reason
from matching.models import Match
from matching.queries.explain import standing
from matching.queries.matches import active_policy
from matching.rules import HOLDING, AutoReason, State, Who


def on_amended(
    *, request: Request, roles: list[Role], words: bool, sought: bool, agreed: bool, at: datetime, **_: Any
) -> None:
    """Puts what has changed to whom it concerns: see “A request that changes” in docs/flow.md."""
    # The seats first: a run that is storing proposals for them has either done so, or finds the request changed.
    hold_rows(requests=[request.pk], seats=Seat.objects.filter(role__request=request).values_list("pk", flat=True))
    live = Match.objects.filter(seat__role__in=roles, state__in=(State.PROPOSED, *HOLDING))
    hold_rows(volunteers=live.values_list("volunteer_id", flat=True))
    held = live.filter(state__in=HOLDING).order_by("pk").select_for_update(no_key=True, of=("self",))
    related = "request__campaign__candidate__contest", "seat__role", "volunteer__user"
    for match in held.select_related(*related):
        if sought or agreed:
            _put(match, agreed=agreed, at=at)
        if words and match.state in (State.OFFERED, State.ACCEPTED, State.ACTIVE):
            tell(match.volunteer.user, "changed", match, at=at, about=at.date())
    if (sought or agreed) and request.campaign.state == "verified" and not request.emergency:
        for role in roles:
            refill(role, at=at)
    offers_leave(request, at=at)
    begins(request, at=at)


def _put(match: Match, *, agreed: bool, at: datetime) -> None:
    if match.state == State.ACTIVE:
        if agreed:
            Match.objects.filter(pk=match.pk).update(due_at=work_ends(match, at=at))
            tell(match.volunteer.user, "changed-terms", match, at=at, about=match.request.version)
    elif match.state == State.APPROVED or match.raced:
        cancel(match, AutoReason.TERMS, at=at)
    elif agreed:
        # Not judged here: a campaign that changes one thing after the other would learn who can what.
        step(match, "ask", Who.TEAM)(at=at, offered_at=at, campaign_asked_at=None, **offer_clock(match, at=at))
        tell(match.volunteer.user, "asked-again", match, at=at)
    elif match.state == State.ACCEPTED and not _is_sought(match, at=at):
        cancel(match, AutoReason.TERMS, at=at)


def _is_sought(match: Match, *, at: datetime) -> bool:
    """Whether somebody has what their role looks for now; all of it is shown to the campaign after a yes."""
    found = standing(match, policy=active_policy(), at=at, holding=True)
    return not {Reason.LEVEL, Reason.LANGUAGE, Reason.VETTED} & {*found.failing}
