"""The checker's own bound: what prices prove, worked out again from the problem.

No answer that has the forced pins is worth more than their own worth, plus the other seats at their prices, plus what
each volunteer could gain over the prices by the best set of roles that they could do together. A request staffed whole
sells its seats as one lot, or not at all; one whose seats could not all be filled by anybody sells none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby

from matching.engine.rulebook import Rulebook

STEPS = 200_000  # of the search for one volunteer's best set, before a plainer bound has to do


class Recount:
    """All feasible pairs, and what they are worth, beside the pinned pairs that a solution has."""

    def __init__(self, book: Rulebook, solution: list[tuple[int, int]]) -> None:
        self.book = book
        p = book.problem
        self.worth: dict[tuple[int, int], int] = {}
        for role in range(p.roles):
            for volunteer in sorted(book.who_claims[int(p.role_skill[role])]):
                if not book.broken(volunteer, role):
                    self.worth[volunteer, role] = sum(book.parts(volunteer, role))
        self.pairs = len(self.worth)
        pins = set(zip(p.pin_volunteer.tolist(), p.pin_role.tolist(), strict=True))
        self.forced = [pair for pair in solution if pair in pins and not book.whole(pair[1])]
        self.usable = {pair for pair, worth in self.worth.items() if worth > 0 or pair in pins}
        self.takers: dict[int, list[int]] = defaultdict(list)
        for volunteer, role in self.usable:
            self.takers[role].append(volunteer)
        self.hopeless = {
            request for request in range(p.requests) if p.request_whole[request] and self._hopeless(request)
        }
        self.seats = p.role_seats.tolist()
        for _, role in self.forced:
            self.seats[role] -= 1

    def fillable(self) -> int:
        """No answer fills more seats: a role no more than who may take it, a whole request all of them or none."""
        p, takers = self.book.problem, Counter(role for _, role in self.worth)
        most = [min(int(p.role_seats[role]), takers[role]) for role in range(p.roles)]
        lacking = {int(p.role_request[role]) for role in range(p.roles) if most[role] < p.role_seats[role]}
        whole = [p.request_whole[request] and request in lacking for request in p.role_request.tolist()]
        return sum(count for count, never in zip(most, whole, strict=True) if not never)

    def bound(self, price: list[int]) -> int:
        """The bound that these prices, in sixty-fourths of a point, prove."""
        p, book = self.book.problem, self.book
        total = 64 * sum(self.worth[pair] for pair in self.forced)
        lots: dict[int, int] = defaultdict(int)
        for role in range(p.roles):
            request = int(p.role_request[role])
            if request in self.hopeless:
                continue
            if book.whole(role):
                lots[request] += self.seats[role] * price[role]
            else:
                total += self.seats[role] * price[role]
        total += sum(max(0, lot) for lot in lots.values())
        mine = sorted(
            pair for pair in self.usable - set(self.forced) if int(p.role_request[pair[1]]) not in self.hopeless
        )
        for volunteer, pairs in groupby(mine, key=lambda pair: pair[0]):
            gains = [(64 * self.worth[pair] - price[pair[1]], pair[1]) for pair in pairs if self.seats[pair[1]] > 0]
            total += self._best(volunteer, sorted((gain for gain in gains if gain[0] > 0), reverse=True))
        # Nothing whole has a worth between two points.
        return total // 64

    def _best(self, volunteer: int, gains: list[tuple[int, int]]) -> int:
        """The most that a volunteer gains by roles that fit together, beside their forced ones."""
        base = [role for one, role in self.forced if one == volunteer]
        gains = [gain for gain in gains if self.book.fit_together(volunteer, [*base, gain[1]])]
        most, best, steps = self._most(volunteer, gains), 0, STEPS

        def search(at: int, chosen: list[int], worth: int) -> None:
            nonlocal best, steps
            best = max(best, worth)
            for place in range(at, len(gains)):
                left = most - len(chosen)
                if steps <= 0 or worth + sum(gain for gain, _ in gains[place : place + left]) <= best:
                    return
                steps -= 1
                gain, role = gains[place]
                if self.book.fit_together(volunteer, [*base, *chosen, role]):
                    search(place + 1, [*chosen, role], worth + gain)

        search(0, [], 0)
        return best if steps > 0 else sum(gain for gain, _ in gains[:most])

    def _most(self, volunteer: int, gains: list[tuple[int, int]]) -> int:
        """No more roles than projects at once, times the most requests that follow one another."""
        p = self.book.problem
        follow, free_from = 0, -1
        for last, first in sorted(
            (int(p.request_last[p.role_request[role]]), int(p.request_first[p.role_request[role]])) for _, role in gains
        ):
            if first > free_from:
                follow, free_from = follow + 1, last
        return follow * int(p.projects[volunteer])

    def _hopeless(self, request: int) -> bool:
        """Whether different people cannot be found for all seats, even if the request had everybody to itself."""
        p = self.book.problem
        roles = [role for role in range(p.roles) if p.role_request[role] == request]
        seats = [role for role in roles for _ in range(int(p.role_seats[role]))]
        sitting: dict[int, int] = {}

        def seat(number: int, asked: set[int]) -> bool:
            for volunteer in self.takers[seats[number]]:
                if volunteer not in asked:
                    asked.add(volunteer)
                    if volunteer not in sitting or seat(sitting[volunteer], asked):
                        sitting[volunteer] = number
                        return True
            return False

        return not all(seat(number, set()) for number in range(len(seats)))
