"""The checker's own reading of the rules: one pair, or one person's roles, at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from numpy.typing import NDArray

from matching.engine.problem import Problem
from matching.rules.score_parts import PARTS, Scope, ScorePart


class Rulebook:
    """Judges by plain loops over what the problem says; nothing here is shared with the solver."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.claims: dict[tuple[int, int], tuple[int, list[int]]] = {}
        self.who_claims: dict[int, set[int]] = defaultdict(set)
        for skill, volunteer, level, numbers in _rows(
            problem.claim_skill, problem.claim_volunteer, problem.claim_level, problem.claim_numbers
        ):
            best, others = self.claims.get((volunteer, skill), (level, numbers))
            self.claims[volunteer, skill] = (
                max(level, best),
                [max(pair) for pair in zip(numbers, others, strict=True)],
            )
            self.who_claims[skill].add(volunteer)
        self.listed: dict[tuple[int, int, int], int] = defaultdict(int)
        for volunteer, role, part, number in _rows(
            problem.listed_volunteer, problem.listed_role, problem.listed_part, problem.listed_number
        ):
            self.listed[volunteer, role, part] += number
        self.held = _grouped(problem.held_volunteer, problem.held_request, problem.held_hours)
        self.away = _grouped(problem.time_off_volunteer, problem.time_off_first, problem.time_off_last)
        self.sided = _grouped(problem.sided_volunteer, problem.sided_contest, problem.sided_campaign)
        self.vetoes = set(_rows(problem.veto_volunteer, problem.veto_campaign))
        self.refused = set(_rows(problem.refused_volunteer, problem.refused_request))
        self.parties = set(_rows(problem.party_volunteer, problem.party))
        self.places = set(_rows(problem.place_volunteer, problem.place))
        self.nice = _grouped(problem.nice_role, problem.nice_skill)
        self.clash = cache(self._clash)
        self.apart = cache(self._apart)

    def whole(self, role: int) -> bool:
        """Whether the role belongs to a request that is staffed whole."""
        return bool(self.problem.request_whole[self.problem.role_request[role]])

    def broken(self, volunteer: int, role: int) -> list[str]:
        """The names of the rules that this pair breaks beside what the volunteer holds."""
        p, request = self.problem, int(self.problem.role_request[role])
        level, _ = self.claims.get((volunteer, int(p.role_skill[role])), (0, []))
        if not level:
            return ["skill"]  # the rest is of no interest, and most people fail here
        contest, campaign = int(p.request_contest[request]), int(p.request_campaign[request])
        held = [other for other, _ in self.held[volunteer]]
        first, last = int(p.request_first[request]), int(p.request_last[request])
        area, spoken = int(p.role_vetting[role]), int(p.role_languages[role])
        rules = {
            "level": level < p.role_level[role],
            "lead": p.role_leads[role] and not p.leads[volunteer],
            "decides": p.role_decides[role] and not p.decides[volunteer],
            "vetted": area >= 0 and p.vetted_until[volunteer, area] < last,
            "language": spoken and not spoken & int(p.languages[volunteer]),
            "party": p.party_only[volunteer] and (volunteer, int(p.request_party[request])) not in self.parties,
            "office_level": p.level_only[volunteer]
            and not int(p.levels[volunteer]) >> int(p.request_level[request]) & 1,
            "place": p.place_only[volunteer] and not self._near(volunteer, request),
            "veto": (volunteer, campaign) in self.vetoes,
            "refused": (volunteer, request) in self.refused,
            "sides": self._sided(volunteer, contest, campaign),
            "same_request": request in held,
            "time_off": any(begin <= last and end >= first for begin, end in self.away[volunteer]),
            "window": self._free(volunteer, request) < 2 * p.role_hours[role],
            "meeting": not self._can_meet(volunteer, request),
            "clash": any(other != request and self.clash(request, other) for other in held),
            "room": not self._room(volunteer, [role]),
        }
        return [name for name, fails in rules.items() if fails]

    def parts(self, volunteer: int, role: int) -> tuple[int, ...]:
        """The parts of the pair's score, in the order of the policy's weights."""
        points = []
        for part, weight in zip(PARTS, self.problem.weights.tolist(), strict=True):
            number = self._number(part, volunteer, role)
            points.append(weight * (max(0, part.cap - number) if part.counts_down else min(part.cap, number)))
        return tuple(points)

    def _number(self, part: ScorePart, volunteer: int, role: int) -> int:
        """What the problem says of the pair for this part."""
        p, request = self.problem, int(self.problem.role_request[role])
        alike = [other.name for other in PARTS if other.scope == part.scope]
        column = alike.index(part.name)
        level, claimed = self.claims[volunteer, int(p.role_skill[role])]
        if part.scope == Scope.REQUEST:
            return int(p.request_numbers[request, column])
        if part.scope == Scope.VOLUNTEER:
            return int(p.volunteer_numbers[volunteer, column])
        if part.scope == Scope.CLAIM:
            return claimed[column]
        if part.scope == Scope.PAIR:
            return self.listed.get((volunteer, role, column), 0)
        if part.name == "level":
            return level - int(p.role_level[role])
        if part.name == "nice":
            return len({skill for (skill,) in self.nice[role] if (volunteer, skill) in self.claims})
        if part.name == "spare":
            return (self._free(volunteer, request) - 2 * int(p.role_hours[role])) // 4
        if part.name == "place":
            return int(self._near(volunteer, request))
        raise ValueError(f"The rules do not say how the part {part.name} is computed.")

    def fit_together(self, volunteer: int, roles: list[int]) -> bool:
        """Whether one person can do all of these beside what they hold."""
        requests = [int(self.problem.role_request[role]) for role in roles]
        for at, one in enumerate(requests):
            if any(not self.apart(one, other) for other in requests[at + 1 :]):
                return False
        return self._room(volunteer, roles)

    def _apart(self, one: int, other: int) -> bool:
        p = self.problem
        opposed = (
            p.request_contest[one] == p.request_contest[other] and p.request_campaign[one] != p.request_campaign[other]
        )
        return one != other and not opposed and not self.clash(one, other)

    def _room(self, volunteer: int, roles: list[int]) -> bool:
        """Hours and projects, on every day on which something new or held begins."""
        p = self.problem
        new = [(int(p.role_request[role]), int(p.role_hours[role])) for role in roles]
        everything = [*self.held[volunteer], *new]
        for day in {int(p.request_first[request]) for request, _ in everything}:
            there = [
                hours for request, hours in everything if p.request_first[request] <= day <= p.request_last[request]
            ]
            among_new = any(p.request_first[request] <= day <= p.request_last[request] for request, _ in new)
            if among_new and (sum(there) > p.hours[volunteer] or len(there) > p.projects[volunteer]):
                return False
        return True

    def _regimes(self, request: int) -> range:
        return range(int(self.problem.regime_first[request]), int(self.problem.regime_last[request]) + 1)

    def _clash(self, one: int, other: int) -> bool:
        p = self.problem
        if p.request_first[one] > p.request_last[other] or p.request_first[other] > p.request_last[one]:
            return False
        shared = set(self._regimes(one)) & set(self._regimes(other))
        return any((p.meetings[one, regime] & p.meetings[other, regime]).any() for regime in shared)

    def _free(self, volunteer: int, request: int) -> int:
        p = self.problem
        return min(
            sum(
                (int(word) & int(work)).bit_count()
                for word, work in zip(p.availability[volunteer, regime], p.work[request, regime], strict=True)
            )
            for regime in self._regimes(request)
        )

    def _can_meet(self, volunteer: int, request: int) -> bool:
        p = self.problem
        return all(
            not int(meeting) & ~int(free)
            for regime in self._regimes(request)
            for meeting, free in zip(p.meetings[request, regime], p.availability[volunteer, regime], strict=True)
        )

    def _near(self, volunteer: int, request: int) -> bool:
        place = int(self.problem.request_place[request])
        while place >= 0:
            if (volunteer, place) in self.places:
                return True
            place = int(self.problem.place_parent[place])
        return False

    def _sided(self, volunteer: int, contest: int, campaign: int) -> bool:
        p = self.problem
        served = [*self.sided[volunteer]]
        served += [(int(p.request_contest[q]), int(p.request_campaign[q])) for q, _ in self.held[volunteer]]
        return any(there == contest and side != campaign for there, side in served)


def _rows(*columns: NDArray[Any]) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.tolist() for column in columns), strict=True)


def _grouped(key: NDArray[Any], *columns: NDArray[Any]) -> defaultdict[int, list[tuple[Any, ...]]]:
    rows: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for first, *rest in _rows(key, *columns):
        rows[first].append(tuple(rest))
    return rows
