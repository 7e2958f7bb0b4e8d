"""Build a volunteer's meetings and deadlines as an iCalendar feed (RFC 5545) that names no campaign."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from campaigns.models import Request, RequestWindow
from core.date_rules import limit_to_countable_days
from core.models import User
from core.zone_loading import load_time_zone
from matching.lifecycle.queries.time_zone_rules import build_time_zone_rules
from matching.models import CalendarFeed, Match
from matching.rules.states import STATES_IN_MEETINGS, MatchState
from volunteers.models import Volunteer

_DEADLINE_EVENT_LENGTH = timedelta(minutes=30)  # a deadline is shown as the half-hour that ends with it


def hash_feed_secret(secret: str) -> str:
    """Return the digest of a feed's secret. The secret is long and random, so one plain round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_feed_opening(user: User) -> datetime | None:
    """Return when the calendar feed of a user was opened, or None while it is closed, or ended with the password."""
    feeds = CalendarFeed.objects.filter(volunteer__user=user, credential_digest=user.credentials)
    return feeds.values_list("created_at", flat=True).first()


def find_feed_owner(secret: str) -> Volunteer | None:
    """Return the active volunteer whose feed has this secret; None for an unknown, deleted or ended one."""
    feed = CalendarFeed.objects.select_related("volunteer__user").filter(secret_digest=hash_feed_secret(secret)).first()
    owner = feed.volunteer.user if feed else None
    if feed is None or owner is None or not owner.is_active or feed.credential_digest != owner.credentials:
        return None
    return feed.volunteer


def build_calendar(volunteer: Volunteer, *, at: datetime) -> bytes:
    """Build the calendar file: the weekly meetings of accepted matches, and the deadlines of answers.

    A meeting has an alarm for each reminder that the volunteer chose.
    Meetings recur in the request's time zone, and the file carries that zone's rules. So they stay right across clock
    changes of either side.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Handraiser//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Handraiser"))
    calendar.add("refresh-interval;value=duration", "PT6H")
    matches = Match.objects.filter(
        volunteer=volunteer, state__in=[MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING]
    )
    loaded = matches.select_related("request", "volunteer__user").prefetch_related("request__windows").order_by("pk")
    events = [event for match in loaded for event in _build_match_events(match, at)]
    days: dict[str, list[date]] = defaultdict(list)
    for request in {match.request for match in loaded}:
        days[request.time_zone] += limit_to_countable_days(request.starts_on, request.ends_on, on=at.date())
    for zone in sorted(days.keys() & {event["dtstart"].params.get("tzid") for event in events}):
        calendar.add_component(build_time_zone_rules(zone, min(days[zone]), max(days[zone]) + timedelta(days=1)))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _build_match_events(match: Match, at: datetime) -> Iterator[Event]:
    if match.state in (MatchState.OFFERED, MatchState.CLOSING) and match.due_at:
        summary = _("Answer") if match.state == MatchState.OFFERED else _("Hand-over")
        yield _build_event(
            f"{match.public_id}-due", summary, at, match.due_at - _DEADLINE_EVENT_LENGTH, match.due_at, busy=False
        )
    if match.state in STATES_IN_MEETINGS:
        for window in match.request.windows.all():
            if window.kind == RequestWindow.Kind.MEETING:
                meeting = _build_meeting_event(match, window, at)
                if meeting:
                    yield meeting


def find_next_meeting(request: Request, window: RequestWindow, *, at: datetime) -> datetime | None:
    """Return the start of the next weekly meeting, in UTC; None after the last one."""
    zone = load_time_zone(request.time_zone)
    first, last = limit_to_countable_days(request.starts_on, request.ends_on, on=at.date())
    day = max(first, at.astimezone(zone).date())
    day += timedelta(days=(window.weekday - day.weekday()) % 7)
    if _combine_local(day, window.starts, zone) < at:
        day += timedelta(days=7)
    return _combine_local(day, window.starts, zone).astimezone(UTC) if day <= last else None


def _build_meeting_event(match: Match, window: RequestWindow, at: datetime) -> Event | None:
    request: Request = match.request
    zone = load_time_zone(request.time_zone)
    starts_on, ends_on = limit_to_countable_days(request.starts_on, request.ends_on, on=at.date())
    first = starts_on + timedelta(days=(window.weekday - starts_on.weekday()) % 7)
    if first > ends_on:
        return None
    next_day = window.ends <= window.starts
    start, end = (
        _combine_local(first, window.starts, zone),
        _combine_local(first + timedelta(days=next_day), window.ends, zone),
    )
    event = _build_event(f"{match.public_id}-{window.weekday}-{window.starts:%H%M}", _("Meeting"), at, start, end)
    until = datetime.combine(ends_on, time(23, 59, 59), zone).astimezone(UTC)
    event.add("rrule", {"freq": "weekly", "until": until})
    for lead in _list_alarm_leads(match.volunteer.user):
        event.add_component(_build_alarm(lead))
    return event


def _list_alarm_leads(user: User | None) -> list[timedelta]:
    """Return how long before a meeting a user is reminded, by their own choice."""
    if user is None:
        return []
    leads = (
        (timedelta(days=1), user.is_reminded_a_day_before),
        (timedelta(hours=1), user.is_reminded_an_hour_before),
    )
    return [lead for lead, is_chosen in leads if is_chosen]


def _build_alarm(lead: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Meeting"))
    alarm.add("trigger", -lead)
    return alarm


def _combine_local(day: date, moment: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, zone)


def _build_event(name: str, summary: str, at: datetime, start: datetime, end: datetime, *, busy: bool = True) -> Event:
    event = Event()
    event.add("uid", f"{name}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", summary)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    return event
