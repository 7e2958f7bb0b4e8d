"""What follows in matching when a request goes out, shrinks or is called off."""

from datetime import datetime
from typing import Any

from campaigns.models import Campaign, Request, Role, Seat
from core.task_queue import send_task_on_commit
from matching.actions.clocks import end_orphans
from matching.actions.runs import refill
from matching.actions.steps import SWEEP, hold_rows
from matching.actions.team import begins, offers_leave
from matching.models import Match
from matching.rules import DONE, HOLDING, State


def on_published(*, request: Request, at: datetime, **_: Any) -> None:
    """Its seats are matched at once, beside what is proposed already; an emergency's people are asked at once."""
    if request.emergency:
        send_task_on_commit(SWEEP)
    elif request.campaign.state == "verified":
        for role in Role.objects.filter(request=request).select_related("request"):
            refill(role, at=at)


def on_widened(*, request: Request, roles: list[Role], at: datetime, **_: Any) -> None:
    """The new places are matched at once."""
    if request.campaign.state == "verified":
        for role in roles:
            refill(role, at=at)


def on_verified(*, campaign: Campaign, at: datetime, **_: Any) -> None:
    """What it has published already goes out."""
    for request in Request.objects.filter(campaign=campaign, state=Request.State.PUBLISHED).select_related("campaign"):
        on_published(request=request, at=at)


def on_narrowed(*, requests: list[Request], at: datetime, **_: Any) -> None:
    """Whoever lost a place by it is told; a team that lacks nobody any more goes on."""
    # The seats first: a run that is storing proposals for them has either done so, or finds them gone.
    seats = Seat.objects.filter(role__request__in=requests).values_list("pk", flat=True)
    hold_rows(requests=[request.pk for request in requests], seats=seats)
    live = Match.objects.filter(request__in=requests, state__in=(State.PROPOSED, *HOLDING))
    hold_rows(volunteers=live.values_list("volunteer_id", flat=True))
    end_orphans(at=at, requests=requests, most=10_000)
    for request in requests:
        if request.state == Request.State.PUBLISHED:
            offers_leave(request, at=at)
            begins(request, at=at)


def on_asks_taken(*, seats: list[Seat], **_: Any) -> set[int]:
    """The seats that somebody holds, has been asked for, or has done the work of."""
    return set(Match.objects.filter(seat__in=seats, state__in=(*HOLDING, *DONE)).values_list("seat_id", flat=True))
