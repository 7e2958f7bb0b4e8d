"""The matcher's reasons in plain words, for people. Numbers come from the engine, sentences are made here."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from campaigns.models import Seat
from matching.engine.explain import Emptiness, NotPlaced, Unplaced
from matching.engine.feasibility import Reason
from matching.models import Match, Run
from matching.preview import Change, band
from matching.queries.explain import OutOfPlay, emptiness
from matching.queries.teams import Lacking

_MEANING = {
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
NAMES = {
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

GONE = gettext_lazy("The run's details are no longer kept. Ask for a new run to see why.")
_OF_THE_PERSON = ("wanted", "level", "nice", "spare", "place", "turn")

_LACKS = {
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


def why_match(match: Match) -> str:
    """Why this person for this place, in one sentence, the weightiest reason first."""
    role = match.seat.role
    told = sorted((name for name in _OF_THE_PERSON if match.parts.get(name)), key=lambda name: -match.parts[name])
    base = ngettext(
        "Knows %(skill)s at level %(level)d or above and is free for %(hours)d hour a week when it is needed",
        "Knows %(skill)s at level %(level)d or above and is free for %(hours)d hours a week when they are needed",
        role.hours,
    ) % {"skill": role.skill.name, "level": role.level, "hours": role.hours}
    return f"{base}; {_listed([str(_MEANING[name]) for name in told])}." if told else f"{base}."


def no_longer(reason: Reason | OutOfPlay) -> str:
    """Why a proposal cannot be approved after all."""
    told = {"gone": _in_the_way(reason)}
    return _("This has changed since it was proposed: %(gone)s. The next run finds somebody else.") % told


def does_not_fit(reason: Reason | OutOfPlay) -> str:
    """Why somebody whom a reviewer chose cannot take a place."""
    return _("This does not fit: %(gone)s. Choose somebody else.") % {"gone": _in_the_way(reason)}


def _in_the_way(reason: Reason | OutOfPlay) -> str:
    if isinstance(reason, OutOfPlay):
        return _("this place is no longer open") if reason.side == "seat" else _("this person is no longer available")
    return _("this person %(lacks)s") % {"lacks": _lacks(reason, 1)}


def not_any_more(reason: Reason | OutOfPlay) -> str:
    """Why somebody who was asked among others cannot say yes after all."""
    if isinstance(reason, OutOfPlay):
        return _("Sorry: this place is no longer open. You lose no turn.")
    return _("This no longer fits beside what you do here: %(lacks)s. Change your profile, or decline.") % {
        "lacks": _("this person %(lacks)s") % {"lacks": _lacks(reason, 1)}
    }


def not_complete(lacking: Sequence[Lacking]) -> str:
    """Why a whole team cannot begin yet."""
    roles = [
        _("%(role)s (%(have)d of %(minimum)d)") % {"role": one.role, "have": one.have, "minimum": one.minimum}
        for one in lacking
    ]
    return _("The team begins together, and somebody is missing: %(roles)s. We are looking.") % {
        "roles": _listed(roles)
    }


def may_object(until: datetime, time_zone: str) -> str:
    """Why a campaign cannot begin yet with somebody whose yes was heard on the phone."""
    return _("They said yes on the phone and can take it back in writing until %(until)s. Begin after that.") % {
        "until": date_format(until.astimezone(ZoneInfo(time_zone)), "l, j F, H:i")
    }


_WOULD_HELP = {
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


_WOULD_OPEN = {
    Reason.LEVEL: gettext_lazy("asking for a lower level"),
    Reason.LEAD: gettext_lazy("asking for somebody who need not lead"),
    Reason.DECIDES: gettext_lazy("asking for somebody who need not take decisions"),
    Reason.LANGUAGE: gettext_lazy("asking for no language, or for another one too"),
    Reason.WINDOW: gettext_lazy("letting the work be done at other times"),
    Reason.MEETING: gettext_lazy("meeting at another time"),
    Reason.HOURS: gettext_lazy("asking for fewer hours a week"),
}
"""The one change of a request's own that would open places; of what people keep to themselves nothing is said."""


def instead(change: str, to: object) -> str:
    """A change to a draft that would open a role, and to what."""
    return str(_INSTEAD[Change(change)]) % {"to": to}


_INSTEAD = {
    Change.LEVEL: gettext_lazy("Asking for level %(to)s"),
    Change.HOURS: gettext_lazy("Asking for fewer hours a week: %(to)s"),
    Change.LANGUAGES: gettext_lazy("Asking for no language"),
    Change.LEADS: gettext_lazy("Asking for somebody who need not lead"),
    Change.DECIDES: gettext_lazy("Asking for somebody who need not take decisions"),
    Change.WORK: gettext_lazy("Letting the work be done at any time"),
    Change.MEETINGS: gettext_lazy("Meeting at no fixed time"),
    Change.ENDS_ON: gettext_lazy("Ending on %(to)s already"),
}
"""What a campaign could write into a draft instead."""


def would_open(found: Sequence[Emptiness]) -> str:
    """What a campaign could change about places for which nobody was found. No numbers: nobody is to be probed."""
    counts: Counter[Reason] = Counter()
    for each in found:
        counts.update({reason: count for reason, count in each.fills.items() if reason in _WOULD_OPEN})
    if counts:
        return _("What would help most: %(change)s.") % {"change": _WOULD_OPEN[counts.most_common(1)[0][0]]}
    if any(each.feasible for each in found):
        return _("There are people who fit, and others need them more urgently just now.")
    return _("Nobody who is here fits just now.")


def why_waiting(found: Unplaced) -> str:
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
    ways = sorted(((count, reason) for reason, count in found.alone.items() if reason in _WOULD_HELP), reverse=True)
    if not ways:
        return asked
    count, reason = ways[0]
    helps = ngettext(
        "What would help most: %(change)s. It alone would open %(count)d of them.",
        "What would help most: %(change)s. It alone would open %(count)d of them.",
        count,
    ) % {"count": count, "change": _WOULD_HELP[reason]}
    return f"{asked} {helps}"


def why_not(found: NotPlaced | OutOfPlay | None) -> str:
    """Why a run did not give a place to somebody. Nobody else is named."""
    if found is None:
        return str(GONE)
    if isinstance(found, OutOfPlay):
        return _("This place was not open in this run.") if found.side == "seat" else _("This person was not in it.")
    if found.failing:
        return _("This person %(lacks)s.") % {"lacks": _lacks(found.failing[0], 1)}
    if not found.lost:
        return _("Nothing stands in the way: they have the place, or it makes no difference who has it.")
    told = _("They fit, and would be worth %(score)d points here; ") % {"score": found.score}
    told += _("this place went for %(price)d.") % {"price": found.price}
    if found.elsewhere:
        told += " " + _("They add %(points)d elsewhere, which they would give up.") % {"points": found.elsewhere}
    return told + " " + _("Pinned here, everybody together would be worth about %(lost)d less.") % {"lost": found.lost}


def why_empty(run: Run, seat: Seat) -> str:
    """Why a run left this seat empty, in some short sentences: who could take it at all, and what would open it."""
    found = emptiness(run, [seat.role_id]).get(seat.role_id)
    if found is None:
        return str(GONE)
    told = [_could(found.feasible, found.elsewhere)]
    counts = sorted(((count, reason) for reason, count in found.first.items() if count), reverse=True)
    if not found.feasible and counts:
        told.append(_("Most often they %(lacks)s (%(count)d).") % _counted(counts[0]))
    single = sorted(((count, reason) for reason, count in found.alone.items() if count), reverse=True)[:3]
    if single:
        ways = [_way(*way, found.fills.get(way[1], 0)) for way in single]
        told.append(_("Nothing else stands in the way of %(ways)s.") % {"ways": _listed(ways)})
    return " ".join(told)


def adds(skill: str, weekday: int, worth: int, seats: int) -> str:
    """What one more person with a skill who is free on a weekday, 0 is Monday, would bring; places as a band."""
    told = {"skill": skill, "day": WEEKDAYS[weekday], "points": worth, "places": band(seats)}
    if not seats:
        return _("%(skill)s, %(day)s: one more person would add %(points)d points. No place is empty.") % told
    return _("%(skill)s, %(day)s: one more person would add %(points)d points. Empty places: %(places)s.") % told


def _could(feasible: int, elsewhere: int) -> str:
    if not feasible:
        return _("Nobody who is here fits this place.")
    return ngettext(
        "%(count)d person fits, but is worth more elsewhere or has no hours left.",
        "%(count)d people fit, but are worth more elsewhere or have no hours left.",
        feasible,
    ) % {"count": feasible}


def _counted(counted: tuple[int, Reason]) -> dict[str, object]:
    count, reason = counted
    return {"count": count, "lacks": _lacks(reason, count)}


def _way(count: int, reason: Reason, filling: int) -> str:
    """How many one change would let in, and how many of these are worth more here than where they are."""
    told = _counted((count, reason))
    if filling == count:
        return _("%(count)d who %(lacks)s") % told
    if not filling:
        return _("%(count)d who %(lacks)s (none of them would add more here than elsewhere)") % told
    told["filling"] = filling
    return _("%(count)d who %(lacks)s (%(filling)d of them would add more here than elsewhere)") % told


def _lacks(reason: Reason, count: int) -> str:
    return str(_LACKS[reason] % {"count": count})


def _listed(words: Sequence[str]) -> str:
    return get_text_list(list(words), _("and"))
