"""Requests staffed whole: each is staffed to the last seat, or uses nobody."""

from __future__ import annotations

import numpy as np

from matching.engine.descent import Descent, Stop
from matching.engine.kernels.trials import dissolve, fill, try_teams
from matching.engine.problem import Int

RIVALS = 8  # dissolved teams that are tried in the place of a staffed one
TEAM_REACH = 120  # bids that the trial of a team may make
NOBODY: Int = np.empty(0, np.int64)


class Teams:
    """Decides which teams are staffed, by trial: every change is kept only if it gains, else undone.

    A team is open, and then full, or closed, and then without seats in the market. The pairs of an open team bid with a
    bonus, so that nobody leaves it for a place outside a team.
    """

    def __init__(self, search: Descent) -> None:
        self.search = search
        market = search.market
        self.boost = 2 * int(search.worth.max(initial=0)) + 1
        order = np.argsort(search.lot, kind="stable")
        order = order[search.lot[order] >= 0]
        count = int(search.lot.max(initial=-1)) + 1
        ends = np.searchsorted(search.lot[order], np.arange(count + 1))
        self.roles = [order[ends[team] : ends[team + 1]] for team in range(count)]
        self.people = [
            np.unique(
                np.concatenate(
                    [market.volunteer[market.role_start[r] : market.role_start[r + 1]] for r in roles.tolist()]
                )
            )
            for roles in self.roles
        ]
        self.open = [True] * count
        for roles in self.roles:
            self._bid_with(roles)

    def _bid_with(self, roles: Int) -> None:
        market, floor = self.search.market, self.search.floor
        for role in roles.tolist():
            span = slice(int(market.role_start[role]), int(market.role_start[role + 1]))
            floor.worth[span] += self.boost
            floor.bid[span] += np.where(floor.held.holds[span], self.boost, 0)

    def close(self, teams: list[int]) -> None:
        """Begin with these teams closed; nobody is in them."""
        for team in teams:
            dissolve(self.search.market, self.search.floor, self.roles[team], self.boost)
            self.open[team] = False

    def missing(self, team: int) -> int:
        """How many seats of the team nobody holds."""
        roles = self.roles[team]
        return int((self.search.full[roles] - self.search.floor.held.taken[roles]).sum())

    def settle(self, stop: Stop) -> None:
        """Make every team complete or closed, then try to open and to close each of them."""
        torn = sorted((team for team in range(len(self.roles)) if self.missing(team)), key=self.missing, reverse=True)
        search = self.search
        for team in torn:
            dissolve(search.market, search.floor, self.roles[team], self.boost)
            self.open[team] = False
        if torn:
            fill(search.market, search.floor, search.least, 10 * TEAM_REACH + 4 * len(search.full))
            # Letting others in may have torn a team that was complete.
            again = [team for team in range(len(self.roles)) if self.open[team] and self.missing(team)]
            if again:
                self.settle(stop)
                return
        search.recount()
        self.improve(stop)

    def improve(self, stop: Stop) -> None:
        """Open closed teams, close open ones, or put one in another's place, wherever that gains."""
        for team in sorted(range(len(self.roles)), key=self.missing):
            if stop():
                self.search.cut = True
                return
            if not self.open[team]:
                self._change(None, team)
        for team in range(len(self.roles)):
            if stop():
                self.search.cut = True
                return
            if self.open[team] and not self._change(team, None):
                any(self._change(team, rival) for rival in self._rivals(team))

    def _rivals(self, team: int) -> list[int]:
        """The closed teams that could use most of the people whom this one has a use for."""
        closed = [other for other in range(len(self.roles)) if not self.open[other]]
        shared = {other: len(np.intersect1d(self.people[team], self.people[other])) for other in closed}
        return sorted((other for other in closed if shared[other]), key=lambda other: (-shared[other], other))[:RIVALS]

    def _change(self, closing: int | None, opening: int | None) -> bool:
        search = self.search
        gain = try_teams(
            search.market,
            search.floor,
            search.full,
            NOBODY if closing is None else self.roles[closing],
            NOBODY if opening is None else self.roles[opening],
            self.boost,
            search.least,
            TEAM_REACH,
        )
        if gain <= 0:
            return False
        if closing is not None:
            self.open[closing] = False
        if opening is not None:
            self.open[opening] = True
        search.recount()
        return True
