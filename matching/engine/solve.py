"""The best answer found, and a bound that prices prove over all feasible pairs, those too that were never looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matching.engine.descent import ROUNDS, Descent, Stop
from matching.engine.feasibility import Index
from matching.engine.hurdles import hurdles
from matching.engine.kernels.scratch import Known
from matching.engine.openings import Openings, openings
from matching.engine.postings import Arranged
from matching.engine.problem import FINE, Int, Problem
from matching.engine.relaxation import Programme, of_seats
from matching.engine.sparse import Sparse, above, without
from matching.engine.teams import Teams

SMALL = 400  # pairs, up to which prices are worked out to the last
FIRST = 20  # rounds of prices in a large market before it is asked which pairs are missing
MORE = 30  # rounds of trials when the prices have settled
FEW = 20_000  # pairs, up to which these are made
COLUMNS = 3  # times that pairs are added where prices ask for them
SPREAD = 400_000  # pairs, up to which what is spread over time is first taken for divisible
MARGIN = FINE // 8  # by which pairs that are left out must lack something, so that prices can move a little
THIN = 256  # a pair lacks much that lacks such a part of what the most valuable is worth
THINLY = 64  # the same in markets of up to SPREAD pairs
CLOSE = 1e-4  # a gap with which nothing more is sought
SCARCE = 0.002  # a gap with which, in all but the largest markets, prices near the best ones are tried
LARGE = 100_000  # pairs, from which a gap twice as large will do

Tell = Callable[[str], None]


class Found(NamedTuple):
    """Volunteers, roles and what the pairs are worth, ascending by role; prices [R] that prove the bound.

    `cut`: the time ended the search.
    """

    volunteer: Int
    role: Int
    score: Int
    price: Int
    value: int
    bound: int
    cut: bool
    rounds: int


class Before(NamedTuple):
    """An answer in another market: who holds what at which bid, prices, which teams are open, what else was known."""

    volunteer: Int
    role: Int
    bid: Int
    price: Int
    open: list[bool]
    known: Known


class Solver:
    """Solves a sparse graph, then asks which pairs that were left out could matter, and solves again with these."""

    def __init__(self, problem: Problem, arranged: Arranged, index: Index, sparse: Sparse, stop: Stop) -> None:
        self.problem, self.arranged, self.index, self.stop = problem, arranged, index, stop
        self.sparse = sparse
        self.bound, self.price = 1 << 62, np.zeros(problem.roles, np.int64)
        self.rounds, self.thinned, self.few, self.cut = 0, False, False, False

    def _take_up(self, before: Before | None) -> None:
        """Make the market, and resume from an answer if there is one."""
        self.competing: Openings = openings(self.problem, self.sparse, self.index)
        self.search = Descent(self.competing.market, self.competing.lot, self.competing.pinned)
        self.teams = Teams(self.search)
        if before is None:
            self.search.auction()
            return
        size = self.problem.volunteers
        key = self.competing.market.role.astype(np.int64) * size + self.competing.market.volunteer
        order = np.argsort(key)
        pairs = order[np.searchsorted(key[order], before.role * size + before.volunteer)]
        self.teams.close([team for team, is_open in enumerate(before.open) if not is_open])
        self.search.recollect(before.known)
        self.search.resume(pairs, before.bid, before.price)

    def solve(self) -> None:
        """A good answer of the present market, every team complete or empty, and prices for it."""
        market, pairs, spread = self.competing.market, self.competing.market.pairs, self._spread()
        if spread and not self.rounds:
            programme = Programme(market._replace(seats=self.search.full))
            share, price = programme.solve()
            self.search.cap(*programme.of_people(price))
            self.search.round(share, of_seats(price))
            self._prove_here(of_seats(price))
        self.teams.settle(self.stop)
        if spread:
            # These prices are as low as they get; what others near them recommend is what helps.
            self.search.probe(self.stop, seed=1)
        else:
            self._descend(pairs)
        self.teams.improve(self.stop)
        if self.few:
            self.search.vary(self.stop, MORE, seed=1)

    def _descend(self, pairs: int) -> None:
        """Lower the prices of a market of so many pairs; where that leaves much open, try others near them."""
        if pairs < LARGE:
            close = 0.0 if pairs <= SMALL else CLOSE
            self.search.polish(self.stop, close=close)
            self.search.slide(self.stop, close=close)
        elif self.thinned:
            self.search.polish(self.stop, FIRST, close=CLOSE, trials=ROUNDS)
        else:  # what the prices recommend is tried once: in a large market that takes as long as thirty rounds
            self.search.polish(self.stop, close=1.7 * CLOSE, trials=ROUNDS)
        self.thinned = False
        if SMALL < pairs <= SPREAD and not self.search.within(SCARCE):
            self.search.probe(self.stop, seed=1)

    def _spread(self) -> bool:
        market = self.competing.market
        return SMALL < market.pairs <= SPREAD and bool((market.last > market.first).any())

    def thin(self) -> None:
        """Leave out the pairs that lack much at the prices of the first auction; some may be asked for again.

        Those of whole teams stay: whether a team can be staffed at all is told by the pairs that are looked at.
        """
        price, sparse, market, pair = self.search.price, self.sparse, self.competing.market, self.competing.pair
        _, gain = self.search.gains(price)
        least = hurdles(self.problem, market, price, gain).of(market.volunteer, market.role)
        lacks = least + price[market.role] - FINE * market.value
        far = lacks > int(FINE * market.value.max(initial=0)) // (THIN if market.pairs > SPREAD else THINLY)
        far &= ~self.search.floor.held.holds & (self.competing.lot[market.role] < 0)
        if far.mean() > 0.5:
            gone = np.zeros(len(sparse.role), np.bool_)
            gone[pair[far]] = True
            self.sparse, self.thinned = without(self.problem, sparse, gone), True
            del market
            self._take_up(self._left(price))

    def _prove_here(self, price: Int) -> None:
        """Begin at these prices."""
        self.search.bound, self.search.price = self.search.gains(price)[0], price

    def certify(self, tick: Callable[[], None]) -> int:
        """Prove a bound over all feasible pairs, and take up those that were left out and matter; returns how many."""
        price, found, margin = self.search.price, 0, MARGIN
        changed = np.ones(self.problem.volunteers, np.bool_)
        while True:
            proven, gain = self.search.gains(price)
            # Who has the same pairs as before lacks none of theirs.
            hurdle = hurdles(self.problem, self.competing.market, price, gain).less(margin).only(changed)
            self.sparse, new = above(self.problem, self.arranged, self.sparse, price, hurdle, tick)
            if not new:
                break
            seats, before = self.search.full, np.diff(self.competing.market.own_start)
            self._take_up(self._left(price))
            changed = np.diff(self.competing.market.own_start) != before
            changed |= not np.array_equal(seats, self.search.full)
            found, margin = found + new, 0
        self._prove(proven, price)
        return found

    def _left(self, price: Int) -> Before:
        """What the next market is to begin with; the present one is gone, as there is not room for two."""
        market, held = self.competing.market, self.search.pairs()
        before = Before(
            market.volunteer[held].astype(np.int64),
            market.role[held].astype(np.int64),
            self.search.floor.bid[held].copy(),
            price,
            [*self.teams.open],
            self.search.known(),
        )
        self.cut |= self.search.cut
        del self.competing, self.search, self.teams
        return before

    def _prove(self, bound: int, price: Int) -> None:
        if bound < self.bound:
            self.bound, self.price = bound, price.copy()
        self.search.bound, self.search.price = bound, price.copy()

    def answer(self) -> Found:
        """What was found."""
        competing, sparse = self.competing, self.sparse
        pairs = np.sort(np.concatenate((competing.forced, competing.pair[self.search.pairs()])))
        forced = int(sparse.score[competing.forced].sum())
        worth = sparse.score[pairs]
        return Found(
            volunteer=sparse.volunteer[pairs],
            role=sparse.role[pairs],
            score=worth,
            price=self.price,
            value=int(worth.sum()),
            bound=self.bound // FINE + forced,
            cut=self.cut or self.search.cut,
            rounds=self.rounds,
        )

    def run(self, tell: Tell, tick: Callable[[], None]) -> None:
        """Solve and certify until the gap is small, no pair is missing, or the rounds are over."""
        tell("solve")
        self._take_up(None)
        self.few = self.competing.market.pairs <= FEW
        if self.competing.market.pairs >= LARGE and not self._spread():
            self.thin()
        for number in range(COLUMNS + 1):
            if number:
                tell("solve")
            self.solve()
            tell("certify")
            self.rounds = number
            new = self.certify(tick)
            if not new or self.bound - self.search.value <= 2 * CLOSE * self.bound:
                break
            if self.stop():
                self.cut = True
                break
        # Pairs that were taken up last may still let somebody in.
        self.teams.settle(self.stop)
