"""What follows once the people of a request are there: their offers leave, the campaign is asked, work begins."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from campaigns.models import Request, Seat
from core.accounts.queries import list_reviewers
from matching.actions.steps import Clock, confirm_clock, offer, page, step, tell, tell_campaign
from matching.clocks import awake, end_of
from matching.models import HOLDS, Match
from matching.queries.matches import active_policy, contact_of, contest_of
from matching.queries.teams import missing, together
from matching.rules import DONE, State, Who


def offers_leave(request: Request, *, at: datetime) -> None:
    """Offers to everybody approved; in a request staffed whole not before each of its seats is held, or done with.

    Called with the request locked, as `begins` is.
    """
    if request.staffing == "whole":
        seats = Seat.objects.filter(role__request=request, cut_at=None)
        taken = Match.objects.filter(HOLDS, request=request) | Match.objects.filter(request=request, state__in=DONE)
        if seats.exclude(pk__in=taken.values("seat")).exists():
            return
    for match in _held(Match.objects.filter(request=request, state=State.APPROVED)):
        offer(match, at=at)


def begins(request: Request, *, at: datetime) -> None:
    """Asks the campaign about everybody who has said yes, once; where the request confirms itself, work begins.

    Somebody of a whole team waits until every role has its minimum of people, and work until a yes on the phone can no
    longer be taken back.
    """
    if request.staffing == "whole" and missing(request):
        return
    there = _held(Match.objects.filter(request=request, state=State.ACCEPTED, campaign_asked_at=None))
    if there and request.staffing == "whole" and not together(request, at=at).hours:
        contact = contact_of(request)
        page("apart", request, [*list_reviewers(), *([contact] if contact else [])], at=at)
    for match in there:
        until = match.objects_until
        if request.confirms_itself and until is not None and at < until:
            continue
        if request.confirms_itself:
            begin(match, Who.TEAM, at=at)
        else:
            Match.objects.filter(pk=match.pk).update(**campaign_is_asked(match, at=at, until=until), escalated_at=None)
        tell_campaign("accepted", match, at=at)


def campaign_is_asked(match: Match, *, at: datetime, until: datetime | None) -> Clock:
    """The campaign's clock, which starts when it is asked about somebody's yes, as a move writes it.

    Where the yes can be taken back `until` then it starts at that time, for before it nobody can confirm.
    """
    return confirm_clock(match, at=max(at, until or at)) | {"campaign_asked_at": at}


def begin(match: Match, who: Who, *, at: datetime) -> None:
    """Work begins: both sides see how to reach each other. It ends with the request, or with the election: the
    morning after.
    """
    remind_at = at + timedelta(days=active_policy().silent_days)
    step(match, "confirm", who)(at=at, due_at=work_ends(match, at=at), remind_at=remind_at)
    tell(match.volunteer.user, "begun", match, at=at)


def work_ends(match: Match, *, at: datetime) -> datetime:
    """When the hand-over begins by itself: the morning after the request's last day or the election, or at once."""
    last = min(match.request.ends_on, contest_of(match).election_on)
    return max(awake(end_of(last, match.request.time_zone), match.volunteer.time_zone), at)


def _held(matches: "QuerySet[Match]") -> list[Match]:
    related = matches.select_related("volunteer__user", "seat__role", "request__campaign__candidate__contest")
    return list(related.select_for_update(no_key=True, of=("self",)).order_by("pk"))
