"""Requests staffed whole: each is staffed to the last seat, or uses nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from matching.engine.chains import Chains
from matching.engine.placement import Placement

RIVALS = 8  # dissolved teams that are tried in the place of a staffed one


class Team(NamedTuple):
    """The roles of one request staffed whole, those with fewest takers first."""

    roles: tuple[int, ...]


class Teams:
    """Decides which teams are staffed, by trial: every change is kept only if it gains, else undone."""

    def __init__(self, placement: Placement, teams: list[Team]) -> None:
        self.placement, self.teams = placement, teams
        self.team_of = {role: at for at, team in enumerate(teams) for role in team.roles}
        self.rolling = [True] * len(placement.seats)
        for team in teams:
            for role in team.roles:
                self.rolling[role] = False
        self.chains = Chains(placement, [not rolling for rolling in self.rolling])

    def settle(self) -> None:
        """Make every team complete or empty, then try once to dissolve or to staff each of them."""
        for team in sorted(self.teams, key=self._missing):
            if self._missing(team):
                self._complete_or_dissolve(team)
        self._refill(range(len(self.placement.held)))
        for team in self.teams:
            self._reconsider(team)

    def _missing(self, team: Team) -> int:
        return sum(self.placement.vacant(role) for role in team.roles)

    def _complete_or_dissolve(self, team: Team) -> None:
        mark = self.placement.mark()
        self._dissolve(team)
        without = self.placement.gain
        self.placement.undo(mark)
        if not self._complete(team) or self.placement.gain <= without:
            self.placement.undo(mark)
            self._dissolve(team)

    def _reconsider(self, team: Team) -> None:
        """Dissolve a staffed team and staff others with its people, or staff a dissolved one, where that gains."""
        mark, before = self.placement.mark(), self.placement.gain
        if self._missing(team):
            self._try_to_complete(team)
            return
        freed = self._dissolve(team)
        for other in self._rivals(team, freed):
            self._try_to_complete(other)
        if self.placement.gain <= before:
            self.placement.undo(mark)

    def _try_to_complete(self, team: Team) -> None:
        mark, before = self.placement.mark(), self.placement.gain
        if not self._complete(team) or self.placement.gain <= before:
            self.placement.undo(mark)

    def _rivals(self, team: Team, freed: Iterable[int]) -> list[Team]:
        """The dissolved teams that could use most of these people."""
        wanted = Counter(
            other
            for volunteer in freed
            for other in {self.team_of[role] for role in self.placement.choices[volunteer].role if role in self.team_of}
        )
        near = sorted(wanted, key=lambda other: (-wanted[other], other))
        return [self.teams[at] for at in near if self.teams[at] != team and self._missing(self.teams[at])][:RIVALS]

    def _complete(self, team: Team) -> bool:
        """Fill every seat at the least loss, then improve what is around it; False when some seat cannot be filled."""
        moved = self.placement.mark()
        for role in team.roles:
            while self.placement.vacant(role) > 0:
                chain = self.chains.chain(role)
                if not chain.steps:
                    return False
                self.chains.follow(chain)
        self._refill(self.placement.moved_since(moved))
        return True

    def _dissolve(self, team: Team) -> list[int]:
        """Free everybody in the team, for the better where they find something; returns them."""
        mark = self.placement.mark()
        for role in team.roles:
            for volunteer in [*self.placement.holders[role]]:
                self.placement.leave(volunteer, role)
        freed = self.placement.moved_since(mark)
        self._refill(freed)
        return freed

    def _refill(self, freed: Iterable[int]) -> None:
        """Let those who have room again take vacant seats and surpass others, outside the dissolved teams."""
        mark = self.placement.mark()
        self._fill_rolling(freed)
        self.chains.enter(freed)
        self._fill_rolling(self.placement.moved_since(mark))

    def _fill_rolling(self, around: Iterable[int]) -> None:
        placement = self.placement
        roles = {role for volunteer in around for role in placement.choices[volunteer].role if self.rolling[role]}
        self.chains.fill(sorted(role for role in roles if placement.vacant(role) > 0))
