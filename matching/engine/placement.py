"""Who holds which seat while an answer is being improved, with every move undoable."""

from __future__ import annotations

from bisect import bisect_left, insort

from matching.engine.bundles import Choices

Move = tuple[int, int, int, bool]  # volunteer, role, position of the choice, whether it was taken


class Placement:
    """Volunteers in roles. `gains[v][k]` is what choice k of volunteer v is worth; `seats[r]` the seats of role r."""

    def __init__(self, choices: list[Choices], gains: list[list[int]], seats: list[int]) -> None:
        self.choices, self.gains, self.seats = choices, gains, seats
        self.held: list[dict[int, int]] = [{} for _ in choices]  # role: position of the choice
        self.holders: list[list[int]] = [[] for _ in seats]  # ascending
        self.gain = 0  # of everything held
        self.ranked: list[list[tuple[int, int, int]]] = [[] for _ in seats]  # (gain, -volunteer, position), best first
        for volunteer, own in enumerate(choices):
            for at, (role, gain) in enumerate(zip(own.role, gains[volunteer], strict=True)):
                self.ranked[role].append((gain, -volunteer, at))
        for takers in self.ranked:
            takers.sort(reverse=True)
        self._moves: list[Move] = []
        # What is left of each volunteer's room, and the requests that what they hold bars.
        self._space = [own.room | own.guard for own in choices]
        self._barred = [0] * len(choices)

    def vacant(self, role: int) -> int:
        """How many seats of the role nobody holds."""
        return self.seats[role] - len(self.holders[role])

    def fits(self, volunteer: int, at: int, without: int = -1) -> bool:
        """Whether the choice fits beside what the volunteer holds, the role `without` left aside."""
        choices, space, barred = self.choices[volunteer], self._space[volunteer], self._barred[volunteer]
        if without >= 0:
            held = self.held[volunteer]
            space += choices.need[held[without]]
            barred = 0
            for role, position in held.items():
                if role != without:
                    barred |= choices.barred[position]
        return not choices.request[at] & barred and (space - choices.need[at]) & choices.guard == choices.guard

    def take(self, volunteer: int, at: int) -> None:
        """Give the volunteer a vacant seat of the choice; the caller has made sure that it fits."""
        role = self.choices[volunteer].role[at]
        self._add(volunteer, role, at)
        self._moves.append((volunteer, role, at, True))

    def leave(self, volunteer: int, role: int) -> None:
        """Take the volunteer out of the role."""
        at = self._remove(volunteer, role)
        self._moves.append((volunteer, role, at, False))

    def mark(self) -> int:
        """A point to which `undo` can go back."""
        return len(self._moves)

    def undo(self, mark: int) -> None:
        """Take back every move since the mark."""
        while len(self._moves) > mark:
            volunteer, role, at, taken = self._moves.pop()
            if taken:
                self._remove(volunteer, role)
            else:
                self._add(volunteer, role, at)

    def moved_since(self, mark: int) -> list[int]:
        """The volunteers who moved since the mark, ascending."""
        return sorted({move[0] for move in self._moves[mark:]})

    def _add(self, volunteer: int, role: int, at: int) -> None:
        self.held[volunteer][role] = at
        self._space[volunteer] -= self.choices[volunteer].need[at]
        self._barred[volunteer] |= self.choices[volunteer].barred[at]
        insort(self.holders[role], volunteer)
        self.gain += self.gains[volunteer][at]

    def _remove(self, volunteer: int, role: int) -> int:
        at = self.held[volunteer].pop(role)
        holders = self.holders[role]
        del holders[bisect_left(holders, volunteer)]
        choices, barred = self.choices[volunteer], 0
        for position in self.held[volunteer].values():
            barred |= choices.barred[position]
        self._barred[volunteer] = barred
        self._space[volunteer] += choices.need[at]
        self.gain -= self.gains[volunteer][at]
        return at
