"""Sorting by small numbers, without comparing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matching.engine.kernels.compiled import kernel
from matching.engine.problem import Int

if TYPE_CHECKING:
    from matching.engine.market import Small


@kernel
def gather(group: Int | Small, following: Int, order: Small) -> None:
    """Writes the positions of each group's members [n], ascending, to `order`.

    `following` says where each group begins in it, and in the end where it ends.
    """
    for position in range(len(group)):
        order[following[group[position]]] = position
        following[group[position]] += 1
