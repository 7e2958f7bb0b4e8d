"""Chains of moves: somebody takes a vacant seat, somebody else the seat left behind, and so on, for the better.

An answer only ever gains by `fill` and `enter`; `chain` also finds the least loss at which one seat can be filled.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush
from typing import NamedTuple

from matching.engine.placement import Placement

LOOKED_AT = 40  # roles in which one search looks for somebody to move
LONGEST = 5  # people who move in one chain
NEVER = -(1 << 120)


class Step(NamedTuple):
    """A volunteer takes a seat by this choice, and leaves the role `left`, if any (-1)."""

    volunteer: int
    at: int
    left: int


class Chain(NamedTuple):
    """Steps, first the one into the vacant seat; `total` is what they gain together."""

    total: int
    steps: tuple[Step, ...]


NONE = Chain(NEVER, ())


class Chains:
    """Searches chains in a placement. `keep[r]`: nobody may leave role r unless somebody else follows."""

    def __init__(self, placement: Placement, keep: list[bool]) -> None:
        self.placement, self.keep = placement, keep

    def chain(self, role: int, least: int = NEVER) -> Chain:
        """The best chain found that fills a vacant seat of the role, of those that gain more than `least`."""
        found = Chain(least, ())
        heap: list[tuple[int, int, int, tuple[Step, ...]]] = [(0, 0, role, ())]
        labels, count = {role: 0}, 0
        for _ in range(LOOKED_AT):
            if not heap:
                break
            minus, _, vacated, steps = heappop(heap)
            if -minus < labels[vacated]:
                continue
            for following in self._followers(vacated, -minus, steps, found.total):
                last = following.steps[-1].left
                if (last < 0 or not self.keep[last]) and following.total > found.total:
                    found = following
                if last >= 0 and len(following.steps) < LONGEST and following.total > labels.get(last, NEVER):
                    labels[last] = following.total
                    count += 1
                    heappush(heap, (-following.total, count, last, following.steps))
        return found if found.steps else NONE

    def _followers(self, role: int, label: int, steps: tuple[Step, ...], enough: int) -> list[Chain]:
        """Those who could take the vacated seat, up to the first who need not leave another."""
        placement, followers = self.placement, []
        moved = {step.volunteer for step in steps}
        for gain, minus, at in placement.ranked[role]:
            volunteer, total = -minus, label + gain
            if total <= enough:
                break
            held = placement.held[volunteer]
            if role in held or volunteer in moved:
                continue
            if placement.fits(volunteer, at):
                followers.append(Chain(total, (*steps, Step(volunteer, at, -1))))
                break
            for left, position in held.items():
                if placement.fits(volunteer, at, left):
                    cost = placement.gains[volunteer][position]
                    followers.append(Chain(total - cost, (*steps, Step(volunteer, at, left))))
        return followers

    def follow(self, chain: Chain) -> int:
        """Make the moves of a chain; returns the role left vacant at its end, or -1."""
        for volunteer, at, left in chain.steps:
            if left >= 0:
                self.placement.leave(volunteer, left)
            self.placement.take(volunteer, at)
        return chain.steps[-1].left

    def fill(self, roles: Iterable[int]) -> None:
        """Fill vacant seats of these roles, and those that this vacates, as long as there is something to gain."""
        waiting = list(dict.fromkeys(roles))
        while waiting:
            role = waiting.pop()
            while self.placement.vacant(role) > 0:
                chain = self.chain(role, least=0)
                if not chain.steps:
                    break
                left = self.follow(chain)
                if left >= 0:
                    waiting.append(left)

    def enter(self, volunteers: Iterable[int]) -> None:
        """Let these volunteers take the seats of others whom they surpass, and the displaced in turn others'."""
        waiting = [*volunteers]
        while waiting:
            volunteer = waiting.pop()
            better = self._surpassed(volunteer)
            if better is not None:
                at, role, loser = better
                self.placement.leave(loser, role)
                self.placement.take(volunteer, at)
                waiting += [volunteer, loser]

    def _surpassed(self, volunteer: int) -> tuple[int, int, int] | None:
        """The choice, its role and the holder whose replacement gains most."""
        placement, choices = self.placement, self.placement.choices[volunteer]
        most, found = 0, None
        for at, (role, gain) in enumerate(zip(choices.role, placement.gains[volunteer], strict=True)):
            if role in placement.held[volunteer] or placement.vacant(role) > 0:
                continue
            if gain <= most or not placement.fits(volunteer, at):
                continue
            for holder in placement.holders[role]:
                rise = gain - placement.gains[holder][placement.held[holder][role]]
                if rise > most:
                    most, found = rise, (at, role, holder)
        return found
