"""Answer and prices of a market, each made better by the other.

The auction gives a first answer and first prices. Prices then descend to where the bound that they prove is low: each
by a step of its own, which grows while its slope points one way and shrinks when that turns (resilient propagation,
Riedmiller and Braun, 1993), and where many have to move together, as where people are scarce, all by one (subgradient
steps of Polyak's length, 1969, deflected as by Camerini, Fratta and Maffioli, 1975). On the way the sets that they
recommend are tried in the answer. Prices and worths are in sixty-fourths of a point (`FINE`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matching.engine.kernels.auction import Floor, backward, enqueue_vacant, forward, open_floor, push_unwanted
from matching.engine.kernels.demand import of_all
from matching.engine.kernels.room import NEVER, nothing_held, take_what_fits
from matching.engine.kernels.scratch import Known, recollect, scratch
from matching.engine.kernels.steps import Real
from matching.engine.kernels.trials import try_pairs, try_sets
from matching.engine.market import Market
from matching.engine.problem import FINE, Int

PHASES = (16, 256)  # where everybody takes one project, the first auctions' steps are so much of the largest worth
BIDS = 12  # a seat; after these an auction goes on in larger steps
COARSER = 8
CLOSE = 1e-4  # a gap with which nothing more is sought
ROUNDS = 400
LONGER, SHORTER = 1.2, 0.7  # a price's step, when its slope points the same way as before, and when it has turned
LONGEST = 8.0  # times the first step
SHORTEST = 0.5  # sixty-fourths of a point
SPELL = 10  # rounds, after which is asked whether they lowered the bound
LITTLE = 0.02  # of what is open
SLIDES = 300  # rounds with one step in common
LENGTH = 0.3  # of Polyak's length, at first
PATIENCE = 20  # rounds without a lower bound, after which steps get shorter
FAINT = 0.01  # a share of it below which steps lead nowhere
TRIALS = 20  # rounds between two looks at what the prices recommend
PART = 1280  # a bid in a trial, or a draft, exceeds another by such a part of what the most valuable pair is worth
REACH = 60  # bids that the trial of a set may make
NEARBY = 10  # the same where many prices are tried
PROBES = 24  # of them, if after ENOUGH the gap is not FAIR
ENOUGH = 8
FAIR = 0.005
WIDE = 4.0  # points by which these differ at most, as a rule
CLOSE_BY = 2.0  # the same where single pairs are tried too
SHORT = 12  # bids that the trial of a pair may make
SETS = 4
SLIGHT = 0.02  # a share below this says nothing
STALE = 25  # rounds without a better answer, after which the best one is taken up again

Stop = Callable[[], bool]


class Descent:
    """The state of the search for one market.

    `lot[r]` numbers the whole team that role r belongs to, -1: none. The pairs `pinned` count for more than any others
    in the search, and for what they are worth in the value. Seats of a team that is closed for now are missing from
    the market, and not from `full`.
    """

    def __init__(self, market: Market, lot: Int | None = None, pinned: Int | None = None) -> None:
        self.full = market.seats
        self.market = market._replace(seats=market.seats.copy())
        self.worth: Int = market.value * FINE
        self.lot = np.full(market.roles, -1, np.int64) if lot is None else lot
        counted = self.worth.copy()
        if pinned is not None and len(pinned):
            counted[pinned] += int(self.worth.max(initial=0)) * (2 * int(self.full.sum()) + 1)
        self.floor: Floor = open_floor(self.market, counted, self.lot)
        self.price: Int = np.zeros(market.roles, np.int64)
        self.least = max(1, int(self.worth.max(initial=0)) // PART)
        self.bound = NEVER
        self.value = 0
        self.cut = False
        self._room = scratch(market, self.worth)
        self._wished = self._room if pinned is None or not len(pinned) else scratch(market, counted)
        self._lots = int(self.lot.max(initial=-1)) + 1

    def auction(self, price: Int | None = None) -> None:
        """The first answer, from nothing."""
        simple = int(self._room.most.max(initial=0)) <= 1
        largest = int(self.worth.max(initial=0))
        steps = [largest // part for part in PHASES if largest // part > FINE] if simple else []
        for step in [*steps, *((FINE // 4, 1) if simple else (FINE // 8,))]:
            self._reserve(step)
            self._phase(step)
        self.recount()
        self.price = self._price()

    def recount(self) -> None:
        """Work out what the present answer is worth."""
        self.value = self._held_worth()

    def resume(self, pairs: Int, bids: Int, price: Int) -> None:
        """Begin from an answer and prices that were found in a smaller market, and fill what can be filled now."""
        self.hold(pairs, bids)
        self.price = price
        self._phase(FINE)
        self.recount()

    def round(self, share: Real, price: Int) -> None:
        """Begin anew with whoever has the largest share first, as long as it fits, at these prices."""
        market = self.market
        self.floor = self.floor._replace(held=nothing_held(market))
        held = self.floor.held
        order = np.lexsort((-self.floor.worth, -np.round(share, 3)))
        take_what_fits(market, held, order[share[order] > SLIGHT])
        pairs = self.pairs()
        self.resume(pairs, np.maximum(0, self.floor.worth[pairs] - price[market.role[pairs]]), price)

    def gains(self, price: Int) -> tuple[int, Int]:
        """The bound that these prices prove, and what each volunteer's best set is worth over them [V]."""
        worth, _ = self.offered(price)
        total, _, gain = of_all(self.market, price, self._room)
        return worth + total, gain

    def known(self, person: Int) -> Known:
        """What is known of everybody's best set; `person` tells who is who in other markets."""
        return Known(self._room, self.market.own_start, person)

    def recollect(self, before: Known, person: Int) -> None:
        """Know what was known of people who have the same pairs as in another market: they need not be asked again."""
        recollect(before, self.known(person))

    def cap(self, own_cost: Int, own_worth: Int) -> None:
        """Let what prices of people's own limits prove hold too, where the search for a best set is too long."""
        self._room.own_cost[:] = own_cost[self.market.own]
        self._room.own_worth[:] = own_worth
        self._room.capped[0] = True
        self._room.known[0] = False

    def _reserve(self, step: int) -> None:
        """Begin anew; whoever was full is worth what they last went for, a little less."""
        market, held = self.market, self.floor.held
        pairs = np.flatnonzero(held.holds)
        least = np.full(market.volunteers, NEVER)
        np.minimum.at(least, market.volunteer[pairs], self.floor.bid[pairs])
        self.floor.reserve[:] = np.where(least < NEVER, np.maximum(0, least - 2 * step), 0)
        self.floor = self.floor._replace(held=nothing_held(market))

    def _phase(self, step: int) -> None:
        market, floor = self.market, self.floor
        enqueue_vacant(market, floor)
        budget = BIDS * int(market.seats.sum()) + 1000
        while floor.counts[0]:
            forward(market, floor, step, budget)
            step *= COARSER
        push_unwanted(floor)
        backward(market, floor, step, budget)
        floor.reserve[:] = 0

    def _price(self) -> Int:
        """What each role's poorest seat leaves it; 0 where one is vacant."""
        held = self.floor.held
        pairs = np.flatnonzero(held.holds)
        price = np.full(self.market.roles, NEVER)
        np.minimum.at(price, self.market.role[pairs], self.worth[pairs] - self.floor.bid[pairs])
        price[(held.taken < self.market.seats) | (price >= NEVER)] = 0
        above_zero: Int = np.maximum(price, 0)
        return above_zero

    def _held_worth(self) -> int:
        return int(self.worth[self.floor.held.holds].sum())

    def offered(self, price: Int) -> tuple[int, Int]:
        """What the seats are worth at these prices, and which are sold: a whole team's as one lot, or none."""
        sold = self.full
        if self._lots:
            team = self.lot >= 0
            lots = np.bincount(self.lot[team], (sold * price)[team], self._lots)
            sold = np.where(team & (lots[self.lot] <= 0), 0, sold)
        return int((sold * price).sum()), sold

    def read(self, price: Int) -> tuple[int, Int]:
        """The bound that these prices prove, and its slope: seats offered less seats asked for."""
        worth, sold = self.offered(price)
        total, asked, _ = of_all(self.market, price, self._room)
        return worth + total, sold - asked

    def _look(self, at: Real) -> tuple[Int, int, Int]:
        """The prices nearest to these, with what `read` says of them; kept if no bound was lower."""
        price = np.rint(at).astype(np.int64)
        bound, slope = self.read(price)
        if bound < self.bound:
            self.bound, self.price = bound, price
        return price, bound, slope

    def within(self, share: float) -> bool:
        """Whether the value is this close to the bound, as a share of it."""
        return self.bound - self.value <= share * self.bound

    def polish(
        self, stop: Stop, rounds: int = ROUNDS, *, close: float = CLOSE, trials: int = TRIALS, at_once: bool = True
    ) -> None:
        """Lower the bound, and try what the prices recommend after every so many rounds, and before the first one.

        It ends when a spell of rounds has lowered the bound by little of what is open.
        """
        rolling, seats = self.lot < 0, max(1, int(self.full.sum()))
        at, before = self.price.astype(np.float64), self.bound
        step, past = np.zeros_like(at), np.zeros_like(at)
        for number in range(rounds):
            if stop():
                self.cut = True
                return
            price, bound, slope = self._look(at)
            if number % trials == 0 and (number or at_once) and not self.within(close):
                self._try(price, 0)
            if not slope.any() or self.within(close):
                return
            if number == 0:
                step[:] = max(1.0, (bound - self.value) / seats)
                most = LONGEST * float(step.max(initial=1.0))
            elif number % SPELL == 0:
                if before - self.bound < LITTLE * (self.bound - self.value):
                    return
                before = self.bound
            sign = np.sign(slope).astype(np.float64)
            turned = sign * past
            step = np.clip(step * np.where(turned > 0, LONGER, np.where(turned < 0, SHORTER, 1.0)), SHORTEST, most)
            past = np.where(sign != 0, sign, past)
            at -= step * sign
            at[rolling] = np.maximum(at[rolling], 0.0)

    def slide(self, stop: Stop, rounds: int = SLIDES, *, close: float = CLOSE) -> None:
        """Lower the bound where prices have to move together: all by one step, along slopes that wear off slowly."""
        rolling = self.lot < 0
        at, course = self.price.astype(np.float64), np.zeros(len(self.price))
        length, idle = LENGTH, 0
        for _ in range(rounds):
            if stop():
                self.cut = True
                return
            lowest = self.bound
            _, bound, slope = self._look(at)
            idle = 0 if bound < lowest - FINE else idle + 1
            course = 0.7 * course + 0.3 * slope
            steep = float(course @ course)
            if not steep or self.within(close) or length < FAINT:
                return
            if idle >= PATIENCE:
                length, idle = length * 0.7, 0
                at, course = self.price.astype(np.float64), np.zeros(len(self.price))
                continue
            at -= length * max(0, bound - self.value) / steep * course
            at[rolling] = np.maximum(at[rolling], 0.0)

    def probe(self, stop: Stop, *, seed: int) -> None:
        """Try the sets that prices near the present ones recommend."""
        rng = np.random.default_rng(seed)
        self._try(self.price, 0, NEARBY)
        for number in range(1, PROBES):
            if number >= ENOUGH and self.within(FAIR):
                return
            if stop():
                self.cut = True
                return
            self._try(self._near(rng, WIDE), 0, NEARBY)

    def vary(self, stop: Stop, rounds: int, *, seed: int, loss: float = 3.0) -> None:
        """Try what prices near the best ones recommend; now and then accept a loss of so many points."""
        rng = np.random.default_rng(seed)
        held = self.pairs()
        best, bids, idle = self.value, self.floor.bid[held].copy(), 0
        for number in range(rounds):
            if self.bound - best < FINE:
                break
            if stop():
                self.cut = True
                break
            price = self._near(rng, CLOSE_BY)
            self._recall(price)
            some = rng.integers(0, self.market.pairs, min(self.market.pairs, 4 * self.market.roles))
            lost = int(loss * FINE * rng.random())
            try_pairs(self.market, self.floor, some, self.least, SHORT, lost)
            self.recount()
            if number % SETS == 0:
                self._try(price, lost)
            if self.value > best:
                held = self.pairs()
                best, bids, idle = self.value, self.floor.bid[held].copy(), 0
            else:
                idle += 1
                if idle >= STALE:
                    self.hold(held, bids)
                    idle = 0
        self.hold(held, bids)

    def _near(self, rng: np.random.Generator, points: float) -> Int:
        noise = rng.normal(0, points * FINE * rng.random(), len(self.price))
        price = self.price + np.rint(noise).astype(np.int64)
        return np.where(self.lot < 0, np.maximum(0, price), price)

    def _recall(self, price: Int) -> None:
        """Let everybody's bid be what the prices leave them."""
        held = self.pairs()
        self.floor.bid[held] = np.maximum(0, self.floor.worth[held] - price[self.market.role[held]])

    def _try(self, price: Int, loss: int, reach: int = REACH) -> None:
        people = self.market.volunteers
        self._recall(price)
        try_sets(self.market, self.floor, price, self._wished, 0, people, self.least, reach, loss)
        self.recount()

    def hold(self, pairs: Int, bids: Int) -> None:
        """Take up an answer at these bids in the place of the present one."""
        self.floor = self.floor._replace(held=nothing_held(self.market))
        self.floor.bid[pairs] = bids
        take_what_fits(self.market, self.floor.held, pairs)
        self.recount()

    def pairs(self) -> Int:
        """The pairs of the present answer, ascending."""
        return np.flatnonzero(self.floor.held.holds)
