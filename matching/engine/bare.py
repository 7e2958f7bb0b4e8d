"""A bare assignment instance: edges with values and hours, and nothing else. No database and no campaigns.

Maximise the sum of values; each role at most its seats; each volunteer at most their projects, and their hours; one
role of each request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from matching.engine.descent import Descent, Stop
from matching.engine.market import Market, by_group, no_rivals, order_of
from matching.engine.problem import FINE, Int

Watch = Callable[[int, int], None]

LARGEST = 2**62 // FINE
SWEEPS = 2_000  # rounds of trials where every role must be filled
SMALL = 20_000  # pairs, up to which more is tried when the prices have settled
MORE = 50  # rounds of that


@dataclass(frozen=True, kw_only=True)
class Instance:
    """An entry an edge, a volunteer, a role. With `every`, each role must be filled, or the answer is infeasible."""

    edge_volunteer: Int
    edge_role: Int
    edge_value: Int
    edge_hours: Int
    volunteer_hours: Int
    volunteer_projects: Int
    role_seats: Int
    role_request: Int  # -1: none
    every: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The chosen edges, by position, and what is known of them. `cut`: the time ended the search."""

    edges: Int
    value: int
    bound: int
    filled: int
    feasible: bool
    cut: bool
    role_price: Int  # [R] in sixty-fourths of a point: these prove the bound

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a share of the bound."""
        return 0.0 if self.bound <= 0 else (self.bound - self.value) / self.bound


def read_arrays(path: Path) -> Instance:
    """An instance from an .npz file. Raises ValueError, in a sentence, for a file that holds none."""
    names = [field.name for field in fields(Instance) if field.name != "every"]
    try:
        with np.load(path, allow_pickle=False) as held:
            found: dict[str, Any] = {name: held[name] for name in names}
    except KeyError as error:
        raise ValueError(f"{path} lacks the array {str(error).split()[0].strip(chr(39))}.") from error
    except FileNotFoundError as error:
        raise ValueError(f"There is no file {path}.") from error
    except Exception as error:  # a damaged archive raises whatever its reader tripped over
        raise ValueError(f"{path} cannot be read as the arrays of an .npz file.") from error
    for name, array in found.items():
        if array.ndim != 1 or not np.issubdtype(array.dtype, np.integer):
            raise ValueError(f"{path}: {name} must be a list of whole numbers.")
        if array.size and (int(array.max()) > LARGEST or int(array.min()) < -LARGEST):
            raise ValueError(f"{path}: {name} holds a number that is too large.")
        found[name] = array.astype(np.int64)
    instance = Instance(**found)
    _check(instance, str(path))
    return instance


def _check(instance: Instance, path: str) -> None:
    volunteers, roles = len(instance.volunteer_hours), len(instance.role_seats)
    edges = {len(instance.edge_volunteer), len(instance.edge_role), len(instance.edge_value), len(instance.edge_hours)}
    if len(edges) > 1 or len(instance.volunteer_projects) != volunteers or len(instance.role_request) != roles:
        raise ValueError(f"{path}: arrays that belong together differ in length.")
    for name, rows, most in (
        ("edge_volunteer", instance.edge_volunteer, volunteers),
        ("edge_role", instance.edge_role, roles),
    ):
        if rows.size and (int(rows.min()) < 0 or int(rows.max()) >= most):
            raise ValueError(f"{path}: {name} names a row that does not exist.")
    for name in ("edge_hours", "volunteer_hours", "volunteer_projects", "role_seats"):
        numbers = getattr(instance, name)
        if numbers.size and (int(numbers.min()) < 0 or int(numbers.max()) > 2**31 - 1):
            raise ValueError(f"{path}: {name} must lie between 0 and {2**31 - 1}.")
    if instance.role_request.size and int(instance.role_request.min()) < -1:
        raise ValueError(f"{path}: role_request must be -1, for none, or more.")
    largest = int(np.abs(instance.edge_value).max(initial=0))
    if largest * (min(int(instance.role_seats.sum()), len(instance.edge_value)) + volunteers + 1) > LARGEST // 4:
        raise ValueError(f"{path}: the values are too large to add up.")
    if volunteers >= 2**31 or roles >= 2**31 or len(instance.edge_value) >= 2**31:
        raise ValueError(f"{path}: there are more rows than 32 bits can count.")


def read_gap(path: Path) -> Instance:
    """A generalised-assignment file of the OR-Library: agents, jobs, values, hours, capacities. Raises ValueError."""
    try:
        numbers = np.array(path.read_text(encoding="ascii").split(), dtype=np.int64)
    except FileNotFoundError as error:
        raise ValueError(f"There is no file {path}.") from error
    except (OSError, ValueError, OverflowError) as error:
        raise ValueError(f"{path} cannot be read as whole numbers.") from error
    agents, jobs = (int(numbers[0]), int(numbers[1])) if len(numbers) > 1 else (0, 0)
    if agents < 1 or jobs < 1 or len(numbers) != 2 + agents * (2 * jobs + 1):
        raise ValueError(f"{path} does not hold the numbers that its first two, agents and jobs, announce.")
    cells = agents * jobs
    instance = Instance(
        edge_volunteer=np.repeat(np.arange(agents), jobs),
        edge_role=np.tile(np.arange(jobs), agents),
        edge_value=numbers[2 : 2 + cells],
        edge_hours=numbers[2 + cells : 2 + 2 * cells],
        volunteer_hours=numbers[2 + 2 * cells :],
        volunteer_projects=np.full(agents, jobs),
        role_seats=np.ones(jobs, np.int64),
        role_request=np.full(jobs, -1),
        every=True,
    )
    _check(instance, str(path))
    return instance


def solve(instance: Instance, *, stop: Stop, seed: int = 1, watch: Watch | None = None) -> Answer:
    """The best answer found before `stop` says that the time is over, or before it is good enough.

    `watch` hears the value of the answer at hand, and the bound, each time before `stop` is asked. Where every role
    must be filled each is worth more by a bonus that no exchange outweighs; the bonus is no part of value or bound.
    """
    least, most = int(instance.edge_value.min(initial=0)), int(instance.edge_value.max(initial=0))
    bonus = most - 2 * least + 1 if instance.every else 0
    market, edge = _market(instance, bonus)
    search = Descent(market)
    extra = bonus * int(instance.role_seats.sum())

    def over() -> bool:
        if watch:
            watch(search.value // FINE - extra, _floor(search.bound - extra * FINE))
        return stop()

    search.auction()
    if instance.every:
        search.polish(over, 100, close=0.0, trials=10)
    else:
        search.polish(over)
    if market.pairs <= SMALL and not search.cut:
        search.vary(over, SWEEPS if instance.every else MORE, seed=seed)
    pairs = search.pairs()
    edges = np.sort(edge[pairs])
    filled = len(edges)
    return Answer(
        edges=edges,
        value=int(instance.edge_value[edges].sum()),
        bound=_floor(search.bound - extra * FINE) if search.bound < 2**59 else _sum_of_best(instance),
        filled=filled,
        feasible=not instance.every or filled == int(instance.role_seats.sum()),
        cut=search.cut,
        role_price=search.price - bonus * FINE,
    )


def _floor(fine: int) -> int:
    return fine // FINE


def _sum_of_best(instance: Instance) -> int:
    """A bound for a search that was stopped before it had one: every role's seats at its best value."""
    best = np.zeros(len(instance.role_seats), np.int64)
    np.maximum.at(best, instance.edge_role, instance.edge_value)
    return int((best * instance.role_seats).sum())


def warm_up() -> None:
    """Compile, or load, every kernel that `solve` uses, so that its time can be told apart."""
    pair, none = np.array([0, 1, 0, 1]), np.array([-1, -1])
    two = np.array([1, 1])
    small = Instance(
        edge_volunteer=np.array([0, 0, 1, 1]),
        edge_role=pair,
        edge_value=np.array([3, 2, 2, 2]),
        edge_hours=np.ones(4, np.int64),
        volunteer_hours=two,
        volunteer_projects=two,
        role_seats=two,
        role_request=none,
        every=True,
    )
    search = Descent(_market(small, 1)[0])
    search.auction()
    search.vary(_never, 1, seed=1)  # before there is a bound, so that it cannot be good enough
    search.polish(_never, 2, close=0.0, trials=1)


def _never() -> bool:
    return False


def _market(instance: Instance, bonus: int) -> tuple[Market, Int]:
    """The instance as a market, and the edge behind each of its pairs. Edges that cannot be used are left out."""
    volunteer, role = instance.edge_volunteer, instance.edge_role
    value, hours = instance.edge_value + bonus, instance.edge_hours
    usable = (hours <= instance.volunteer_hours[volunteer]) & (instance.volunteer_projects[volunteer] > 0)
    usable &= (value > 0) & (instance.role_seats[role] > 0)
    edge = np.flatnonzero(usable)
    edge = edge[order_of(role[edge], int(value.max(initial=0)) - value[edge], volunteer[edge])]
    # Of several edges between the same two only the most valuable counts: they are one role of one request.
    owner = volunteer[edge].astype(np.int32)
    own = order_of(owner, int(value.max(initial=0)) - value[edge]).astype(np.int32)
    requests = np.unique(instance.role_request[instance.role_request >= 0])
    request = np.where(instance.role_request < 0, -1, np.searchsorted(requests, instance.role_request))
    market = Market(
        role_start=np.searchsorted(role[edge], np.arange(len(instance.role_seats) + 1)),
        volunteer=owner,
        role=role[edge].astype(np.int32),
        value=value[edge],
        hours=hours[edge].astype(np.int32),
        first=owner,
        last=owner,
        own_start=by_group(owner, len(instance.volunteer_hours))[0],
        own=own,
        seats=instance.role_seats,
        request=request,
        hours_left=instance.volunteer_hours,
        projects_left=instance.volunteer_projects,
        rivals=no_rivals(len(requests)),
    )
    return market, edge
