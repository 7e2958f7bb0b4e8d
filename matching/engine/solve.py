"""The best answer found, and a bound that prices prove over all feasible pairs, those too that were never looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matching.engine.descent import Descent, Stop
from matching.engine.draft import draft
from matching.engine.feasibility import Index
from matching.engine.hurdles import hurdles
from matching.engine.kernels.scratch import Known
from matching.engine.openings import Openings, feasible_pins, openings
from matching.engine.postings import Arranged
from matching.engine.problem import FINE, Flag, Int, Problem
from matching.engine.relaxation import Programme, of_seats
from matching.engine.sparse import Sparse, above, without
from matching.engine.teams import Teams

SMALL = 400  # pairs, up to which prices are worked out to the last
FIRST = 15  # rounds of prices in a large market before it is asked which pairs are missing
APART = 12  # rounds of prices in a large market between two trials, which take longer
MORE = 30  # rounds of trials when the prices have settled
FEW = 20_000  # pairs, up to which these are made
COLUMNS = 3  # times that pairs are added where prices ask for them
SPREAD = 400_000  # pairs, up to which what is spread over time is first taken for divisible
MARGIN = FINE // 8  # by which pairs that are left out must lack something, so that prices can move a little
THIN = 256  # a pair lacks much that lacks such a part of what the most valuable is worth
THINLY = 64  # the same in markets of up to SPREAD pairs
VACANT = 0.01  # a share of the seats; where a draft leaves more, it says little
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
    known: Known | None


class Solver:
    """Solves a sparse graph, then asks which pairs that were left out could matter, and solves again with these."""

    def __init__(self, problem: Problem, arranged: Arranged, index: Index, sparse: Sparse, stop: Stop) -> None:
        self.problem, self.arranged, self.index, self.stop = problem, arranged, index, stop
        self.sparse = sparse
        self.bound, self.price = 1 << 62, np.zeros(problem.roles, np.int64)
        self.rounds, self.cut, self.drafted, self.thinned = 0, False, False, False
        self.few, self.large = len(sparse.role) <= FEW, len(sparse.role) >= LARGE

    def _take_up(self, before: Before | None) -> None:
        """Make the market, and resume from an answer if there is one."""
        self.competing: Openings = openings(self.problem, self.sparse, self.index)
        self.search = Descent(self.competing.market, self.competing.lot, self.competing.pinned)
        self.teams = Teams(self.search)
        if before is None:
            self.search.auction()
            return
        at = self.sparse.positions(before.volunteer, before.role)
        pair_at = np.full(len(self.sparse.role), -1)
        pair_at[self.competing.pair] = np.arange(self.competing.market.pairs)
        pairs = np.where(at < 0, -1, pair_at[at])
        there = pairs >= 0
        self.teams.close([team for team, is_open in enumerate(before.open) if not is_open])
        if before.known:
            self.search.recollect(before.known, self.competing.person)
        self.search.resume(pairs[there], before.bid[there], before.price)

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
        if self.thinned:  # what would be tried now would be tried again when no pair is missing
            self.search.polish(self.stop, FIRST, trials=FIRST, at_once=False)
            self.thinned = False
            return
        close = 0.0 if pairs <= SMALL else CLOSE if pairs < LARGE else 1.7 * CLOSE
        if self.drafted or pairs >= LARGE:
            self.search.polish(self.stop, close=close, trials=APART, at_once=False)
        else:
            self.search.polish(self.stop, close=close)
        if pairs < LARGE:
            self.search.slide(self.stop, close=close)
        if SMALL < pairs <= SPREAD and not self.search.within(SCARCE):
            self.search.probe(self.stop, seed=1)

    def _spread(self) -> bool:
        market = self.competing.market
        return SMALL < market.pairs <= SPREAD and bool((market.last > market.first).any())

    def _begin(self) -> None:
        """Make the first market: of very many pairs that of those which lack little at some first prices.

        Others may be asked for later. A draft tells these prices, unless time or seats matter more than it knows.
        """
        if self.large and self.problem.together and self._draft():
            return
        self._take_up(None)
        if self.large and not self._spread():
            self._thin()

    def _draft(self) -> bool:
        """Begin with the answer and the prices of a draft; False where it leaves too many seats vacant."""
        problem, sparse = self.problem, self.sparse
        drafted = draft(problem, sparse)
        if len(drafted.pair) < (1 - VACANT) * problem.seats:
            return False
        lacks = drafted.price[sparse.role] + drafted.least[sparse.volunteer] - FINE * sparse.score
        far = lacks > self._much()
        far[drafted.pair] = False
        before = Before(sparse.volunteer[drafted.pair], sparse.role[drafted.pair], drafted.bid, drafted.price, [], None)
        self.drafted, self.thinned = True, self._leave_out(far)
        self._take_up(before)
        return True

    def _thin(self) -> None:
        """Leave out the pairs that lack much at the prices of the first auction."""
        price, market, person = self.search.price, self.competing.market, self.competing.person
        _, gain = self.search.gains(price)
        least = hurdles(self.problem, market, person, price, gain).of(person[market.volunteer], market.role)
        lacks = least + price[market.role] - FINE * market.value
        far = np.zeros(len(self.sparse.role), np.bool_)
        far[self.competing.pair] = (lacks > self._much()) & ~self.search.floor.held.holds
        before = self._left(price)
        del market
        self._leave_out(far)
        self._take_up(before)

    def _much(self) -> int:
        """What a pair may lack and still be looked at."""
        largest = FINE * int(self.sparse.score.max(initial=0))
        return largest // (THIN if len(self.sparse.role) > SPREAD else THINLY)

    def _leave_out(self, far: Flag) -> bool:
        """Leave out these pairs [n] if they are many; whether they are.

        Pins stay, and whole teams: whether these can be staffed at all is told by the pairs that are looked at.
        """
        problem, sparse = self.problem, self.sparse
        far &= ~problem.request_whole[problem.role_request[sparse.role]]
        far[feasible_pins(problem, sparse)] = False
        many = bool(far.mean() > 0.5)
        if many:
            self.sparse = without(problem, sparse, far)
        return many

    def _prove_here(self, price: Int) -> None:
        """Begin at these prices."""
        self.search.bound, self.search.price = self.search.gains(price)[0], price

    def certify(self, tick: Callable[[], None]) -> int:
        """Prove a bound over all feasible pairs, and take up those that were left out and matter; returns how many."""
        price, found, margin = self.search.price, 0, MARGIN
        changed: Flag = np.ones(self.problem.volunteers, np.bool_)
        while True:
            proven, gain = self.search.gains(price)
            # Who has the same pairs as before lacks none of theirs.
            hurdle = hurdles(self.problem, self.competing.market, self.competing.person, price, gain)
            hurdle = hurdle.less(margin).only(changed)
            self.sparse, new = above(self.problem, self.arranged, self.sparse, price, hurdle, tick)
            if not new:
                break
            seats, before = self.search.full, self._pairs_of_each()
            self._take_up(self._left(price))
            changed = self._pairs_of_each() != before
            changed |= not np.array_equal(seats, self.search.full)
            found, margin = found + new, 0
        self._prove(proven, price)
        return found

    def _left(self, price: Int) -> Before:
        """What the next market is to begin with; the present one is gone, as there is not room for two."""
        market, person, held = self.competing.market, self.competing.person, self.search.pairs()
        before = Before(
            person[market.volunteer[held]],
            market.role[held].astype(np.int64),
            self.search.floor.bid[held].copy(),
            price,
            [*self.teams.open],
            self.search.known(person),
        )
        self.cut |= self.search.cut
        del self.competing, self.search, self.teams
        return before

    def _pairs_of_each(self) -> Int:
        """[V] how many pairs each volunteer has in the market."""
        count = np.zeros(self.problem.volunteers, np.int64)
        count[self.competing.person] = np.diff(self.competing.market.own_start)
        return count

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
        self._begin()
        for number in range(COLUMNS + 1):
            if number:
                tell("solve")
            untried = self.thinned  # then nothing may be missing, and the answer still be a first one
            self.solve()
            tell("certify")
            self.rounds = number
            new = self.certify(tick)
            if not (new or untried) or self.bound - self.search.value <= 2 * CLOSE * self.bound:
                break
            if self.stop():
                self.cut = True
                break
        # Pairs that were taken up last may still let somebody in.
        self.teams.settle(self.stop)
