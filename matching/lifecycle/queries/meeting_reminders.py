"""Find the reminders of meetings that are due, and tell whether a meeting is still held when it was to be."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from campaigns.models import Campaign, Request, RequestWindow
from core.models import Notice, User
from matching.lifecycle.queries.calendar import find_next_meeting
from matching.lifecycle.queries.matches import matches_in_meetings
from matching.rules.meeting_reminders import LONGEST_LEAD, choose_due_reminder
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import MatchState

REQUEST_STATES_WITH_MEETINGS = (Request.State.PUBLISHED, Request.State.CLOSED)
"""A request that is closed to new people goes on for those at work."""
_REQUEST_FIELDS = ("public_id", "time_zone", "starts_on", "ends_on", "emergency")
_USER_FIELDS = ("is_active", "is_reminded_a_day_before", "is_reminded_an_hour_before")
"""All that a round reads of each person: it comes every ten seconds, and whole rows took most of its time."""
_WIDEST_OFFSET = timedelta(hours=14)  # no wall clock is further from UTC


class DueReminder(NamedTuple):
    """A reminder that a person has not had yet. `is_to_campaign` says that they answer the request's volunteers."""

    user: User
    request: Request
    starts_at: datetime
    notice_type: MatchingNotice
    is_to_campaign: bool

    @property
    def cause(self) -> str:
        """Return what makes it one reminder: the meeting, its moment, the person and the kind."""
        return f"{self.notice_type}:{self.request.public_id}:{self.user.pk}:{self.starts_at:%Y%m%dT%H%MZ}"


def list_due_meeting_reminders(*, at: datetime, most: int) -> list[DueReminder]:
    """Return up to `most` reminders that are due and were not enqueued yet, those of the next meetings first."""
    meetings = _list_coming_meetings(at)
    due = {
        reminder.cause: reminder
        for person in _list_people({pk: request for pk, (request, _starts) in meetings.items()})
        for reminder in _list_reminders_of(person, meetings[person.request.pk][1], at)
    }
    enqueued = set(Notice.objects.filter(cause__in=list(due)).values_list("cause", flat=True))
    missing = [reminder for cause, reminder in due.items() if cause not in enqueued]
    return sorted(missing, key=lambda reminder: (reminder.starts_at, reminder.cause))[:most]


def is_meeting_held(request: Request, starts_at: datetime) -> bool:
    """Return whether a meeting of the request starts at this moment, as its row says now. Its windows are prefetched.

    A request that was called off has none, and neither has one whose campaign is stopped or over.
    """
    is_going_on = request.state in REQUEST_STATES_WITH_MEETINGS and request.campaign.state == Campaign.State.VERIFIED
    meetings = [window for window in request.windows.all() if window.kind == RequestWindow.Kind.MEETING]
    return is_going_on and any(find_next_meeting(request, window, at=starts_at) == starts_at for window in meetings)


class _Person(NamedTuple):
    user: User
    request: Request
    time_zone: str
    is_to_campaign: bool


def _list_coming_meetings(at: datetime) -> dict[int, tuple[Request, set[datetime]]]:
    """Return each request by its key, with the starts of its next meetings, as far ahead as a reminder can be due."""
    until = at + LONGEST_LEAD
    day, last = (at - _WIDEST_OFFSET).date(), (until + _WIDEST_OFFSET).date()
    days = [day + timedelta(days=number) for number in range((last - day).days + 1)]
    windows = RequestWindow.objects.filter(
        kind=RequestWindow.Kind.MEETING,
        weekday__in={day.weekday() for day in days},
        request__state__in=REQUEST_STATES_WITH_MEETINGS,
        request__campaign__state=Campaign.State.VERIFIED,
        request__starts_on__lte=last,
        request__ends_on__gte=day,
        request__in=matches_in_meetings().values("request"),
    )
    read = windows.select_related("request").only("weekday", "starts", *_name_fields("request", _REQUEST_FIELDS))
    meetings: dict[int, tuple[Request, set[datetime]]] = {}
    for window in read:
        starts_at = find_next_meeting(window.request, window, at=at)
        if starts_at is not None and at < starts_at <= until:
            meetings.setdefault(window.request_id, (window.request, set()))[1].add(starts_at)
    return meetings


def _name_fields(relation: str, names: tuple[str, ...]) -> Iterator[str]:
    return (f"{relation}__{name}" for name in names)


def _list_people(requests: dict[int, Request]) -> Iterator[_Person]:
    """Yield the people to remind: the volunteers who attend, and the contact of those who are at work."""
    matches = matches_in_meetings().filter(request__in=requests).order_by("pk")
    read = matches.select_related("volunteer__user", "request__contact__user").only(
        "state",
        "volunteer__time_zone",
        "request__contact__id",
        *_name_fields("volunteer__user", _USER_FIELDS),
        *_name_fields("request__contact__user", _USER_FIELDS),
    )
    contacts: dict[int, _Person] = {}
    for match in read:
        request, user, contact = requests[match.request_id], match.volunteer.user, match.request.contact
        if user is not None and user.is_active:
            yield _Person(user, request, match.volunteer.time_zone, is_to_campaign=False)
        if match.state == MatchState.ACTIVE and contact is not None and contact.user.is_active:
            person = _Person(contact.user, request, request.time_zone, is_to_campaign=True)
            contacts[match.request_id] = person
    yield from contacts.values()


def _list_reminders_of(person: _Person, starts: set[datetime], at: datetime) -> Iterator[DueReminder]:
    for starts_at in starts:
        notice_type = choose_due_reminder(
            starts_at,
            person.time_zone,
            a_day_before=person.user.is_reminded_a_day_before,
            an_hour_before=person.user.is_reminded_an_hour_before,
            at=at,
        )
        if notice_type is not None:
            yield DueReminder(person.user, person.request, starts_at, notice_type, person.is_to_campaign)
