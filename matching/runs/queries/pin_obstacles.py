"""Find out which pins became no match, and why."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from matching.lifecycle.queries.eligibility import SideUnavailable, assess_pair
from matching.models import HOLDS_SEAT, Match, Pin, Policy
from matching.rules.pin_obstacles import PinObstacle
from matching.rules.states import STATES_NOT_OVER, STATES_WORK_DONE, MatchState
from matching.snapshot.scope import RunScope

_IS_KEPT = Q(state__in={*STATES_NOT_OVER, *STATES_WORK_DONE})


def pins_in_scope(scope: RunScope) -> "QuerySet[Pin]":
    """Return the pins that a run of this scope considers."""
    if scope.volunteers is not None:
        return Pin.objects.filter(volunteer__in=scope.volunteers)
    return Pin.objects.filter(seat__role__in=scope.roles) if scope.roles is not None else Pin.objects.all()


def without_match(pins: "QuerySet[Pin]") -> "QuerySet[Pin]":
    """Return those of the pins whose volunteer has no match on the seat."""
    return pins.filter(~Exists(Match.objects.filter(_IS_KEPT, volunteer=OuterRef("volunteer"), seat=OuterRef("seat"))))


def find_pin_obstacle(pin: Pin, *, policy: Policy, at: datetime) -> str:
    """Return the code of what keeps a pin without a match from becoming one: a `PinObstacle`, or a rule's code."""
    if Match.objects.filter(HOLDS_SEAT | Q(state__in=STATES_WORK_DONE), seat=pin.seat_id).exists():
        return PinObstacle.SEAT_TAKEN
    failing = assess_pair(Match(volunteer=pin.volunteer, seat=pin.seat), policy=policy, at=at).failing
    if failing:
        obstacle = failing[0]
        return str(PinObstacle(obstacle.side) if isinstance(obstacle, SideUnavailable) else obstacle)
    # The pair fits alone, so others came first.
    others = Pin.objects.filter(volunteer=pin.volunteer_id).exclude(pk=pin.pk)
    if others.exclude(pk__in=without_match(others).values("pk")).exists():
        return PinObstacle.OTHER_PIN
    if pin.seat.role.request.staffing == "whole":
        return PinObstacle.TEAM
    if Match.objects.filter(volunteer=pin.volunteer_id, state=MatchState.PROPOSED).exists():
        return PinObstacle.PROPOSED_ELSEWHERE
    return PinObstacle.CHANGED
