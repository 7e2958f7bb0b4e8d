"""Why this match, why not, and why is this seat empty."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.models import Seat
from matching.engine.digest import unpack, unpack_solution
from matching.engine.explain import Emptiness, why, why_empty
from matching.engine.feasibility import Reason
from matching.models import Match, Policy, Run, RunArrays
from matching.queries.snapshot import take_pair


@dataclass(frozen=True, slots=True)
class OutOfPlay:
    """A pair of which one side cannot be matched at all any more: `side` is "seat" or "volunteer"."""

    side: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a pair stands today: the parts of its score, or every rule that it would break, the first one first."""

    parts: dict[str, int]
    failing: list[Reason | OutOfPlay]


def standing(match: Match, *, policy: Policy, at: datetime, racing: bool = False) -> Standing:
    """Judges the pair of a match anew. `racing`: the person has been asked already, among others."""
    snapshot = take_pair(match, policy=policy, at=at, racing=racing)
    problem = snapshot.problem
    # The role may have other free seats: it is this one that somebody would be given.
    if not problem.roles or match.seat_id not in snapshot.seats[0]:
        return Standing({}, [OutOfPlay("seat")])
    if not problem.volunteers:
        return Standing({}, [OutOfPlay("volunteer")])
    found = why(problem, 0, 0)
    return Standing(found.parts, list(found.failing))


def emptiness(run: Run, seat: Seat) -> Emptiness | None:
    """Why the run left places of this seat's role empty; None when its arrays are gone or it had no such role."""
    arrays = RunArrays.objects.filter(run=run).first()
    if arrays is None:
        return None
    problem = unpack(bytes(arrays.problem))
    rows = (problem.role_id == seat.role_id).nonzero()[0]
    if not len(rows):
        return None
    return why_empty(problem, unpack_solution(bytes(arrays.solution)), int(rows[0]))
