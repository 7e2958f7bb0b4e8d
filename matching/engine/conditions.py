"""Yes or no, a bit each: what a role asks of whoever claims its skill, and what a claim gives.

One test of one word then tells nearly all who do not fit. Where a problem asks for more different things than there are
bits, the word says a little less than everything, and the role is marked as one whose rules are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matching.engine.problem import Bits, Flag, Int, Problem

BITS = 64
OF_A_KIND = 8  # bits at most for different levels, offices, parties, languages, days of a vetting area
OF_HOURS = 16


class Conditions(NamedTuple):
    """Whoever lacks a bit that is asked for does not fit; `told` [R]: whoever has them passes the rules in question."""

    asked: Bits  # [R]
    given: Bits  # [C] by posting
    told: Flag  # [R]


def conditions(problem: Problem, parties: tuple[Int, Int], volunteer: Int, level: Int) -> Conditions:
    """The bits of a problem's roles, and of the claims of these volunteers on these levels [C].

    `parties` are those that each volunteer named: starts [V + 1] and rows. The rules in question are level, hours
    and projects at all, to lead, to decide, languages, office, party and vetting.
    """
    p, request = problem, problem.role_request
    start, rows = parties
    owner = np.repeat(np.arange(p.volunteers), np.diff(start))

    def serves(party: int) -> Flag:
        willing = ~p.party_only
        willing[owner[rows == party]] = True
        return willing

    every = np.ones(p.roles, np.bool_)
    claims = _Words(p.roles, len(volunteer))
    claims.at_least(every, p.role_level, level, OF_A_KIND)
    people = _Words(p.roles, p.volunteers, claims.bit)
    people.at_least(every, every.astype(np.int64), p.projects, 1)
    people.at_least(p.role_leads, p.role_leads.astype(np.int64), p.leads.astype(np.int64), 1)
    people.at_least(p.role_decides, p.role_decides.astype(np.int64), p.decides.astype(np.int64), 1)
    people.at_least(every, p.role_hours, p.hours, OF_HOURS)
    people.one_of(every, p.request_level[request], lambda office: ~p.level_only | _has(p.levels, 1 << office))
    people.one_of(every, p.request_party[request], serves)
    people.one_of(p.role_languages > 0, p.role_languages, lambda some: _has(p.languages, some))
    for area in range(p.vetted_until.shape[1]):
        people.at_least(p.role_vetting == area, p.request_last[request], p.vetted_until[:, area], OF_A_KIND)
    return Conditions(claims.asked | people.asked, claims.given | people.given[volunteer], claims.told & people.told)


def _has(words: Bits, some: int) -> Flag:
    found: Flag = (words & np.uint64(some)) != 0
    return found


class _Words:
    """Bits are given out one after the other, as long as there are any."""

    def __init__(self, roles: int, givers: int, bit: int = 0) -> None:
        self.asked: Bits = np.zeros(roles, np.uint64)
        self.told: Flag = np.ones(roles, np.bool_)
        self.given: Bits = np.zeros(givers, np.uint64)
        self.bit = bit

    def at_least(self, asks: Flag, least: Int, have: Int, most: int) -> None:
        """Roles that ask [R] want `least` [R] of what givers `have`; with more values than bits, the next below."""
        values, number = np.unique(least[asks]), min(most, BITS - self.bit)
        values = values[np.arange(number) * len(values) // number] if 0 < number < len(values) else values[:number]
        place = np.searchsorted(values, least, side="right")
        for at, value in enumerate(values.tolist(), start=1):
            self._bit(asks & (place == at), have >= value)
        self.told &= ~asks | np.isin(least, values)

    def one_of(self, asks: Flag, wanted: Int | Bits, test: Callable[[int], Flag]) -> None:
        """Roles that ask [R] want something, and the test says who gives it; what is beyond the bits is not told."""
        values = np.unique(wanted[asks])[: min(OF_A_KIND, BITS - self.bit)]
        for value in values.tolist():
            self._bit(asks & (wanted == value), test(value))
        self.told &= ~asks | np.isin(wanted, values)

    def _bit(self, ask: Flag, give: Flag) -> None:
        bit = np.uint64(1 << self.bit)
        self.asked |= np.where(ask, bit, np.uint64(0))
        self.given |= np.where(give, bit, np.uint64(0))
        self.bit += 1
