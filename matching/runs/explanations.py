"""Say in plain words what a run found: why a pair was not placed, why a seat is empty, and what would help."""

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
from matching.rules.supply_estimate import count_band
from matching.runs.queries.outcomes import find_why_empty

ARRAYS_DELETED_MESSAGE = gettext_lazy("The details of this run have been deleted. Request a new run to see why.")

NO_CHANGES_MESSAGE = gettext_lazy(
    "There is nothing to compare: the run is not done, there is no run before it, or its details have been deleted."
)


def explain_certificate(run: Run) -> str:
    """Say how good the result of a run is, and how sure that is; an empty text for a run that is not done.

    The share of the best is rounded down.
    """
    if run.value is None or run.bound is None or run.seat_count is None or run.filled_count is None:
        return ""
    values = {"filled": run.filled_count, "seats": run.seat_count}
    if not run.bound:
        return _("There was nothing to propose: %(filled)d of %(seats)d places are filled.") % values
    share = _("The result is the best there is: no other one is worth more.")
    if run.value < run.bound:
        permille = run.value * 1000 // run.bound
        percent = f"{permille // 10}.{permille % 10}"
        share = _("The result is at least %(percent)s %% of the best.") % {"percent": percent}
    return f"{_count_more_places(run, values)} {share}"


def _count_more_places(run: Run, values: dict[str, int]) -> str:
    """Say how many more places another result could fill, as far as the checker has counted it."""
    if run.fillable_count is None:
        return _("%(filled)d of %(seats)d places are filled.") % values
    more = run.fillable_count - values["filled"]
    if not more:
        return _("%(filled)d of %(seats)d places are filled, and no more can be.") % values
    return ngettext(
        "%(filled)d of %(seats)d places are filled. At most %(more)d more place could be filled.",
        "%(filled)d of %(seats)d places are filled. At most %(more)d more places could be filled.",
        more,
    ) % {**values, "more": more}


def explain_verdict(run: Run) -> str:
    """Say what the checker found about a run's result; an empty text if it was not asked."""
    if run.verification_asked_at is None:
        return ""
    if run.verified_at is None:
        return _("The checker is at work. This takes seconds to minutes.")
    if run.verification_faults:
        return _("The checker found faults. Tell the people who run this site, and use another run.")
    if not run.is_bound_verified:
        return _("The checker finds every rule kept. This run is too large for it to prove the bound again.")
    if run.verified_digest != run.input_digest:
        return _("The checker finds every rule kept and every number right. People have been erased since the run.")
    return _("The checker finds every rule kept and every number right.")


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
    return str(ARRAYS_DELETED_MESSAGE) if emptiness is None else describe_emptiness(emptiness)


def describe_emptiness(emptiness: Emptiness) -> str:
    """Say to reviewers how many volunteers fit a role that has an empty seat, and what would open it."""
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
