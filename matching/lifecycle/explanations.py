"""Turn the matcher's scores and reasons into sentences for people. The engine gives only numbers and codes."""

from functools import cache

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext_lazy, ngettext, ngettext_lazy
from django.utils.translation import gettext as _

from core.notifications.moments import join_phrases
from matching.engine.feasibility import Reason
from matching.lifecycle.queries.eligibility import NO_ROOM, SideUnavailable
from matching.models import Match
from matching.rules.score_parts import PARTS, ScorePart

SCORE_PART_LABELS = {part.name: gettext_lazy(part.label) for part in PARTS}
"""The names of the score parts, short enough for a table."""

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
    Reason.PLACE: ngettext_lazy("serves other jurisdictions only", "serve other jurisdictions only", "count"),
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
"""What keeps one volunteer, or several, from a role; each phrase takes `count`."""


@cache
def translate_reasons(language: str | None) -> dict[str, str]:
    """Return the reasons in the active language, which is `language`: a page of matches has a hundred of them."""
    return {part.name: _(part.reason) for part in PARTS if part.reason}


def label_failed_rule(rule: Reason) -> str | Promise:
    """Return what a rule that is broken says of one volunteer, in the language that is active when it is read."""
    return lazy(lambda: str(_FAILED_RULE_PHRASES[rule] % {"count": 1}), str)()


def label_score_part(name: str) -> str:
    """Return the label of a score part. A stored match may have a part that has no words any more: then its name."""
    return str(SCORE_PART_LABELS.get(name, name))


def rank_known_parts(match: Match, *, names_campaign: bool) -> list[ScorePart]:
    """Return the parts that the match has earned and that its volunteer may know, the weightiest first.

    Without `names_campaign` those that say something about the contest are left out.
    """
    points = match.score_parts
    earned = [part for part in PARTS if part.sentence and points.get(part.name)]
    usable = [part for part in earned if names_campaign or not part.tells_contest]
    return sorted(usable, key=lambda part: -points[part.name])


def explain_match(match: Match, *, names_campaign: bool = True) -> str:
    """Return in one sentence why this volunteer fits this seat, the weightiest reason first.

    Without `names_campaign` the sentence says nothing about the contest.
    """
    role = match.seat.role
    base = ngettext(
        "Knows %(skill)s at level %(level)d or above and is free for %(hours)d hour a week when it is needed",
        "Knows %(skill)s at level %(level)d or above and is free for %(hours)d hours a week when they are needed",
        role.hours_per_week,
    ) % {"skill": role.skill.shown_name, "level": role.level, "hours": role.hours_per_week}
    known = translate_reasons(get_language())
    parts = rank_known_parts(match, names_campaign=names_campaign)
    reasons = [known[part.name] for part in parts if part.name in known]
    return f"{base}; {join_phrases(reasons)}." if reasons else f"{base}."


def explain_outdated_proposal(reason: Reason | SideUnavailable) -> str:
    """Return why a proposal can no longer be approved."""
    return _("This has changed since it was proposed: %(obstacle)s. The next run finds somebody else.") % {
        "obstacle": describe_obstacle(reason)
    }


def explain_misfit(reason: Reason | SideUnavailable) -> str:
    """Return why the volunteer that a reviewer chose cannot take the seat."""
    if reason == NO_ROOM:
        return str(NO_ROOM_MESSAGE)
    return _("This does not fit: %(obstacle)s. Choose somebody else.") % {"obstacle": describe_obstacle(reason)}


NO_ROOM_MESSAGE = gettext_lazy("This person has no room for it now. Choose somebody else.")
"""What a reviewer with a part in a contest is told instead of what else a volunteer does."""


def describe_obstacle(reason: Reason | SideUnavailable) -> str:
    """Return what keeps a pair from being matched, as part of a sentence."""
    if reason == NO_ROOM:
        return _("this person has no room for it now")
    if isinstance(reason, SideUnavailable):
        return _("this place is no longer open") if reason.side == "seat" else _("this person is no longer available")
    return _("this person %(lacks)s") % {"lacks": describe_failed_rule(reason, 1)}


def describe_failed_rule(reason: Reason, count: int) -> str:
    """Return the phrase for a rule that `count` volunteers break, as part of a sentence."""
    return str(_FAILED_RULE_PHRASES[reason] % {"count": count})
