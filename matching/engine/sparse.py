"""The pairs that the solver looks at: of every role the best, and later those that prices ask for."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matching.engine import score
from matching.engine.feasibility import Index, judge
from matching.engine.hurdles import Hurdles
from matching.engine.kernels.judging import sieve
from matching.engine.kernels.pairs import best_pairs, pairs_above, ranked
from matching.engine.listed import numbers_of
from matching.engine.market import by_group, order_of
from matching.engine.postings import HOURS, LEVEL, REQUEST, Arranged
from matching.engine.problem import FINE, Flag, Int, Problem
from matching.rules.score_parts import PART_NAMES, PARTS, Scope, list_parts

THREADS = 2
BLOCK = 256  # roles that one thread looks at before it hears whether to go on
FEWEST = 50  # pairs that are kept of a role, if it has so many
AGAIN = 8  # times that roles bid anew where there are as many seats as people
ROOM = 500_000  # pairs that are kept in all, if that leaves each role its fewest


@dataclass(frozen=True)
class Sparse:
    """n feasible pairs in ascending order of role, then volunteer; a pair is named by its position.

    The pairs of role r are `role_start[r]` up to `role_start[r + 1]`; those of volunteer v are
    `by_volunteer[volunteer_start[v] : volunteer_start[v + 1]]`. No pair that was left out of role r is worth more than
    `least[r]`, which is -1 where none was. `considered` counts all feasible pairs, those left out too.
    """

    role: Int  # [n]
    volunteer: Int  # [n]
    score: Int  # [n]
    least: Int  # [R]
    considered: int
    role_start: Int  # [R + 1]
    volunteer_start: Int  # [V + 1]
    by_volunteer: Int  # [n]

    def positions(self, volunteer: Int, role: Int) -> Int:
        """[m] the positions of pairs, -1 where one is not among these."""
        if not len(role) or not len(self.role):
            return np.full(len(role), -1)
        size = len(self.volunteer_start)
        key, wanted = self.role * size + self.volunteer, role * size + volunteer
        at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        return np.where(key[at] == wanted, at, -1)


class Chosen(NamedTuple):
    """Of some roles, which ask for one skill, the pairs that are kept, one role after the other; n in all."""

    role: Int  # [n]
    volunteer: Int  # [n]
    worth: Int  # [n]
    least: Int  # [roles] no pair that was left out is worth more, -1: none was
    considered: int


def best_of_each(problem: Problem, arranged: Arranged, index: Index, tick: Callable[[], None]) -> Sparse:
    """The most valuable pairs of every role, and every pin that is feasible. `tick` is called now and then."""
    most = max(FEWEST + 4 * int(problem.role_seats.max(initial=0)), ROOM // max(1, problem.roles))
    found: list[tuple[Int, Int, Int]] = []
    least = np.full(problem.roles, -1, np.int64)
    considered = 0
    blocks = by_skill(problem, arranged)
    with ThreadPoolExecutor(THREADS) as pool:
        for block, chosen in zip(
            blocks, pool.map(lambda roles: best_of_skill(arranged, roles, most), blocks), strict=True
        ):
            found.append((chosen.role, chosen.volunteer, chosen.worth))
            least[block] = chosen.least
            considered += chosen.considered
            tick()
    return _arranged(problem, [*found, _pins(problem, index, arranged)], least, considered)


def by_skill(problem: Problem, arranged: Arranged) -> list[Int]:
    """The roles that ask for each skill, those of one request side by side."""
    order = order_of(arranged.demand.skill, problem.role_request)
    ends = np.searchsorted(arranged.demand.skill[order], np.arange(len(arranged.postings.start)))
    return [order[begin:end] for begin, end in itertools.pairwise(ends.tolist()) if begin < end]


def best_of_skill(arranged: Arranged, roles: Int, most: int) -> Chosen:
    """The best of these roles' pairs, `most` of each; where people are few, after a while of bidding for them."""
    postings, demand, skill = arranged.postings, arranged.demand, arranged.demand.skill[roles[0]]
    claims = int(postings.start[skill + 1] - postings.start[skill])
    shape = (len(roles), min(most, claims))
    chosen, value = np.empty(shape, np.int32), np.empty(shape, np.int64)
    count, feasible, least = (np.zeros(len(roles), np.int64) for _ in range(3))
    left, price = sieve(postings), np.zeros(claims, np.int64)
    again = min(AGAIN, AGAIN * int(demand.seats[roles].sum()) // (claims + 1))
    for _ in range(1 + again):
        best_pairs(*arranged, roles, left, price, chosen, value, count, feasible, least)
    kept = np.arange(shape[1]) < count[:, None]
    return Chosen(np.repeat(roles, count), chosen[kept].astype(np.int64), value[kept], least, int(feasible.sum()))


def above(
    problem: Problem, arranged: Arranged, sparse: Sparse, price: Int, hurdle: Hurdles, tick: Callable[[], None]
) -> tuple[Sparse, int]:
    """The same with all pairs that leave more over the prices [R] than their hurdle.

    Also returns how many are new. Only roles are looked at of which a pair that was left out can leave anything.
    """
    postings = arranged.postings
    rank = ranked(postings, hurdle.lowest())
    asked = np.flatnonzero(sparse.least * FINE > price + int(hurdle.least.min(initial=0)))
    asked = asked[order_of(arranged.demand.skill[asked], problem.role_request[asked])]
    longest = int(np.diff(postings.start).max(initial=0))
    room = max(longest, ROOM)

    def work(block: Int) -> list[tuple[Int, Int, Int]]:
        left, chosen, value = sieve(postings), np.empty(room, np.int32), np.empty(room, np.int64)
        count, done, found = np.zeros(len(block), np.int64), 0, []
        while done < len(block):  # until there is no more room for what a role might have
            begin = done
            done = pairs_above(*arranged, block, begin, price, hurdle, rank, left, chosen, value, count)
            kept = int(count[begin:done].sum())
            role = np.repeat(block[begin:done], count[begin:done])
            found.append((role, chosen[:kept].astype(np.int64), value[:kept].copy()))
        return found

    found = [(sparse.role, sparse.volunteer, sparse.score)]
    with ThreadPoolExecutor(THREADS) as pool:
        for part in pool.map(work, [asked[at : at + BLOCK] for at in range(0, len(asked), BLOCK)]):
            found += part
            tick()
    more = _arranged(problem, found, sparse.least, sparse.considered)
    return more, len(more.role) - len(sparse.role)


def without(problem: Problem, sparse: Sparse, gone: Flag) -> Sparse:
    """The same without the pairs that are `gone` [n]."""
    least, some = sparse.least.copy(), np.diff(sparse.role_start) > 0
    best_gone = np.maximum.reduceat(np.where(gone, sparse.score, -1), sparse.role_start[:-1][some])
    least[some] = np.maximum(least[some], best_gone)
    rest = np.flatnonzero(~gone)
    return _sorted(problem, sparse.role[rest], sparse.volunteer[rest], sparse.score[rest], least, sparse.considered)


def _pins(problem: Problem, index: Index, arranged: Arranged) -> tuple[Int, Int, Int]:
    """The pins that are feasible: they count even where they are not among the best."""
    role, volunteer, worth = [], [], []
    for one, wanted in dict.fromkeys(zip(problem.pin_volunteer.tolist(), problem.pin_role.tolist(), strict=True)):
        judged = judge(index, wanted, np.array([one], np.int64))
        if not judged.fails.any():
            role.append(wanted)
            volunteer.append(one)
            worth.append(int(score.parts(index, wanted, judged).sum()))
    return np.array(role, np.int64), np.array(volunteer, np.int64), np.array(worth, np.int64)


def _arranged(problem: Problem, found: list[tuple[Int, Int, Int]], least: Int, considered: int) -> Sparse:
    role, volunteer, worth = (np.concatenate(column) for column in zip(*found, strict=True))
    order = order_of(role, volunteer)
    role, volunteer, worth = role[order], volunteer[order], worth[order]
    first = np.ones(len(role), np.bool_)
    first[1:] = (role[1:] != role[:-1]) | (volunteer[1:] != volunteer[:-1])
    return _sorted(problem, role[first], volunteer[first], worth[first], least, considered)


def _sorted(problem: Problem, role: Int, volunteer: Int, worth: Int, least: Int, considered: int) -> Sparse:
    volunteer_start, by_volunteer = by_group(volunteer, problem.volunteers)
    return Sparse(
        role=role,
        volunteer=volunteer,
        score=worth,
        least=least,
        considered=considered,
        role_start=np.searchsorted(role, np.arange(problem.roles + 1)),
        volunteer_start=volunteer_start,
        by_volunteer=by_volunteer.astype(np.int64),
    )


def parts(problem: Problem, arranged: Arranged, index: Index, volunteer: Int, role: Int, worth: Int) -> Int:
    """[n, parts] the named parts of what these pairs are worth, in the order of `PARTS`."""
    demand, postings = arranged.demand, arranged.postings
    at = _posted(postings.start, postings.volunteer, demand.skill[role], volunteer)
    request = demand.role[role, REQUEST]
    numbers = {
        Scope.REQUEST: problem.request_numbers[request],
        Scope.VOLUNTEER: problem.volunteer_numbers[volunteer],
        Scope.CLAIM: _claimed(problem, arranged, index, at, role),
        Scope.PAIR: numbers_of(problem, volunteer, role),
        Scope.COMPUTED: _computed(problem, arranged, at, volunteer, role),
    }
    table: Int = np.zeros((len(role), len(PARTS)), np.int64)
    taken = dict.fromkeys(Scope, 0)  # columns of each scope that are in the table
    for number, (part, weight) in enumerate(zip(PARTS, problem.weights.tolist(), strict=True)):
        table[:, number] = weight * score.compute_factors(part, numbers[part.scope][:, taken[part.scope]])
        taken[part.scope] += 1
    table[:, PART_NAMES.index("place")] = worth - table.sum(axis=1)  # what is left is the place's
    return table


def _claimed(problem: Problem, arranged: Arranged, index: Index, at: Int, role: Int) -> Int:
    """[n, parts of a claim] the numbers of these postings."""
    numbers = np.zeros((len(at), problem.claim_numbers.shape[1]), np.int64)
    for skill in np.unique(problem.role_skill[role]).tolist():
        rows = np.flatnonzero(problem.role_skill[role] == skill)
        begin = arranged.postings.start[arranged.demand.skill[role[rows[0]]]]
        numbers[rows] = index.claims(skill).numbers[at[rows] - begin]
    return numbers


def _computed(problem: Problem, arranged: Arranged, at: Int, volunteer: Int, role: Int) -> Int:
    """[n, computed parts] the numbers of these pairs; those of the place are not worked out here, and zero."""
    p, demand, postings = problem, arranged.demand, arranged.postings
    request = demand.role[role, REQUEST]
    regimes = np.arange(p.availability.shape[1])
    touched = (p.regime_first[request][:, None] <= regimes) & (regimes <= p.regime_last[request][:, None])
    free = np.bitwise_count(p.availability[volunteer] & p.work[request]).sum(axis=2, dtype=np.int64)
    overlap = np.where(touched, free, np.iinfo(np.int64).max).min(axis=1, initial=np.iinfo(np.int64).max)
    known = {
        "level": postings.level[at].astype(np.int64) - demand.role[role, LEVEL],
        "nice": np.bitwise_count(postings.claims[at] & demand.nice[role]).sum(axis=1, dtype=np.int64),
        "spare": (overlap - 2 * demand.role[role, HOURS]) // 4,
        "place": np.zeros(len(role), np.int64),
    }
    return np.stack([known[part.name] for part in list_parts(Scope.COMPUTED)], axis=1)


def _posted(start: Int, posted: np.ndarray, skill: Int, volunteer: Int) -> Int:
    """Where in the postings each of these volunteers claims that skill."""
    size = int(posted.max(initial=0)) + 1
    key = np.repeat(np.arange(len(start) - 1), np.diff(start)) * size + posted
    return np.searchsorted(key, skill * size + volunteer)
