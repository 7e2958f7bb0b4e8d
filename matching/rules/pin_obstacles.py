"""Why a run does not keep a pin, beside the rules of a pair."""

from enum import StrEnum


class PinObstacle(StrEnum):
    """What keeps a pinned pair from becoming a match. A broken rule has the code of the rule instead."""

    SEAT = "seat"  # closed, or its request takes no volunteers now
    SEAT_TAKEN = "seat_taken"  # by another volunteer's match
    VOLUNTEER = "volunteer"  # paused, resting, away for good, or with as many offers as the policy allows
    OTHER_PIN = "other_pin"  # which the run kept for the same volunteer
    TEAM = "team"  # the request is staffed whole, and the rest cannot be found
    PROPOSED_ELSEWHERE = "proposed_elsewhere"  # by another run, whose proposals a limited run takes as given
    CHANGED = "changed"  # while the run was under way
