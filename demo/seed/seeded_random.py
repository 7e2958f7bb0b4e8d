"""Seeded random draws. All randomness of the demo comes from one `SeededRandom`."""

from collections.abc import Mapping
from random import Random
from typing import TypeVar
from uuid import UUID

Option = TypeVar("Option")


class SeededRandom(Random):
    """Random draws that a seed repeats."""

    def happens(self, share: float) -> bool:
        """Return True in this share of the cases."""
        return self.random() < share

    def pick_weighted(self, weights: Mapping[Option, float]) -> Option:
        """Return one key, with the probability of its weight."""
        return self.choices(list(weights), list(weights.values()))[0]

    def public_id(self) -> UUID:
        """Return a random id of the same form as any other row's."""
        return UUID(int=self.getrandbits(128), version=4)
