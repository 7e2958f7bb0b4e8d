"""What a run is asked: a `Problem` of numpy arrays, and what it answers: a `Solution`.

Everything that names something else does so by its row number in that thing's own arrays: a role names its request by
the request's row, a claim its volunteer by the volunteer's row. Sizes, used below in the shapes:

    V volunteers   Q requests   R roles   G regimes   A vetting areas   C claims

Days are proleptic ordinals (`date.toordinal()`). Hours are whole hours a week. Weekly masks are 336 half-hours in UTC,
from Monday 00:00, in six 64-bit words, lowest bit first (bit `s % 64` of word `s // 64` is half-hour `s`); a mask is
given for every regime, the stretch of days in which no time zone in use changes its clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from matching.rules.score_parts import PART_NAMES, Scope, list_parts

Int = NDArray[np.int64]
Flag = NDArray[np.bool_]
Bits = NDArray[np.uint64]

WORDS = 6
FINE = 64  # prices are in sixty-fourths of a point
SLOTS = 336


def stack_numbers(scope: Scope, rows: int, columns: Mapping[str, Int]) -> Int:
    """[rows, parts of this scope] the numbers of each part, by its name; those of parts without a column are zero.

    Raises ValueError for a column of another name.
    """
    names = [part.name for part in list_parts(scope)]
    unknown = sorted(columns.keys() - set(names))
    if unknown:
        raise ValueError(f"No part of the scope {scope} has the name {unknown[0]}.")
    table = np.zeros((rows, len(names)), np.int64)
    for column, name in enumerate(names):
        table[:, column] = columns.get(name, 0)
    return table


def list_weights(**weights: int) -> Int:
    """[parts] the weights, whole numbers, zero or more, in the order of the parts; parts that are not named have 0."""
    return np.array([weights.pop(name, 0) for name in PART_NAMES], dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One question to the matcher. Arrays are read, never changed."""

    # Volunteers
    volunteer_id: Int  # [V] opaque; only carried through
    hours: Int  # [V] most hours a week, held matches included
    projects: Int  # [V] most projects at once, held matches included
    languages: Bits  # [V] one bit a language
    leads: Flag  # [V] wants to lead
    decides: Flag  # [V] may take decisions in a campaign
    vetted_until: Int  # [V, A] last day of the vetting mark for that area, -1 without one
    volunteer_numbers: Int  # [V, parts of a volunteer] numbers of `matching.rules.score_parts`, zero or more
    availability: Bits  # [V, G, 6] free half-hours, rounded inwards
    levels: Bits  # [V] office levels named as wished, one bit a level
    level_only: Flag  # [V] serves the named levels only
    party_only: Flag  # [V] serves the named parties only
    place_only: Flag  # [V] serves the named places only
    # Pairs (volunteer row, what the volunteer named), in any order
    party_volunteer: Int
    party: Int
    place_volunteer: Int
    place: Int
    # Claims: what volunteers can do; a claim on a skill has been copied to every ancestor of the skill already
    claim_skill: Int  # [C] in ascending order
    claim_volunteer: Int  # [C]
    claim_level: Int  # [C] 1 to 5
    claim_numbers: Int  # [C, parts of a claim]
    # What stands between a volunteer and a place
    time_off_volunteer: Int
    time_off_first: Int  # first day away
    time_off_last: Int  # last day away
    veto_volunteer: Int
    veto_campaign: Int
    refused_volunteer: Int
    refused_request: Int
    sided_volunteer: Int  # has ever served this campaign in this contest
    sided_contest: Int
    sided_campaign: Int
    held_volunteer: Int  # seats held now: they cost hours, projects and meeting times
    held_request: Int
    held_hours: Int
    # Places: a tree
    place_parent: Int  # [P] row of the parent place, -1 at the root
    # Requests; those of held seats are among them
    request_id: Int  # [Q] opaque
    request_campaign: Int  # [Q]
    request_contest: Int  # [Q]
    request_party: Int  # [Q] -1 without a party
    request_level: Int  # [Q] number of the bit in `levels`
    request_place: Int  # [Q]
    request_first: Int  # [Q] first day
    request_last: Int  # [Q] last day
    regime_first: Int  # [Q] first regime that the dates touch
    regime_last: Int  # [Q] last regime that the dates touch
    request_whole: Flag  # [Q] staffed whole: counts only when every free seat of its roles is filled
    request_numbers: Int  # [Q, parts of a request]
    work: Bits  # [Q, G, 6] when the work may be done, rounded outwards; all ones when any time will do
    meetings: Bits  # [Q, G, 6] when its people meet, rounded outwards
    # Roles that compete in this run
    role_id: Int  # [R] opaque
    role_request: Int  # [R]
    role_skill: Int  # [R]
    role_level: Int  # [R] 1 to 5
    role_hours: Int  # [R] hours a week
    role_seats: Int  # [R] free seats
    role_languages: Bits  # [R] any one of these will do; 0: any language
    role_leads: Flag  # [R]
    role_decides: Flag  # [R]
    role_vetting: Int  # [R] row of the vetting area that it asks for, -1: none
    nice_role: Int  # pairs (role, skill that is nice to have)
    nice_skill: Int
    # Pins: this volunteer in this role, decided by a person
    pin_volunteer: Int
    pin_role: Int
    # Score parts that are listed by pair, in any order; numbers of rows that repeat a pair and a part add up
    listed_volunteer: Int
    listed_role: Int
    listed_part: Int  # which of the parts of a pair, by its place among them
    listed_number: Int
    weights: Int  # [parts] of the score, from the policy: whole numbers, zero or more

    @property
    def volunteers(self) -> int:
        """V, the number of volunteers."""
        return len(self.volunteer_id)

    def among(self, rows: Int) -> Problem:
        """The same question about these volunteers alone: row `rows[k]` becomes row k. `rows` ascend, none twice."""
        row, among = np.zeros(self.volunteers, np.int64), np.zeros(self.volunteers, np.bool_)
        row[rows], among[rows] = np.arange(len(rows)), True
        told = {name: getattr(self, name)[rows] for name in _OF_VOLUNTEERS}
        for owner, names in _BESIDE.items():
            whose = getattr(self, owner)
            mine = np.flatnonzero(among[whose])
            told[owner] = row[whose[mine]]
            told |= {name: getattr(self, name)[mine] for name in names}
        return replace(self, **told)

    def without_idle(self) -> Problem:
        """The same question without the requests that no role belongs to and nobody holds: they decide nothing."""
        needed = np.unique(np.concatenate((self.role_request, self.held_request)))
        row = np.full(self.requests, -1, np.int64)
        row[needed] = np.arange(len(needed))
        still = np.flatnonzero(row[self.refused_request] >= 0)
        told = {name: getattr(self, name)[needed] for name in _OF_REQUESTS}
        told |= {
            "role_request": row[self.role_request],
            "held_request": row[self.held_request],
            "refused_volunteer": self.refused_volunteer[still],
            "refused_request": row[self.refused_request[still]],
        }
        return replace(self, **told)

    @property
    def requests(self) -> int:
        """Q, the number of requests."""
        return len(self.request_id)

    def numbers_of(self, name: str) -> Int:
        """[n] the numbers of the score part of this name, for whatever its scope is about, but not for pairs.

        Raises KeyError for a name that has none.
        """
        scopes = {
            Scope.VOLUNTEER: self.volunteer_numbers,
            Scope.CLAIM: self.claim_numbers,
            Scope.REQUEST: self.request_numbers,
        }
        columns = {
            part.name: table[:, column]
            for scope, table in scopes.items()
            for column, part in enumerate(list_parts(scope))
        }
        return columns[name]

    @property
    def together(self) -> bool:
        """Whether all requests share a day."""
        return self.requests == 0 or bool(self.request_first.max() <= self.request_last.min())

    @property
    def roles(self) -> int:
        """R, the number of roles."""
        return len(self.role_id)

    @property
    def seats(self) -> int:
        """The number of free seats in all roles."""
        return int(self.role_seats.sum())


_OF_VOLUNTEERS = (
    *("volunteer_id", "hours", "projects", "languages", "leads", "decides", "vetted_until", "volunteer_numbers"),
    *("availability", "levels", "level_only", "party_only", "place_only"),
)
_OF_REQUESTS = (
    *("request_id", "request_campaign", "request_contest", "request_party", "request_level", "request_place"),
    *("request_first", "request_last", "regime_first", "regime_last", "request_whole", "request_numbers"),
    *("work", "meetings"),
)
_BESIDE = {  # rows that belong to a volunteer: the column that says to whom, and the others
    "party_volunteer": ("party",),
    "place_volunteer": ("place",),
    "claim_volunteer": ("claim_skill", "claim_level", "claim_numbers"),
    "time_off_volunteer": ("time_off_first", "time_off_last"),
    "veto_volunteer": ("veto_campaign",),
    "refused_volunteer": ("refused_request",),
    "sided_volunteer": ("sided_contest", "sided_campaign"),
    "held_volunteer": ("held_request", "held_hours"),
    "pin_volunteer": ("pin_role",),
    "listed_volunteer": ("listed_role", "listed_part", "listed_number"),
}


def is_of_requests(name: str) -> bool:
    """Whether the array of this name has a row for each request."""
    return name in _OF_REQUESTS


def array_names() -> tuple[str, ...]:
    """The names of a Problem's arrays, in a fixed order: what is digested and stored."""
    return tuple(field.name for field in fields(Problem))


@dataclass(frozen=True, kw_only=True)
class Solution:
    """One answer: pairs, with the prices that bound what any answer could be worth.

    `volunteer[k]` takes a free seat of `role[k]`; `score[k]` is the sum of the row `parts[k]`, whose columns are named
    by `PART_NAMES`. `role_price[r]` is what a seat of role r costs, in sixty-fourths of a point: zero or more, but in
    a request staffed whole the rest of the team may pay for a scarce person, whose seat then costs less than nothing.
    `bound` is at least the value of every feasible answer; `value` is the sum of `score`. `cut`: the search ended
    because its time was over, not because it was good enough.
    """

    volunteer: Int  # [n]
    role: Int  # [n]
    parts: Int  # [n, number of parts]
    role_price: Int  # [R]
    value: int
    bound: int
    pairs: int  # feasible pairs considered
    cut: bool = False

    @property
    def score(self) -> Int:
        """[n] the value of each pair."""
        total: Int = self.parts.sum(axis=1)
        return total

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a share of the bound; 0.0 when the bound is 0."""
        return 0.0 if self.bound <= 0 else (self.bound - self.value) / self.bound
