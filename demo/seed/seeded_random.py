"""Drawing: everything random in the demo comes from one of these."""

from collections.abc import Mapping
from random import Random
from typing import TypeVar
from uuid import UUID

Option = TypeVar("Option")


class SeededRandom(Random):
    """Random draws that a seed repeats."""

    def happens(self, share: float) -> bool:
        """True in that share of the cases."""
        return self.random() < share

    def pick_weighted(self, weights: Mapping[Option, float]) -> Option:
        """One key, as often as its weight says."""
        return self.choices(list(weights), list(weights.values()))[0]

    def public_id(self) -> UUID:
        """An id that looks like any other row's."""
        return UUID(int=self.getrandbits(128), version=4)
