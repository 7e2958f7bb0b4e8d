"""The auction: volunteers bid for their best bundle until nobody is outbid.

After D. P. Bertsekas' auction algorithm for assignment, with two changes: a role has several seats, whose price is the
lowest bid that holds one, and a volunteer bids for a set of roles that fits hours, projects and meetings. A bid raises
the price by what the volunteer would lose without the role, shared among the bundle, and by a small step more, so that
prices only rise and the bidding ends.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from collections.abc import Iterable

from matching.engine.bundles import Choices, best

CLOSED = 1 << 120  # the price of a role that takes no part
CONSIDERED = 12  # choices that a bid looks at, the most profitable ones
NODES = 400  # steps that the search of one bid may take


class Market:
    """Roles with seats, and volunteers who hold some of them.

    `gains[v][k]` is what choice k of volunteer v is worth; `seats[r]` how many may hold role r; `step` the least rise
    of a price.
    """

    def __init__(self, choices: list[Choices], gains: list[list[int]], seats: list[int], step: int) -> None:
        self.choices, self.gains, self.seats, self.step = choices, gains, seats, step
        self.price = [0 if free else CLOSED for free in seats]
        self.bids: list[list[tuple[int, int]]] = [[] for _ in seats]  # (bid, volunteer), lowest first
        self.held: list[dict[int, int]] = [{} for _ in choices]  # role: position of the choice
        self.gain = 0  # of everything held
        self._waiting: deque[int] = deque()
        self._queued = [False] * len(choices)

    def full(self, role: int) -> bool:
        """Whether every seat of the role is held."""
        return len(self.bids[role]) >= self.seats[role]

    def call(self, volunteers: Iterable[int]) -> None:
        """Let these volunteers bid, in this order, when the auction runs next."""
        for volunteer in volunteers:
            if not self._queued[volunteer]:
                self._queued[volunteer] = True
                self._waiting.append(volunteer)

    def run(self, bids: int) -> int:
        """Take bids until nobody waits, or so many were taken; returns how many were."""
        taken = 0
        while self._waiting and taken < bids:
            volunteer = self._waiting.popleft()
            self._queued[volunteer] = False
            self._bid(volunteer)
            taken += 1
        while self._waiting:
            self._queued[self._waiting.popleft()] = False
        return taken

    def _options(self, volunteer: int) -> list[tuple[int, int]]:
        """What a volunteer would gain by each choice at the present prices, where that is above zero."""
        choices, own, price, step = self.choices[volunteer], self.held[volunteer], self.price, self.step
        options = []
        for at, (role, gain) in enumerate(zip(choices.role, self.gains[volunteer], strict=True)):
            if role in own:
                worth = gain - price[role] + 1  # stay rather than move for nothing
            else:
                worth = gain - price[role] - (step if len(self.bids[role]) >= self.seats[role] else 0)
            if worth > 0:
                options.append((worth, at))
        if len(options) > CONSIDERED:
            options.sort(key=lambda item: (-item[0], item[1]))
            options[CONSIDERED:] = [item for item in options[CONSIDERED:] if choices.role[item[1]] in own]
        return options

    def _bid(self, volunteer: int) -> None:
        self._hold(volunteer, self._options(volunteer))

    def _hold(self, volunteer: int, options: list[tuple[int, int]]) -> None:
        """Take the best bundle of these options, and leave what is not in it."""
        choices, own = self.choices[volunteer], self.held[volunteer]
        bundle = best(choices, options, NODES)
        chosen = {choices.role[at]: at for at in bundle.chosen}
        for role in [role for role in own if role not in chosen]:
            self.leave(volunteer, role)
        for role, at in chosen.items():
            if role not in own:
                others = [item for item in options if item[1] != at]
                loss = max(0, bundle.worth - best(choices, others, NODES).worth) if others else bundle.worth
                full = len(self.bids[role]) >= self.seats[role]
                self.take(volunteer, at, self.price[role] + (self.step if full else 0) + loss // len(chosen))

    def take(self, volunteer: int, at: int, bid: int) -> None:
        """Give the volunteer a seat of choice `at`; the lowest bid makes way when none is free, and bids again."""
        role, bids = self.choices[volunteer].role[at], self.bids[self.choices[volunteer].role[at]]
        if len(bids) >= self.seats[role]:
            loser = bids.pop(0)[1]
            self.gain -= self.gains[loser][self.held[loser].pop(role)]
            self.call((loser,))
        insort(bids, (bid, volunteer))
        self.held[volunteer][role] = at
        self.gain += self.gains[volunteer][at]
        if len(bids) >= self.seats[role]:
            self.price[role] = max(self.price[role], bids[0][0])

    def leave(self, volunteer: int, role: int) -> None:
        """Give a seat back; its price stays, so that prices only ever rise."""
        self.gain -= self.gains[volunteer][self.held[volunteer].pop(role)]
        bids = self.bids[role]
        del bids[next(at for at, item in enumerate(bids) if item[1] == volunteer)]

    def prices(self) -> list[int]:
        """[R] the price of a seat; 0 for a role that takes no part."""
        return [0 if price == CLOSED else price for price in self.price]
