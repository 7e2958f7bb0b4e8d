"""The words in which a campaign reads how its report of an incident goes on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Request
from core.notifications.moments import describe_moment, find_day, format_moment, format_time
from core.zone_loading import load_time_zone
from matching.lifecycle.queries.incidents import IncidentEvent, IncidentStatus, IncidentStep
from web.campaigns.words import build_clock
from web.design.components import Clock, Stage, StageState


@dataclass(frozen=True, slots=True)
class IncidentWords:
    """What the page says: a heading, a sentence below it, the events, and the clock that runs, if one does."""

    heading: str
    lead: str
    stages: list[Stage]
    clock: Clock | None


def describe_incident(incident: Request, status: IncidentStatus, *, at: datetime) -> IncidentWords:
    """Return where an incident stands, in words, with its times in the zone of the campaign."""
    heading, lead = _describe_stand(incident, status, at=at)
    first_wave = next((event for event in status.events if event.step == IncidentStep.ASKED), None)
    stages = [
        Stage(_describe_event(event, incident, status, is_first=event is first_wave), StageState.DONE, note)
        for event, note in _note_times(incident, status)
    ]
    clock = _build_clock(incident, status, at=at) if incident.state == Request.State.PUBLISHED else None
    return IncidentWords(heading, lead, stages, clock)


def _describe_stand(incident: Request, status: IncidentStatus, *, at: datetime) -> tuple[str, str]:
    if incident.state == Request.State.CANCELLED:
        return _describe_end(incident, status, at=at)
    if status.has(IncidentStep.DONE) or incident.state == Request.State.CLOSED:
        return _("This is over"), _("If something is odd again, report it again. That is never wrong.")
    if status.is_paused:
        lead = _(
            "A problem with the help was reported, so contact is paused. A reviewer looks at it and calls you. Until "
            "then, go on with the three steps. Call us, and it goes faster: %(phone)s."
        )
        return _("A reviewer calls you"), lead % {"phone": settings.OPERATOR["phone"]}
    if status.helper is not None:
        name = status.helper.volunteer.first_name
        lead = _("They call the phone that you gave. Until then, go on with the three steps.")
        return _("%(name)s said yes, and calls you") % {"name": name}, lead
    if incident.campaign.state == Campaign.State.UNVERIFIED:
        return _("Our reviewers know"), _describe_call_before(incident, at=at)
    if status.is_held:
        lead = _(
            "You reported more than two incidents within a day. So we call the number in your public filing first, and "
            "people are asked then. Call us, and it goes faster: %(phone)s."
        )
        return _("Our reviewers know"), lead % {"phone": settings.OPERATOR["phone"]}
    if status.answer_due_at is not None:
        return _("People are being asked now"), _("The first who says yes calls the phone that you gave.")
    if status.has(IncidentStep.NOBODY_LEFT):
        lead = _("Our reviewers know, and look for help themselves. Call us: %(phone)s.")
        return _("Nobody on call is free"), lead % {"phone": settings.OPERATOR["phone"]}
    return _("We have your report"), _("People on call are asked within a minute. Load this page again then.")


def _describe_end(incident: Request, status: IncidentStatus, *, at: datetime) -> tuple[str, str]:
    """Return why an incident was cancelled: the campaign said so, it has ended, or its candidate stopped it."""
    told = _("No one had been asked yet.")
    if status.has(IncidentStep.ASKED):
        told = _("The people whom we asked know that there is nothing to do.")
    if status.has(IncidentStep.STOPPED):
        return _("All work for your campaign was stopped"), _("The candidate said no to the campaign.") + " " + told
    call = list(_describe_call_after(incident, status, at=at))
    if incident.campaign.state == Campaign.State.ENDED or not status.has(IncidentStep.CALLED_OFF):
        call = call or [_("If you need help, call us: %(phone)s.") % {"phone": settings.OPERATOR["phone"]}]
        return _("Your campaign has ended, and so has this"), " ".join((told, *call))
    return _describe_calling_off(incident, status), " ".join((told, *call))


def _describe_calling_off(incident: Request, status: IncidentStatus) -> str:
    """Return what the campaign said when it called the incident off: with a helper at work that it is over."""
    if incident.campaign.state == Campaign.State.ENDED:
        return _("It was called off")
    if status.has(IncidentStep.HANDS_OVER):
        return _("You said that it is over")
    return _("You said that it was a false alarm")


def _describe_call_after(incident: Request, status: IncidentStatus, *, at: datetime) -> Iterator[str]:
    """Yield that we call after a false alarm, and by when; that we have; or that we are late."""
    if status.has(IncidentStep.CALLED):
        yield _("We have called you to make sure. If it was not you, report it again.")
    elif status.call_due_at is not None:
        text = _(
            "We call you by %(until)s, at the number in your public filing or at the phone that you gave when you "
            "registered, to make sure it was you. If we have not called by then, call us: %(phone)s."
        )
        if status.call_due_at <= at:
            text = _("We said that we call you by %(until)s, and we are late. Call us: %(phone)s.")
        until = describe_moment(status.call_due_at, incident.time_zone)
        yield text % {"until": until, "phone": settings.OPERATOR["phone"]}


def list_false_alarm_effects(status: IncidentStatus) -> list[str]:
    """Return what happens when an incident is called off, a sentence each."""
    call = _(
        "We call you once, at the number in your public filing or at the phone that you gave when you registered, to "
        "make sure that it was you who ended it."
    )
    if not status.has(IncidentStep.ASKED):
        return [_("No one was asked yet, so there is no one to tell."), call]
    return [
        _("The people whom we asked hear at once that there is nothing to do, and we thank them."),
        _("If one of them works on it already, they hand over what they found."),
        call,
    ]


def _describe_call_before(incident: Request, *, at: datetime) -> str:
    """Return that an unverified campaign is called before people are asked, and by when."""
    until = _find_call(incident, at=at)
    if not until:
        return _("We call the number in your public filing to make sure who you are. Then people are asked at once.")
    lead = _(
        "We call the number in your public filing by %(until)s at the latest, to make sure who you are. Then people "
        "are asked at once. Call us, and it goes faster: %(phone)s."
    )
    return lead % {"until": until, "phone": settings.OPERATOR["phone"]}


def _find_call(incident: Request, *, at: datetime) -> str:
    """Return until when an unverified campaign is promised a call; empty without a promise that can still be kept."""
    campaign = incident.campaign
    if campaign.state != Campaign.State.UNVERIFIED or campaign.answer_due_at is None or campaign.answer_due_at <= at:
        return ""
    return describe_moment(campaign.answer_due_at, incident.time_zone)


def _note_times(incident: Request, status: IncidentStatus) -> Iterator[tuple[IncidentEvent, str]]:
    """Yield the events with their times: of the day of the report without, of all others with their day."""
    zone = incident.time_zone
    first_day = find_day(status.events[0].at, zone)
    for event in status.events:
        local = event.at.astimezone(load_time_zone(zone))
        yield event, format_time(local) if local.date() == first_day else format_moment(event.at, zone)


def _describe_event(event: IncidentEvent, incident: Request, status: IncidentStatus, *, is_first: bool) -> str:
    if event.step == IncidentStep.CALLED_OFF:
        return _describe_calling_off(incident, status)
    if event.step == IncidentStep.ASKED:
        # No number: it would tell how many people are on call.
        return _("People were asked") if is_first else _("More people were asked")
    if event.step == IncidentStep.SAID_YES and event.name and status.is_paused:
        return _("%(name)s said yes") % {"name": event.name}
    if event.step == IncidentStep.SAID_YES and event.name:
        return _("%(name)s said yes, and calls you") % {"name": event.name}
    return _EVENT_TEXTS[event.step]()


_EVENT_TEXTS: dict[IncidentStep, Callable[[], str]] = {
    IncidentStep.REPORTED: lambda: _("You reported it"),
    IncidentStep.REVIEWERS_TOLD: lambda: _("Our reviewers were told"),
    IncidentStep.TAKEN: lambda: _("One of us has your report, and calls you"),
    IncidentStep.UNANSWERED: lambda: _("No yes so far: our reviewers were told to call you"),
    IncidentStep.NOBODY_LEFT: lambda: _("Nobody else on call is free: our reviewers were told to find help"),
    IncidentStep.SAID_YES: lambda: _("One of them said yes"),
    IncidentStep.STEPPED_OUT: lambda: _("They can’t go on"),
    IncidentStep.CALLED: lambda: _("We called you, to make sure that it was you"),
    IncidentStep.STOPPED: lambda: _("The candidate stopped the campaign"),
    IncidentStep.HANDS_OVER: lambda: _("They stopped, and hand over what they found"),
    IncidentStep.DONE: lambda: _("The work was done, and is handed over"),
}


def _build_clock(incident: Request, status: IncidentStatus, *, at: datetime) -> Clock | None:
    if status.answer_due_at is None or status.helper is not None:
        return None
    return build_clock(
        _("They answer by %(until)s"),
        status.answer_due_at,
        began_at=max(event.at for event in status.events if event.step == IncidentStep.ASKED),
        zone=incident.time_zone,
        at=at,
        after=_("If none says yes, the next are asked, and our reviewers are told to call you."),
    )
