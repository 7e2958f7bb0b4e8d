"""Say to a volunteer, in whole sentences, why they were asked, when people meet, and how something ended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.notifications.moments import format_time
from core.time_zones import name_time_zone
from matching.lifecycle.explanations import SCORE_PARTS_OF_CONTEST
from matching.lifecycle.queries.meeting_times import MeetingTime
from matching.models import Match
from matching.rules.reasons import AutomaticReason
from matching.rules.states import MatchState

_Sentence = str | Promise

_REASONS = {
    "wanted": gettext_lazy("You would like to use this skill."),
    "turn": gettext_lazy("You have waited, and that counts."),
    "nice": gettext_lazy("You know other things that would help them."),
    "spare": gettext_lazy("You are free at more times than the work takes, so there is room to choose."),
    "place": gettext_lazy("It is where you would like to help."),
}


def list_offer_reasons(match: Match, *, names_campaign: bool = True) -> list[str]:
    """Return why the volunteer was asked, the weightiest reason first; no number is in it but the hours.

    Without `names_campaign` nothing is said about the contest.
    """
    role, parts = match.seat.role, match.score_parts
    known = (
        _("You know more about “%(skill)s” than they ask for.")
        if parts.get("level")
        else _("You know “%(skill)s” as well as they need it.")
    )
    free = ngettext(
        "You are free for %(count)d hour a week when it is needed.",
        "You are free for %(count)d hours a week when they are needed.",
        role.hours_per_week,
    )
    usable = [name for name in _REASONS if parts.get(name) and (names_campaign or name not in SCORE_PARTS_OF_CONTEST)]
    ranked = sorted(usable, key=lambda name: -parts[name])
    sentences = [known % {"skill": role.skill.name}, free % {"count": role.hours_per_week}]
    return sentences + [str(_REASONS[name]) for name in ranked]


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
            words["since"] = date_format(meeting.since, "j F")
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


@dataclass(frozen=True, slots=True)
class MatchEnd:
    """How something ended, for its volunteer: a label of a few words, and a sentence."""

    label: _Sentence
    sentence: _Sentence


_KEPT_TURN = gettext_lazy("It came to nothing this time. It does not set you back, and we go on looking.")

_ENDS: dict[str, MatchEnd] = {
    MatchState.COMPLETED: MatchEnd(gettext_lazy("Done"), gettext_lazy("You handed it over. Thank you for your work.")),
    MatchState.DECLINED: MatchEnd(
        gettext_lazy("You said no"), gettext_lazy("That’s fine. It does not set you back, and we go on looking.")
    ),
    MatchState.EXPIRED: MatchEnd(
        gettext_lazy("No answer in time"),
        gettext_lazy(
            "We asked you, and no answer came in time, so we asked the next person. "
            "We go on looking, and it does not set you back."
        ),
    ),
    MatchState.WITHDRAWN: MatchEnd(
        gettext_lazy("You stepped out"), gettext_lazy("They know that you can’t go on. It does not set you back.")
    ),
    MatchState.REFUSED: MatchEnd(gettext_lazy("Not this time"), _KEPT_TURN),
    MatchState.RELEASED: MatchEnd(gettext_lazy("Ended early"), _KEPT_TURN),
    MatchState.SUPERSEDED: MatchEnd(gettext_lazy("Plans changed"), _KEPT_TURN),
}

_AUTOMATIC_ENDS: dict[str, _Sentence] = {
    AutomaticReason.OTHER_ACCEPTED_FIRST: gettext_lazy(
        "We asked several people at once, and another one said yes first. It does not set you back."
    ),
    AutomaticReason.SEAT_CLOSED: gettext_lazy("They no longer need this place. It does not set you back."),
    AutomaticReason.REQUEST_CANCELLED: gettext_lazy("They called the project off. It does not set you back."),
    AutomaticReason.CAMPAIGN_SILENT: gettext_lazy(
        "They did not answer in time, so you are free. It does not set you back."
    ),
    AutomaticReason.TEAM_INCOMPLETE: gettext_lazy("The team was not complete in time. It does not set you back."),
    AutomaticReason.VOLUNTEER_LEFT: gettext_lazy("You left, so this ended too."),
    AutomaticReason.REQUEST_ENDED: gettext_lazy("The time of the project was over. It does not set you back."),
    AutomaticReason.TERMS_CHANGED: gettext_lazy("What they ask for has changed a lot. It does not set you back."),
    AutomaticReason.VETO: gettext_lazy("You said that you do not want to be asked about this again."),
}


def describe_end(match: Match) -> MatchEnd:
    """Return how a match that is over ended. What the other side said of the volunteer is left out."""
    end = _ENDS[MatchState(match.state)]
    sentence = _AUTOMATIC_ENDS.get(match.reason)
    return MatchEnd(end.label, sentence) if sentence and match.state != MatchState.COMPLETED else end
