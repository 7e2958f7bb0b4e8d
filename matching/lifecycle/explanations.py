"""The matcher's reasons in plain words, for people. Numbers come from the engine, sentences are made here."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from matching.engine.feasibility import Reason
from matching.lifecycle.queries.eligibility import SideUnavailable
from matching.lifecycle.queries.teams import MissingRole
from matching.models import Match

_SCORE_PART_REASONS = {
    "priority": gettext_lazy("how much the campaign needs it"),
    "election": gettext_lazy("the election is near"),
    "waiting": gettext_lazy("the request has waited"),
    "level": gettext_lazy("knows more than was asked for"),
    "wanted": gettext_lazy("would like to use this skill"),
    "nice": gettext_lazy("has skills that are nice to have"),
    "spare": gettext_lazy("has time to spare"),
    "place": gettext_lazy("named this place"),
    "turn": gettext_lazy("has waited for a turn"),
}
SCORE_PART_LABELS = {
    "priority": gettext_lazy("priority"),
    "election": gettext_lazy("election"),
    "waiting": gettext_lazy("request's wait"),
    "level": gettext_lazy("level"),
    "wanted": gettext_lazy("wish"),
    "nice": gettext_lazy("extras"),
    "spare": gettext_lazy("spare time"),
    "place": gettext_lazy("place"),
    "turn": gettext_lazy("turn"),
}
"""The parts of a score, as briefly as a table needs them."""
_VOLUNTEER_SCORE_PARTS = ("wanted", "level", "nice", "spare", "place", "turn")

_FAILED_RULE_PHRASES = {
    Reason.SKILL: ngettext_lazy("does not have the skill", "do not have the skill", "count"),
    Reason.LEVEL: ngettext_lazy("has the skill at a lower level", "have the skill at a lower level", "count"),
    Reason.LEAD: ngettext_lazy("does not want to lead", "do not want to lead", "count"),
    Reason.DECIDES: ngettext_lazy(
        "may not take decisions in a campaign, or did not say",
        "may not take decisions in a campaign, or did not say",
        "count",
    ),
    Reason.VETTED: ngettext_lazy("is not vetted for it", "are not vetted for it", "count"),
    Reason.LANGUAGE: ngettext_lazy("does not speak the language", "do not speak the language", "count"),
    Reason.PARTY: ngettext_lazy("serves other parties only", "serve other parties only", "count"),
    Reason.OFFICE_LEVEL: ngettext_lazy(
        "serves other levels of office only", "serve other levels of office only", "count"
    ),
    Reason.PLACE: ngettext_lazy("serves other places only", "serve other places only", "count"),
    Reason.VETO: ngettext_lazy("is ruled out by a veto", "are ruled out by a veto", "count"),
    Reason.REFUSED: ngettext_lazy("was asked before or turned down", "were asked before or turned down", "count"),
    Reason.SIDES: ngettext_lazy(
        "serves another campaign in the same contest", "serve another campaign in the same contest", "count"
    ),
    Reason.SAME_REQUEST: ngettext_lazy(
        "has another place in this request", "have another place in this request", "count"
    ),
    Reason.TIME_OFF: ngettext_lazy("is away in that time", "are away in that time", "count"),
    Reason.WINDOW: ngettext_lazy(
        "is not free for enough hours when the work is done",
        "are not free for enough hours when the work is done",
        "count",
    ),
    Reason.MEETING: ngettext_lazy("cannot come to the meetings", "cannot come to the meetings", "count"),
    Reason.CLASH: ngettext_lazy("has another meeting at that time", "have another meeting at that time", "count"),
    Reason.HOURS: ngettext_lazy("has too few hours left", "have too few hours left", "count"),
    Reason.PROJECTS: ngettext_lazy("has as many projects as they wish", "have as many projects as they wish", "count"),
}
"""What keeps one person, or several, from a role; each takes the count as `count`."""


def explain_match(match: Match) -> str:
    """Why this person for this place, in one sentence, the weightiest reason first."""
    role = match.seat.role
    told = sorted(
        (name for name in _VOLUNTEER_SCORE_PARTS if match.parts.get(name)), key=lambda name: -match.parts[name]
    )
    base = ngettext(
        "Knows %(skill)s at level %(level)d or above and is free for %(hours)d hour a week when it is needed",
        "Knows %(skill)s at level %(level)d or above and is free for %(hours)d hours a week when they are needed",
        role.hours,
    ) % {"skill": role.skill.name, "level": role.level, "hours": role.hours}
    return f"{base}; {join_phrases([str(_SCORE_PART_REASONS[name]) for name in told])}." if told else f"{base}."


def explain_outdated_proposal(reason: Reason | SideUnavailable) -> str:
    """Why a proposal cannot be approved after all."""
    told = {"gone": _describe_obstacle(reason)}
    return _("This has changed since it was proposed: %(gone)s. The next run finds somebody else.") % told


def explain_misfit(reason: Reason | SideUnavailable) -> str:
    """Why somebody whom a reviewer chose cannot take a place."""
    return _("This does not fit: %(gone)s. Choose somebody else.") % {"gone": _describe_obstacle(reason)}


def _describe_obstacle(reason: Reason | SideUnavailable) -> str:
    if isinstance(reason, SideUnavailable):
        return _("this place is no longer open") if reason.side == "seat" else _("this person is no longer available")
    return _("this person %(lacks)s") % {"lacks": describe_failed_rule(reason, 1)}


def explain_impossible_acceptance(reason: Reason | SideUnavailable) -> str:
    """Why somebody who was asked among others cannot say yes after all."""
    if isinstance(reason, SideUnavailable):
        return _("Sorry: this place is no longer open. You lose no turn.")
    return _("This no longer fits beside what you do here: %(lacks)s. Change your profile, or decline.") % {
        "lacks": _("this person %(lacks)s") % {"lacks": describe_failed_rule(reason, 1)}
    }


def explain_incomplete_team(lacking: Sequence[MissingRole]) -> str:
    """Why a whole team cannot begin yet."""
    roles = [
        _("%(role)s (%(have)d of %(minimum)d)") % {"role": one.role, "have": one.have, "minimum": one.minimum}
        for one in lacking
    ]
    return _("The team begins together, and somebody is missing: %(roles)s. We are looking.") % {
        "roles": join_phrases(roles)
    }


def explain_revocable_acceptance(until: datetime, time_zone: str) -> str:
    """Why a campaign cannot begin yet with somebody whose yes was heard on the phone."""
    return _("They said yes on the phone and can take it back in writing until %(until)s. Begin after that.") % {
        "until": date_format(until.astimezone(ZoneInfo(time_zone)), "l, j F, H:i")
    }


def describe_failed_rule(reason: Reason, count: int) -> str:
    """Return a rule that `count` things break, as part of a sentence."""
    return str(_FAILED_RULE_PHRASES[reason] % {"count": count})


def join_phrases(words: Sequence[str]) -> str:
    """Return the phrases as one list: "a, b and c"."""
    return get_text_list(list(words), _("and"))
