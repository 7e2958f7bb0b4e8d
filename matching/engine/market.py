"""The question as the solver sees it: who could take which role, for how much, and what room each person has.

A problem of whole campaigns and a bare assignment instance both become a `Market`. Sizes: R roles, V volunteers,
n pairs, S segments, Q requests. A *segment* is a stretch of one volunteer's time in which nothing begins or ends that
matters; every volunteer has at least one, and a pair covers the segments `first` to `last`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.engine.kernels.ordering import gather
from matching.engine.problem import Bits, Flag, Int

Small = NDArray[np.int32]


class Rivals(NamedTuple):
    """What tells which requests one person cannot serve together, beside a request with itself. All by request."""

    contest: Int  # [Q] -1: none
    campaign: Int  # [Q]
    begins: Int  # [Q] first day
    ends: Int  # [Q] last day
    regime_first: Int  # [Q]
    regime_last: Int  # [Q]
    meets: Flag  # [Q] has a meeting at all
    meetings: Bits  # [Q, G, 6]


class Market(NamedTuple):
    """Pairs by role, the most valuable first, and where each volunteer's are among them."""

    role_start: Int  # [R + 1] the pairs of role r are role_start[r] up to role_start[r + 1]
    volunteer: Small  # [n]
    role: Small  # [n]
    value: Int  # [n] zero or more
    hours: Small  # [n]
    first: Small  # [n] segments that the pair covers
    last: Small  # [n]
    own_start: Int  # [V + 1]
    own: Small  # [n] the pairs of volunteer v are own[own_start[v] : own_start[v + 1]]
    seats: Int  # [R]
    request: Int  # [R] row in the rivals, -1: none
    hours_left: Int  # [S]
    projects_left: Int  # [S]
    rivals: Rivals

    @property
    def roles(self) -> int:
        """R, the number of roles."""
        return len(self.seats)

    @property
    def volunteers(self) -> int:
        """V, the number of volunteers."""
        return len(self.own_start) - 1

    @property
    def pairs(self) -> int:
        """n, the number of pairs."""
        return len(self.value)


def order_of(*keys: Small | Int) -> Int:
    """Positions in ascending order of these keys, none below zero; the first counts most, then the position.

    Packed into one number, where that fits, they are sorted many times as fast as one key after the other.
    """
    sizes = [int(key.max(initial=0)) + 1 for key in keys]
    if math.prod(sizes) >= 1 << 62:
        return np.lexsort(keys[::-1])
    packed = np.zeros(len(keys[0]), np.int64)
    for key, size in zip(keys, sizes, strict=True):
        packed *= size
        packed += key
    if math.prod(sizes) * len(packed) >= 1 << 62:
        return np.argsort(packed, kind="stable")
    packed *= len(packed)
    packed += np.arange(len(packed))
    return np.argsort(packed)


def by_group(group: Small | Int, size: int) -> tuple[Int, Small]:
    """Where the members of each of `size` groups are: starts [size + 1], and positions, ascending in each group."""
    start, order = starts(group, size), np.empty(len(group), np.int32)
    gather(group, start[:-1].copy(), order)
    return start, order


def starts(group: Small | Int, size: int) -> Int:
    """Where the members of each of `size` groups would begin if they stood together [size + 1]."""
    start = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(group, minlength=size), out=start[1:])
    return start


def no_rivals(requests: int) -> Rivals:
    """Requests of which any two can be served together."""
    none = np.zeros(requests, np.int64)
    return Rivals(
        contest=none - 1,
        campaign=none,
        begins=none,
        ends=none,
        regime_first=none,
        regime_last=none,
        meets=np.zeros(requests, np.bool_),
        meetings=np.zeros((requests, 1, 6), np.uint64),
    )
