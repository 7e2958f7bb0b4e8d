"""One volunteer's roles, and the best set of them that the volunteer can serve together."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.feasibility import Index
from matching.engine.graph import Graph
from matching.engine.problem import Problem

NODES = 4_000  # steps that the search of one bundle may take


@dataclass(frozen=True, slots=True)
class Choices:
    """What one volunteer may choose from; the lists are as long as there are choices.

    Room is packed into whole numbers so that one subtraction checks every day at once. On each day that matters the
    volunteer has so many hours and so many projects left: each is one field of `room`, with a spare bit above it,
    set in `guard`. A choice takes the fields of `need`; what is chosen fits exactly when no spare bit is borrowed.
    Only days are kept on which some set of choices that overlap cannot be made any larger.
    """

    pair: list[int]  # positions in the graph
    role: list[int]
    score: list[int]
    need: list[int]
    request: list[int]  # a single bit: the number of the role's request
    barred: list[int]  # bits of the requests that cannot be served beside this one, itself among them
    day: list[int]  # where the fields of the first day that it covers begin
    hours: list[int]
    room: int
    guard: int
    width: int  # of a field, in bits
    most: int  # no bundle has more choices than this


@dataclass(frozen=True, slots=True)
class Bundle:
    """A set of choices, by position, and its worth; `bound` is at least the worth of the best set."""

    chosen: tuple[int, ...]
    worth: int
    bound: int


EMPTY = Bundle((), 0, 0)

Candidate = tuple[int, int, int, int, int, int, int]  # worth, minus position, need, request, barred, day, hours


def best(choices: Choices, candidates: Iterable[tuple[int, int]], nodes: int = NODES) -> Bundle:
    """The set of highest worth that fits.

    `candidates` are pairs of a worth above zero and a position in `choices`. The search is exact; should it take more
    than so many `nodes`, the best set found by then is returned, and `bound` stays valid.
    """
    need, request, barred, day, hours = choices.need, choices.request, choices.barred, choices.day, choices.hours
    ranked = sorted(
        ((worth, -at, need[at], request[at], barred[at], day[at], hours[at]) for worth, at in candidates), reverse=True
    )
    if not ranked:
        return EMPTY
    most = choices.most
    if most == 1 or len(ranked) == 1:
        worth, at = ranked[0][:2]
        return Bundle((-at,), worth, worth)
    search = _Search(choices, nodes)
    search.extend(ranked, choices.room | choices.guard, 0, ())
    hope = search.worth if search.nodes >= 0 else search.hopes(ranked, choices.room)[0]
    return Bundle(search.chosen, search.worth, hope)


class _Search:
    """Depth first, most valuable first; what is left is judged by the most valuable few that each day has room for."""

    def __init__(self, choices: Choices, nodes: int) -> None:
        self.guard, self.width, self.most, self.nodes = choices.guard, choices.width, choices.most, nodes
        self.field = (1 << choices.width) - 1
        self.worth = 0
        self.chosen: tuple[int, ...] = ()

    def extend(self, ranked: Sequence[Candidate], room: int, worth: int, chosen: tuple[int, ...]) -> None:
        guard = self.guard
        hopes = self.hopes(ranked, room)
        for at, (gain, minus, need, _, barred, _, _) in enumerate(ranked):
            if worth + hopes[at] <= self.worth:
                return
            self.nodes -= 1
            if self.nodes < 0:
                return
            total, picked, space = worth + gain, (*chosen, -minus), room - need
            if total > self.worth:
                self.worth, self.chosen = total, picked
            if len(picked) == self.most:
                continue
            rest = [item for item in ranked[at + 1 :] if not item[3] & barred and (space - item[2]) & guard == guard]
            if rest:
                self.extend(rest, space, total, picked)

    def hopes(self, ranked: Sequence[Candidate], room: int) -> list[int]:
        """For each candidate, at least what it and those after it can add together.

        Those that begin on one day share that day's room, so only so many of them can be had; the most valuable
        count.
        """
        least: dict[int, int] = {}
        for _, _, _, _, _, day, hours in ranked:
            if hours < least.get(day, hours + 1):
                least[day] = hours
        kept: dict[int, deque[int]] = {}
        for day, hours in least.items():
            fields = room >> day
            projects = (fields >> self.width) & (self.field >> 1)
            most = min(projects, (fields & (self.field >> 1)) // hours) if hours else projects
            kept[day] = deque(maxlen=most)
        total, hopes = 0, []
        for item in reversed(ranked):
            those = kept[item[5]]
            if len(those) == those.maxlen:
                total -= those[-1]
            those.appendleft(item[0])
            total += item[0]
            hopes.append(total)
        hopes.reverse()
        return hopes


class Arranger:
    """Arranges the choices of a problem's volunteers; what all of them need is worked out once."""

    def __init__(self, problem: Problem, graph: Graph, index: Index) -> None:
        self.first, self.last = problem.request_first.tolist(), problem.request_last.tolist()
        self.request, self.need = problem.role_request.tolist(), problem.role_hours.tolist()
        self.hours, self.projects = problem.hours.tolist(), problem.projects.tolist()
        self.owner, self.role, self.score = graph.volunteer.tolist(), graph.role.tolist(), graph.score.tolist()
        self.barred = _barred(problem, index)
        self.held: list[list[tuple[int, int]]] = [[] for _ in range(problem.volunteers)]
        for volunteer, request, hours in zip(
            problem.held_volunteer.tolist(), problem.held_request.tolist(), problem.held_hours.tolist(), strict=True
        ):
            self.held[volunteer].append((request, hours))
        self.width = max([1, *self.hours, *self.projects, *self.need]).bit_length() + 1

    def all(self, pairs: Iterable[int], forced: Iterable[int]) -> list[Choices]:
        """[V] every volunteer's choices among `pairs`; see `one`."""
        lists: list[list[int]] = [[] for _ in self.hours]
        taken: list[list[int]] = [[] for _ in self.hours]
        for pair in pairs:
            lists[self.owner[pair]].append(pair)
        for pair in forced:
            taken[self.owner[pair]].append(pair)
        return [self.one(volunteer, lists[volunteer], taken[volunteer]) for volunteer in range(len(lists))]

    def one(self, volunteer: int, pairs: list[int], forced: list[int]) -> Choices:
        """One volunteer's choices among `pairs`, beside what is held and beside the pairs `forced`, which are not
        choices: they take room and bar other requests. Pairs that do not fit beside them are left out.
        """
        held, closed = [*self.held[volunteer]], 0
        for pair in forced:
            role = self.role[pair]
            held.append((self.request[role], self.need[role]))
            closed |= self.barred[self.request[role]]
        kept = [pair for pair in pairs if not closed >> self.request[self.role[pair]] & 1]
        requests = {self.request[self.role[pair]] for pair in kept}
        days = self._days(requests | {request for request, _ in held})
        room, guard = self._room(volunteer, held, days)
        spreads = {request: self._spread(request, days) for request in requests}
        fitting = []
        for pair in kept:
            role = self.role[pair]
            spread = spreads[self.request[role]]
            need = spread * self.need[role] + (spread << self.width)
            if ((room | guard) - need) & guard == guard:
                # A choice that covers no day that matters cannot be: every request's days reach one of them.
                day = (spread & -spread).bit_length() - 1
                fitting.append((pair, role, need, day))
        return Choices(
            pair=[pair for pair, _, _, _ in fitting],
            role=[role for _, role, _, _ in fitting],
            score=[self.score[pair] for pair, _, _, _ in fitting],
            need=[need for _, _, need, _ in fitting],
            request=[1 << self.request[role] for _, role, _, _ in fitting],
            barred=[self.barred[self.request[role]] for _, role, _, _ in fitting],
            day=[day for _, _, _, day in fitting],
            hours=[self.need[role] for _, role, _, _ in fitting],
            room=room,
            guard=guard,
            width=self.width,
            most=self._most(room, len(days), min((self.need[role] for _, role, _, _ in fitting), default=1)),
        )

    def _days(self, requests: set[int]) -> list[int]:
        # A beginning matters only when something ends before the next beginning.
        events = sorted([(self.first[q], 0) for q in requests] + [(self.last[q], 1) for q in requests])
        return [day for (day, kind), (_, following) in itertools.pairwise(events) if kind == 0 and following == 1]

    def _spread(self, request: int, days: list[int]) -> int:
        """A one in the hours' field of every day that the request covers."""
        first, last, step = self.first[request], self.last[request], 2 * self.width
        return sum(1 << step * at for at, day in enumerate(days) if first <= day <= last)

    def _room(self, volunteer: int, held: list[tuple[int, int]], days: list[int]) -> tuple[int, int]:
        width, room, guard = self.width, 0, 0
        for at, day in enumerate(days):
            there = [hours for request, hours in held if self.first[request] <= day <= self.last[request]]
            hours = max(0, self.hours[volunteer] - sum(there))
            projects = max(0, self.projects[volunteer] - len(there))
            room |= (hours | projects << width) << 2 * width * at
            guard |= ((1 << width | 1) << width - 1) << 2 * width * at
        return room, guard

    def _most(self, room: int, days: int, least: int) -> int:
        """Every choice covers one of the days at least, and takes `least` hours there, or more."""
        field, most = (1 << self.width) - 1, 0
        for _ in range(days):
            hours, projects = room & field, room >> self.width & field
            most += min(projects, hours // least) if least else projects
            room >>= 2 * self.width
        return most


def _barred(problem: Problem, index: Index) -> list[int]:
    """For each request the bits of the requests that nobody may serve beside it: itself, another campaign of its
    contest, a meeting at the same hour.
    """
    contest, campaign = problem.request_contest, problem.request_campaign
    used = np.zeros(problem.requests, dtype=bool)
    used[problem.role_request] = True
    barred = []
    for request in range(problem.requests):
        rows = index.clashes(request) | ((contest == contest[request]) & (campaign != campaign[request]))
        rows &= used
        rows[request] = True
        barred.append(int.from_bytes(np.packbits(rows, bitorder="little").tobytes(), "little"))
    return barred
