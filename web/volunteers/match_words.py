"""The words in which pages speak of one match to its volunteer."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.notifications.moments import describe_moment, find_day, format_day, format_day_with_year
from matching.lifecycle.queries.campaign_names import is_campaign_named
from matching.lifecycle.queries.meeting_times import list_meeting_times
from matching.lifecycle.volunteer_explanations import describe_meetings
from matching.models import Match
from matching.rules.states import MatchState
from web.design.components import Clock, ClockMood, find_clock_mood


def describe_question(match: Match) -> str:
    """Return the question that an offer asks."""
    return _("%(role)s for “%(title)s”: would you do it?") % {
        "role": match.seat.role,
        "title": match.request.shown_title,
    }


def describe_days(first: date, last: date, *, on: date | None = None) -> str:
    """Return two days as a range; the first year is left out where it is the same.

    `on` is today, for work that is offered: a first day that is past is “now”.
    """
    if on is not None and first < on <= last:
        return _("from now until %(last)s") % {"last": format_day_with_year(last)}
    first_words = format_day(first) if first.year == last.year else format_day_with_year(first)
    return _("%(first)s to %(last)s") % {"first": first_words, "last": format_day_with_year(last)}


def describe_hours(match: Match) -> str:
    """Return the hours a week of the match's role."""
    hours = match.seat.role.hours_per_week
    return ngettext("%(count)d hour a week", "%(count)d hours a week", hours) % {"count": hours}


def describe_part(match: Match, *, at: datetime) -> str:
    """Return the volunteer's part in a project in one line: role, hours and days.

    Before both sides have said yes the days are those of the offer: a first day that is past is “now”.
    """
    today = find_day(at, match.volunteer.time_zone) if match.state == MatchState.ACCEPTED else None
    days = describe_days(match.request.starts_on, match.request.ends_on, on=today)
    return f"{match.seat.role} · {describe_hours(match)} · {days}"


def describe_report_day(answer_due_at: datetime, match: Match) -> str:
    """Return until when the reader's own report about a match is looked at."""
    moment = describe_moment(answer_due_at, match.volunteer.time_zone)
    return _("You reported a problem. We look at it by %(moment)s, and write to you.") % {"moment": moment}


def describe_campaign(match: Match) -> str:
    """Return the candidate, party and contest of the work; no name while an emergency hides it."""
    if not is_campaign_named(match):
        return _("A campaign that needs help now. You learn its name once both of you have said yes.")
    candidate = match.request.campaign.candidate
    party = f"{candidate.party.name}, " if candidate.party else ""
    return f"{candidate.name}, {party}{candidate.contest}"


def name_other_side(match: Match) -> str:
    """Return what the campaign is called in messages; no name while an emergency hides it."""
    return match.request.campaign.name if is_campaign_named(match) else _("The campaign")


def list_meeting_sentences(match: Match, *, at: datetime) -> list[str]:
    """Return when the people of the project meet, on the volunteer's clock."""
    zone = match.volunteer.time_zone
    meetings = describe_meetings(list_meeting_times(match.request, zone, at=at), zone)
    return meetings or [_("No fixed time: you agree on it with them.")]


def build_answer_clock(match: Match, *, at: datetime) -> Clock | None:
    """Return until when the volunteer answers an offer, in their zone; None where no clock runs."""
    if match.due_at is None or match.offered_at is None:
        return None
    mood = find_clock_mood(began_at=match.offered_at, due_at=match.due_at, at=at)
    moment = describe_moment(match.due_at, match.volunteer.time_zone)
    if mood is ClockMood.OVER:
        return Clock(_("This was open until %(moment)s") % {"moment": moment}, "", match.due_at, mood)
    left = _("%(time)s left.") % {"time": timeuntil(match.due_at, at)}
    then = _("After that we ask the next person. It does not set you back.")
    return Clock(_("Say yes or no by %(moment)s") % {"moment": moment}, f"{left} {then}", match.due_at, mood)


def find_match_address(match: Match, name: str = "") -> str:
    """Return the address of a page about a match; without a name, the page on which it is read now."""
    return reverse(f"volunteer-{name or ('offer' if match.state == 'offered' else 'project')}", args=[match.public_id])
