"""What a run found, in plain words: why not, why empty, what would help."""

from collections import Counter
from collections.abc import Sequence

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import Seat
from matching.engine.explain import Emptiness, NotPlaced, Unplaced
from matching.engine.feasibility import Reason
from matching.lifecycle.explanations import describe_failed_rule, join_phrases
from matching.lifecycle.queries.eligibility import SideUnavailable
from matching.models import Run
from matching.rules.supply_estimate import DraftChange, count_band
from matching.runs.queries.outcomes import find_why_empty

ARRAYS_DELETED_MESSAGE = gettext_lazy("The run's details are no longer kept. Ask for a new run to see why.")


_VOLUNTEER_CHANGE_PHRASES = {
    Reason.LEVEL: gettext_lazy("knowing the skill at a higher level"),
    Reason.LEAD: gettext_lazy("being ready to lead"),
    Reason.DECIDES: gettext_lazy("saying that you may take decisions in campaigns"),
    Reason.VETTED: gettext_lazy("being vetted: ask us for a call"),
    Reason.LANGUAGE: gettext_lazy("speaking another language"),
    Reason.PARTY: gettext_lazy("serving other parties too"),
    Reason.OFFICE_LEVEL: gettext_lazy("serving other levels of office too"),
    Reason.PLACE: gettext_lazy("serving other places too"),
    Reason.TIME_OFF: gettext_lazy("being there on days that you took off"),
    Reason.WINDOW: gettext_lazy("more free time when the work is done"),
    Reason.MEETING: gettext_lazy("being free when the people meet"),
    Reason.HOURS: gettext_lazy("more hours a week"),
    Reason.PROJECTS: gettext_lazy("one project more at once"),
}
"""The one change of a person's own that would open places."""


_REQUEST_CHANGE_PHRASES = {
    Reason.LEVEL: gettext_lazy("asking for a lower level"),
    Reason.LEAD: gettext_lazy("asking for somebody who need not lead"),
    Reason.DECIDES: gettext_lazy("asking for somebody who need not take decisions"),
    Reason.LANGUAGE: gettext_lazy("asking for no language, or for another one too"),
    Reason.WINDOW: gettext_lazy("letting the work be done at other times"),
    Reason.MEETING: gettext_lazy("meeting at another time"),
    Reason.HOURS: gettext_lazy("asking for fewer hours a week"),
}
"""The one change of a request's own that would open places; of what people keep to themselves nothing is said."""


def describe_draft_change(change: str, to: object) -> str:
    """A change to a draft that would open a role, and to what."""
    return str(_DRAFT_CHANGE_PHRASES[DraftChange(change)]) % {"to": to}


_DRAFT_CHANGE_PHRASES = {
    DraftChange.LEVEL: gettext_lazy("Asking for level %(to)s"),
    DraftChange.HOURS: gettext_lazy("Asking for fewer hours a week: %(to)s"),
    DraftChange.LANGUAGES: gettext_lazy("Asking for no language"),
    DraftChange.LEADS: gettext_lazy("Asking for somebody who need not lead"),
    DraftChange.DECIDES: gettext_lazy("Asking for somebody who need not take decisions"),
    DraftChange.WORK: gettext_lazy("Letting the work be done at any time"),
    DraftChange.MEETINGS: gettext_lazy("Meeting at no fixed time"),
    DraftChange.ENDS_ON: gettext_lazy("Ending on %(to)s already"),
}
"""What a campaign could write into a draft instead."""


def suggest_request_change(found: Sequence[Emptiness]) -> str:
    """What a campaign could change about places for which nobody was found. No numbers: nobody is to be probed."""
    counts: Counter[Reason] = Counter()
    for each in found:
        counts.update({reason: count for reason, count in each.fills.items() if reason in _REQUEST_CHANGE_PHRASES})
    if counts:
        return _("What would help most: %(change)s.") % {"change": _REQUEST_CHANGE_PHRASES[counts.most_common(1)[0][0]]}
    if any(each.feasible for each in found):
        return _("There are people who fit, and others need them more urgently just now.")
    return _("Nobody who is here fits just now.")


def explain_waiting(found: Unplaced) -> str:
    """Where somebody stands whom nothing was found for, and what would help."""
    if not found.roles:
        return _("Nobody asks for your skills just now. Adding another skill that you would like to use may help.")
    if found.feasible:
        return ngettext(
            "%(count)d place fits you, and this time it went to somebody whose turn it was.",
            "%(count)d places fit you, and this time they went to others whose turn it was.",
            found.feasible,
        ) % {"count": found.feasible}
    asked = ngettext(
        "%(count)d place asks for what you can do, and it does not fit you yet.",
        "%(count)d places ask for what you can do, and none of them fits you yet.",
        found.roles,
    ) % {"count": found.roles}
    ways = sorted(
        ((count, reason) for reason, count in found.alone.items() if reason in _VOLUNTEER_CHANGE_PHRASES), reverse=True
    )
    if not ways:
        return asked
    count, reason = ways[0]
    helps = ngettext(
        "What would help most: %(change)s. It alone would open %(count)d of them.",
        "What would help most: %(change)s. It alone would open %(count)d of them.",
        count,
    ) % {"count": count, "change": _VOLUNTEER_CHANGE_PHRASES[reason]}
    return f"{asked} {helps}"


def explain_not_placed(found: NotPlaced | SideUnavailable | None) -> str:
    """Why a run did not give a place to somebody. Nobody else is named."""
    if found is None:
        return str(ARRAYS_DELETED_MESSAGE)
    if isinstance(found, SideUnavailable):
        return _("This place was not open in this run.") if found.side == "seat" else _("This person was not in it.")
    if found.failing:
        return _("This person %(lacks)s.") % {"lacks": describe_failed_rule(found.failing[0], 1)}
    if not found.lost:
        return _("Nothing stands in the way: they have the place, or it makes no difference who has it.")
    told = _("They fit, and would be worth %(score)d points here; ") % {"score": found.score}
    told += _("this place went for %(price)d.") % {"price": found.price}
    if found.elsewhere:
        told += " " + _("They add %(points)d elsewhere, which they would give up.") % {"points": found.elsewhere}
    return told + " " + _("Pinned here, everybody together would be worth about %(lost)d less.") % {"lost": found.lost}


def explain_empty_seat(run: Run, seat: Seat) -> str:
    """Why a run left this seat empty, in some short sentences: who could take it at all, and what would open it."""
    found = find_why_empty(run, [seat.role_id]).get(seat.role_id)
    if found is None:
        return str(ARRAYS_DELETED_MESSAGE)
    told = [_describe_people_who_fit(found.feasible, found.elsewhere)]
    counts = sorted(((count, reason) for reason, count in found.first.items() if count), reverse=True)
    if not found.feasible and counts:
        told.append(_("Most often they %(lacks)s (%(count)d).") % _failed_rule_values(counts[0]))
    single = sorted(((count, reason) for reason, count in found.alone.items() if count), reverse=True)[:3]
    if single:
        ways = [_describe_single_change(*way, found.fills.get(way[1], 0)) for way in single]
        told.append(_("Nothing else stands in the way of %(ways)s.") % {"ways": join_phrases(ways)})
    return " ".join(told)


def describe_scarcity(skill: str, weekday: int, worth: int, seats: int) -> str:
    """What one more person with a skill who is free on a weekday, 0 is Monday, would bring; places as a band."""
    told = {"skill": skill, "day": WEEKDAYS[weekday], "points": worth, "places": count_band(seats)}
    if not seats:
        return _("%(skill)s, %(day)s: one more person would add %(points)d points. No place is empty.") % told
    return _("%(skill)s, %(day)s: one more person would add %(points)d points. Empty places: %(places)s.") % told


def _describe_people_who_fit(feasible: int, elsewhere: int) -> str:
    if not feasible:
        return _("Nobody who is here fits this place.")
    return ngettext(
        "%(count)d person fits, but is worth more elsewhere or has no hours left.",
        "%(count)d people fit, but are worth more elsewhere or have no hours left.",
        feasible,
    ) % {"count": feasible}


def _failed_rule_values(counted: tuple[int, Reason]) -> dict[str, object]:
    count, reason = counted
    return {"count": count, "lacks": describe_failed_rule(reason, count)}


def _describe_single_change(count: int, reason: Reason, filling: int) -> str:
    """How many one change would let in, and how many of these are worth more here than where they are."""
    told = _failed_rule_values((count, reason))
    if filling == count:
        return _("%(count)d who %(lacks)s") % told
    if not filling:
        return _("%(count)d who %(lacks)s (none of them would add more here than elsewhere)") % told
    told["filling"] = filling
    return _("%(count)d who %(lacks)s (%(filling)d of them would add more here than elsewhere)") % told
