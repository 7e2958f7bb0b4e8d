"""When work begins: for one person, or for a whole team at once."""

from datetime import datetime, timedelta

from matching.actions.steps import confirm_clock, election_of, step, tell, tell_campaign
from matching.clocks import end_of
from matching.models import Match
from matching.queries.matches import active_policy
from matching.queries.teams import missing
from matching.rules import State, Who


def begins(match: Match, *, at: datetime) -> None:
    """What follows from a yes: the campaign is asked, or, where the request confirms itself, work begins.

    Somebody of a whole team waits until every role has its minimum; then the campaign's clock starts for all of them.
    """
    if match.request.staffing == "rolling":
        team = [match]
    elif missing(match.request):
        return
    else:
        accepted = Match.objects.filter(request=match.request, state=State.ACCEPTED).order_by("pk")
        related = accepted.select_related("volunteer__user", "request__campaign__candidate__contest")
        team = list(related.select_for_update(no_key=True, of=("self",)))
    for one in team:
        if one.request.confirms_itself:
            begin(one, Who.TEAM, at=at)
        elif one.request.staffing == "whole":
            Match.objects.filter(pk=one.pk).update(**confirm_clock(one, at=at), escalated_at=None)
        tell_campaign("accepted", one, at=at)
    match.refresh_from_db()


def begin(match: Match, who: Who, *, at: datetime) -> None:
    """Work begins: both sides see how to reach each other. It ends with the request, or with the election."""
    last = min(match.request.ends_on, election_of(match))
    end = max(end_of(last, match.request.time_zone), at)
    step(match, "confirm", who)(at=at, due_at=end, remind_at=at + timedelta(days=active_policy().silent_days))
    tell(match.volunteer.user, "begun", match, at=at)
