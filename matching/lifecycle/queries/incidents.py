"""Read how the report of a security incident went on, as its campaign may see it: what happened, and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CandidateStop, Member, Request
from campaigns.queries import EDITOR_POSITIONS
from core.errors import NotFound
from core.models import Notice, User
from matching.lifecycle.queries.matches import has_open_report
from matching.lifecycle.queries.own_matches import StateDates, find_state_dates
from matching.models import IncidentWatch, Match
from matching.rules.duty_limits import MAX_REPORTS_THAT_ASK_PER_DAY
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import STATES_BOTH_SAID_YES, STATES_CONTACT_SHARED, MatchState

RECENT = timedelta(days=31)
MAX_RECENT_INCIDENTS = 20


class IncidentStep(StrEnum):
    """What happened to a reported incident. Where two happened at once, the first here came first."""

    REPORTED = "reported"
    REVIEWERS_TOLD = "reviewers_told"
    TAKEN = "taken"
    UNANSWERED = "unanswered"
    ASKED = "asked"
    NOBODY_LEFT = "nobody_left"
    SAID_YES = "said_yes"
    STEPPED_OUT = "stepped_out"
    CALLED_OFF = "called_off"
    CALLED = "called"
    STOPPED = "stopped"
    HANDS_OVER = "hands_over"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class IncidentEvent:
    """A step, and when it was. `name` is that of a person who said yes. How many were asked is not told."""

    step: IncidentStep
    at: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class IncidentStatus:
    """Where an incident stands: its events, until when an answer is due, and who works on it.

    `is_held` says that people are asked only once a reviewer has it. `call_due_at` is until when its campaign is called
    after a false alarm. `is_paused` says that a report about the helper is open, so contact is
    paused.
    """

    events: list[IncidentEvent]
    answer_due_at: datetime | None
    helper: Match | None
    is_held: bool
    call_due_at: datetime | None = None
    is_paused: bool = False

    def has(self, step: IncidentStep) -> bool:
        """Return whether this has happened."""
        return any(event.step == step for event in self.events)


_STEPS_BY_NOTICE = {
    MatchingNotice.INCIDENT: IncidentStep.REVIEWERS_TOLD,
    MatchingNotice.INCIDENT_UNANSWERED: IncidentStep.UNANSWERED,
    MatchingNotice.NOBODY_ON_CALL: IncidentStep.NOBODY_LEFT,
    MatchingNotice.INCIDENT_CALLED_OFF: IncidentStep.CALLED_OFF,
}
"""The steps of which the reviewers were told, by the notice."""


def find_incident(user: User, *, campaign_id: UUID, request_id: UUID) -> Request:
    """Return an incident of a campaign for which the user asks for help. Raises NotFound."""
    acting_for = Member.objects.filter(user=user, position__in=EDITOR_POSITIONS).values("campaign")
    incidents = Request.objects.filter(emergency=True, published_at__isnull=False, campaign__in=acting_for)
    incident = incidents.filter(campaign__public_id=campaign_id, public_id=request_id)
    found = incident.select_related("campaign", "contact", "watch").first()
    if found is None:
        raise NotFound(_("There is no such report in this campaign."))
    return found


def list_open_incidents(campaign: Campaign) -> list[Request]:
    """Return the incidents of a campaign that are reported and not over, the latest first."""
    incidents = Request.objects.filter(campaign=campaign, emergency=True, state=Request.State.PUBLISHED)
    return list(incidents.order_by("-published_at", "-pk"))


def list_recent_incidents(campaigns: Iterable[Campaign], *, at: datetime) -> list[Request]:
    """Return the open incidents of campaigns, and those that were reported within a month; the latest first."""
    reported = Request.objects.filter(campaign__in=campaigns, emergency=True, published_at__isnull=False)
    recent = Q(state=Request.State.PUBLISHED) | Q(published_at__gt=at - RECENT)
    return list(reported.filter(recent).order_by("-published_at", "-pk")[:MAX_RECENT_INCIDENTS])


def read_incident_status(incident: Request) -> IncidentStatus:
    """Return where an incident stands. Volunteers are named from the moment on at which both sides have said yes."""
    assert incident.published_at is not None
    asked = Match.objects.filter(request=incident, offered_at__isnull=False)
    waves = asked.order_by().values_list("offered_at", flat=True).distinct()
    due = asked.filter(state=MatchState.OFFERED).aggregate(due_at=Max("due_at"))["due_at"]
    answered = asked.exclude(state__in=(MatchState.OFFERED, MatchState.DECLINED, MatchState.EXPIRED))
    matches = list(answered.select_related("volunteer").order_by("pk"))
    dates = find_state_dates(matches)
    watch: IncidentWatch | None = getattr(incident, "watch", None)
    events = [
        IncidentEvent(IncidentStep.REPORTED, incident.published_at),
        *(IncidentEvent(IncidentStep.ASKED, offered_at) for offered_at in waves if offered_at),
        *_list_told_steps(incident),
        *_list_watch_steps(watch),
        *_list_stops(incident),
        *(event for match in matches for event in _list_steps_of_helper(match, dates[match.pk])),
    ]
    events = _list_hand_overs(events)
    order = list(IncidentStep)
    events.sort(key=lambda event: (event.at, order.index(event.step)))
    call_due_at = watch.call_due_at if watch is not None else None
    helper = _find_helper(matches)
    is_paused = helper is not None and helper.state in STATES_CONTACT_SHARED and has_open_report(helper)
    return IncidentStatus(events, due, helper, is_held(incident), call_due_at, is_paused)


def is_held(incident: Request) -> bool:
    """Return whether a verified campaign's incident asks people only once a reviewer has it.

    That is so after `MAX_REPORTS_THAT_ASK_PER_DAY` others of its campaign, open or called off: a campaign that reports
    and calls off in turn would count the people on call, and keep them from others.
    """
    assert incident.published_at is not None
    watch: IncidentWatch | None = getattr(incident, "watch", None)
    if watch is None or watch.taken_at is not None:
        return False
    earlier = Request.objects.filter(
        campaign=incident.campaign_id,
        emergency=True,
        state__in=(Request.State.PUBLISHED, Request.State.CANCELLED),
        published_at__gt=incident.published_at - timedelta(days=1),
        published_at__lte=incident.published_at,
        pk__lt=incident.pk,
    )
    return earlier.count() >= MAX_REPORTS_THAT_ASK_PER_DAY


def _list_told_steps(incident: Request) -> Iterator[IncidentEvent]:
    # By the beginning of the cause, which has an index: the subjects have none.
    causes = [Q(cause__startswith=f"{kind}:{incident.public_id}:") for kind in _STEPS_BY_NOTICE]
    notices = Notice.objects.filter(reduce(or_, causes)).values("kind").annotate(first=Min("created_at"))
    for kind, told_at in notices.values_list("kind", "first"):
        yield IncidentEvent(_STEPS_BY_NOTICE[MatchingNotice(kind)], told_at)


def _list_watch_steps(watch: IncidentWatch | None) -> Iterator[IncidentEvent]:
    """Yield when the first reviewer said “I have it”, and when one called. Who is nothing that the campaign needs."""
    if watch is not None and watch.taken_at is not None:
        yield IncidentEvent(IncidentStep.TAKEN, watch.taken_at)
    if watch is not None and watch.called_at is not None:
        yield IncidentEvent(IncidentStep.CALLED, watch.called_at)


def _list_stops(incident: Request) -> Iterator[IncidentEvent]:
    """Yield when the candidate stopped the campaign, if that ended the incident."""
    ended_by_stop = incident.state == Request.State.CANCELLED and not was_called_off(incident)
    stops = CandidateStop.objects.filter(campaign=incident.campaign, stopped_at__gte=incident.published_at)
    first = stops.order_by("stopped_at").first() if ended_by_stop else None
    if first is not None:
        yield IncidentEvent(IncidentStep.STOPPED, first.stopped_at)


def was_called_off(incident: Request) -> bool:
    """Return whether the campaign called the incident off: then the reviewers were told so."""
    cause = f"{MatchingNotice.INCIDENT_CALLED_OFF}:{incident.public_id}:"
    return Notice.objects.filter(cause__startswith=cause).exists()


def _list_steps_of_helper(match: Match, dates: StateDates) -> Iterator[IncidentEvent]:
    said_yes_at = dates.get(MatchState.ACCEPTED) or dates.get(MatchState.ACTIVE)
    if said_yes_at is None:
        return
    name = match.volunteer.first_name if match.state in STATES_BOTH_SAID_YES else ""
    yield IncidentEvent(IncidentStep.SAID_YES, said_yes_at, name=name)
    if MatchState.CLOSING in dates:
        yield IncidentEvent(IncidentStep.DONE, dates[MatchState.CLOSING])
    if match.state in (MatchState.WITHDRAWN, MatchState.RELEASED):
        yield IncidentEvent(IncidentStep.STEPPED_OUT, match.state_changed_at)


def _list_hand_overs(events: list[IncidentEvent]) -> list[IncidentEvent]:
    """Return the events; where it was called off with a helper at work, they hand over, and the work is not done."""
    called_off_at = min((event.at for event in events if event.step == IncidentStep.CALLED_OFF), default=None)
    return [
        replace(event, step=IncidentStep.HANDS_OVER)
        if event.step == IncidentStep.DONE and called_off_at is not None and event.at >= called_off_at
        else event
        for event in events
    ]


def _find_helper(matches: Iterable[Match]) -> Match | None:
    return next((match for match in matches if match.state in STATES_BOTH_SAID_YES), None)
