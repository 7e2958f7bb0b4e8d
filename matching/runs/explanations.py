"""Say in plain words what a run found: why a pair was not placed, why a seat is empty, and what would help."""

from collections import Counter
from collections.abc import Sequence

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import Seat
from core.notifications.moments import join_phrases
from matching.engine.explain import Emptiness, NotPlaced
from matching.engine.feasibility import Reason
from matching.lifecycle.explanations import NO_ROOM_MESSAGE, describe_failed_rule, describe_obstacle
from matching.lifecycle.named_obstacles import PIN_OBSTACLES_IN_OTHER_WORK
from matching.lifecycle.queries.eligibility import NO_ROOM, SideUnavailable
from matching.models import Run
from matching.rules.pin_obstacles import PinObstacle
from matching.rules.supply_estimate import MIN_DISCLOSED_COUNT, DraftChange, count_band, hide_some
from matching.runs.queries.outcomes import find_why_empty

ARRAYS_DELETED_MESSAGE = gettext_lazy("The details of this run have been deleted. Request a new run to see why.")


VOLUNTEER_CHANGE_PHRASES = {
    Reason.LEVEL: gettext_lazy("knowing a skill better than you said"),
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
"""The single changes that a volunteer could make to have more seats open to them."""


_REQUEST_CHANGE_PHRASES = {
    Reason.LEVEL: gettext_lazy("asking for a lower level"),
    Reason.LEAD: gettext_lazy("asking for somebody who need not lead"),
    Reason.DECIDES: gettext_lazy("asking for somebody who need not take decisions"),
    Reason.LANGUAGE: gettext_lazy("asking for no language, or for another one too"),
    Reason.WINDOW: gettext_lazy("letting the work be done at other times"),
    Reason.MEETING: gettext_lazy("meeting at another time"),
    Reason.HOURS: gettext_lazy("asking for fewer hours a week"),
}
"""The single changes to a request that would open its seats. Rules about private answers are left out."""


def describe_draft_change(change: str, to: object) -> str:
    """Describe a change to a draft that would open a role, with its new value."""
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
"""The changes that a campaign could make to a draft."""


def suggest_request_change(empty_roles: Sequence[Emptiness], *, about: str) -> str:
    """Suggest to a campaign what it could change about its empty seats; `about` names the request.

    The answer has no numbers, and up to four people count as none. A secret draw leaves some out besides, as in the
    supply estimate. So a campaign cannot probe for single volunteers.
    """
    counts: Counter[Reason] = Counter()
    fitting = 0
    for number, emptiness in enumerate(empty_roles):
        fitting = max(fitting, hide_some(emptiness.feasible, question=f"{about}:{number}"))
        for reason, count in emptiness.fills.items():
            shown = hide_some(count, question=f"{about}:{number}:{reason}")
            if reason in _REQUEST_CHANGE_PHRASES and shown >= MIN_DISCLOSED_COUNT:
                counts[reason] += shown
    if counts:
        return _("What would help most: %(change)s.") % {"change": _REQUEST_CHANGE_PHRASES[counts.most_common(1)[0][0]]}
    if fitting >= MIN_DISCLOSED_COUNT:
        return _("There are people who fit, and others need them more urgently just now.")
    return _("Hardly anyone here fits just now.")


def explain_not_placed(outcome: NotPlaced | SideUnavailable | None) -> str:
    """Explain why a run did not give a seat to this volunteer. No other volunteer is named."""
    if outcome is None:
        return str(ARRAYS_DELETED_MESSAGE)
    if outcome == NO_ROOM:
        return str(NO_ROOM_MESSAGE)
    if isinstance(outcome, SideUnavailable):
        is_seat = outcome.side == "seat"
        return _("This seat was not open in this run.") if is_seat else _("This volunteer was not in this run.")
    if outcome.failing:
        return _("This volunteer %(lacks)s.") % {"lacks": describe_failed_rule(outcome.failing[0], 1)}
    if not outcome.lost:
        return _("Nothing stands in the way: they have the seat, or it makes no difference who has it.")
    text = _("They fit, and would be worth %(score)d points here; ") % {"score": outcome.score}
    text += _("this seat went for %(price)d.") % {"price": outcome.price}
    if outcome.elsewhere:
        text += " " + _("They add %(points)d elsewhere, which they would give up.") % {"points": outcome.elsewhere}
    text += " " + _("Pinned here, everybody together would be worth about %(lost)d less.") % {"lost": outcome.lost}
    return text


_PIN_OBSTACLE_PHRASES = {
    PinObstacle.SEAT_TAKEN: gettext_lazy("another volunteer has this place"),
    PinObstacle.OTHER_PIN: gettext_lazy("another pin of this person came first and leaves no room"),
    PinObstacle.TEAM: gettext_lazy("the team cannot be found whole yet"),
    PinObstacle.PROPOSED_ELSEWHERE: gettext_lazy(
        "this person is proposed elsewhere until the next run over everything"
    ),
    PinObstacle.CHANGED: gettext_lazy("something changed during the run, and the next run tries again"),
}


def explain_waiting_pin(obstacle: str, *, names_other_work: bool) -> str:
    """Explain to a reviewer why a pin is not kept; an empty text for a pin without an obstacle.

    Without `names_other_work` nothing is said of what else the volunteer does.
    """
    if not obstacle:
        return ""
    if obstacle in PIN_OBSTACLES_IN_OTHER_WORK and not names_other_work:
        phrase = describe_obstacle(NO_ROOM)
    elif obstacle in (PinObstacle.SEAT, PinObstacle.VOLUNTEER):
        phrase = describe_obstacle(SideUnavailable(obstacle))
    elif obstacle in _PIN_OBSTACLE_PHRASES:
        phrase = str(_PIN_OBSTACLE_PHRASES[PinObstacle(obstacle)])
    else:
        phrase = describe_obstacle(Reason(obstacle))
    return _("Waits: %(obstacle)s.") % {"obstacle": phrase}


def explain_empty_seat(run: Run, seat: Seat) -> str:
    """Explain to reviewers why a run left this seat empty: how many volunteers fit, and what would open it."""
    emptiness = find_why_empty(run, [seat.role_id]).get(seat.role_id)
    if emptiness is None:
        return str(ARRAYS_DELETED_MESSAGE)
    sentences = [_describe_people_who_fit(emptiness.feasible, emptiness.elsewhere)]
    counts = sorted(((count, reason) for reason, count in emptiness.first.items() if count), reverse=True)
    if not emptiness.feasible and counts:
        sentences.append(_("Most often they %(lacks)s (%(count)d).") % _failed_rule_values(counts[0]))
    single_changes = sorted(((count, reason) for reason, count in emptiness.alone.items() if count), reverse=True)[:3]
    if single_changes:
        ways = [_describe_single_change(*way, emptiness.fills.get(way[1], 0)) for way in single_changes]
        sentences.append(_("Nothing else stands in the way of %(ways)s.") % {"ways": join_phrases(ways)})
    return " ".join(sentences)


def describe_scarcity(skill: str, weekday: int, worth: int, seats: int) -> str:
    """Say what one more volunteer with a skill would add who is free on a weekday (0 is Monday).

    Empty seats are given as a band.
    """
    values = {"skill": skill, "day": WEEKDAYS[weekday], "points": worth, "seats": count_band(seats)}
    if not seats:
        return _("%(skill)s, %(day)s: one more volunteer would add %(points)d points. No seat is empty.") % values
    return _("%(skill)s, %(day)s: one more volunteer would add %(points)d points. Empty seats: %(seats)s.") % values


def _describe_people_who_fit(feasible: int, elsewhere: int) -> str:
    if not feasible:
        return _("No volunteer who is available fits this seat.")
    return ngettext(
        "%(count)d person fits, but is worth more elsewhere or has no hours left.",
        "%(count)d people fit, but are worth more elsewhere or have no hours left.",
        feasible,
    ) % {"count": feasible}


def _failed_rule_values(count_and_reason: tuple[int, Reason]) -> dict[str, object]:
    count, reason = count_and_reason
    return {"count": count, "lacks": describe_failed_rule(reason, count)}


def _describe_single_change(count: int, reason: Reason, filling: int) -> str:
    """Say how many volunteers one change would let in, and how many of these would add more here than elsewhere."""
    values = _failed_rule_values((count, reason))
    if filling == count:
        return _("%(count)d who %(lacks)s") % values
    if not filling:
        return _("%(count)d who %(lacks)s (none of them would add more here than elsewhere)") % values
    values["filling"] = filling
    return _("%(count)d who %(lacks)s (%(filling)d of them would add more here than elsewhere)") % values
