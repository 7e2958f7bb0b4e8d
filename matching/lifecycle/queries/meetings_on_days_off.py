"""Find the meetings of agreed work that fall on days on which a volunteer is away."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from campaigns.models import RequestWindow
from core.zone_loading import load_time_zone
from matching.lifecycle.queries.calendar import find_next_meeting
from matching.models import Match
from matching.rules.states import STATES_IN_MEETINGS
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class MissedMeeting:
    """The first meeting of a match that falls on the days off."""

    match: Match
    starts_at: datetime


def list_missed_meetings(volunteer: Volunteer, *, first: date, last: date, at: datetime) -> list[MissedMeeting]:
    """Return for each match of the volunteer its first meeting on these days of their calendar, if there is one."""
    zone = load_time_zone(volunteer.time_zone)
    begins = max(at, datetime.combine(first, time(), zone))
    ends = datetime.combine(last + timedelta(days=1), time(), zone)
    matches = Match.objects.filter(volunteer=volunteer, state__in=STATES_IN_MEETINGS)
    missed = []
    for match in matches.select_related("request").prefetch_related("request__windows").order_by("pk"):
        meetings = [row for row in match.request.windows.all() if row.kind == RequestWindow.Kind.MEETING]
        starts = [find_next_meeting(match.request, row, at=begins) for row in meetings]
        on_days_off = [start for start in starts if start and start < ends]
        if on_days_off:
            missed.append(MissedMeeting(match, min(on_days_off)))
    return missed
