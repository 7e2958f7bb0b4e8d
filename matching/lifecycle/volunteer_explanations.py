"""Say to a volunteer, in whole sentences, why they were asked, when people meet, and how something ended."""

from collections.abc import Iterable

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.notifications.moments import format_day, format_time
from core.time_zones import name_time_zone
from matching.lifecycle.explanations import rank_known_parts
from matching.lifecycle.queries.meeting_times import MeetingTime
from matching.models import Match
from matching.rules.end_texts import AUTOMATIC_ENDS, ENDS, MatchEnd
from matching.rules.states import MatchState


def list_offer_reasons(match: Match, *, names_campaign: bool = True) -> list[str]:
    """Return why the volunteer was asked, the weightiest reason first; no number is in it but the hours.

    Without `names_campaign` nothing is said about the contest.
    """
    role, parts = match.seat.role, rank_known_parts(match, names_campaign=names_campaign)
    known = _("You know “%(skill)s” as well as they need it.")
    free = ngettext(
        "You are free for %(count)d hour a week when it is needed.",
        "You are free for %(count)d hours a week when they are needed.",
        role.hours_per_week,
    )
    others = []
    for part in parts:
        if part.name == "level":  # it says more than the first sentence, so it takes its place
            known = _(part.sentence or "")
        else:
            others.append(_(part.sentence or ""))
    return [known % {"skill": role.skill.shown_name}, free % {"count": role.hours_per_week}, *others]


def describe_meetings(times: Iterable[MeetingTime], zone: str) -> list[str]:
    """Return sentences that say when people meet on the reader's clock, and when that is another day or changes."""
    sentences = []
    for meeting in times:
        words = {
            "day": WEEKDAYS[meeting.weekday],
            "starts": format_time(meeting.starts),
            "ends": format_time(meeting.ends),
            "zone": name_time_zone(zone),
        }
        if meeting.since is None:
            sentences.append(_("Every %(day)s, %(starts)s to %(ends)s, %(zone)s.") % words)
        else:
            words["since"] = format_day(meeting.since)
            sentences.append(
                _("From %(since)s on, as clocks change: %(day)s, %(starts)s to %(ends)s, %(zone)s.") % words
            )
        if meeting.is_on_other_day:
            sentences.append(_explain_other_day(meeting))
    return sentences


def _explain_other_day(meeting: MeetingTime) -> str:
    words = {"here": WEEKDAYS[meeting.weekday], "there": WEEKDAYS[meeting.there_weekday]}
    if (meeting.there_weekday + 1) % 7 == meeting.weekday:
        return _("For you that is the next day: it is %(here)s where you live, and %(there)s there.") % words
    return _("For you that is the day before: it is %(here)s where you live, and %(there)s there.") % words


def describe_end(match: Match) -> MatchEnd:
    """Return how a match that is over ended. What the other side said of the volunteer is left out."""
    end = ENDS[MatchState(match.state)]
    sentence = AUTOMATIC_ENDS.get(match.reason)
    return MatchEnd(end.label, sentence) if sentence and match.state != MatchState.COMPLETED else end
