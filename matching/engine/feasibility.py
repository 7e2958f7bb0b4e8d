"""Who may take which role: every rule, judged for one role and many volunteers at once.

Building the graph and explaining a refusal use this same judgement, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from matching.engine.problem import Bits, Flag, Int, Problem


class Reason(StrEnum):
    """Why a volunteer may not take a role, in the order in which the reasons are named."""

    SKILL = "skill"  # claims no such skill
    LEVEL = "level"  # claims it at too low a level
    LEAD = "lead"
    DECIDES = "decides"
    VETTED = "vetted"
    LANGUAGE = "language"
    PARTY = "party"
    OFFICE_LEVEL = "office_level"
    PLACE = "place"
    VETO = "veto"
    REFUSED = "refused"
    SIDES = "sides"  # has served another campaign of the same contest
    SAME_REQUEST = "same_request"  # holds a seat in the request already
    TIME_OFF = "time_off"
    WINDOW = "window"  # too few free half-hours when the work may be done
    MEETING = "meeting"  # not free at a meeting
    CLASH = "clash"  # a meeting at the hour of a held request's meeting
    HOURS = "hours"
    PROJECTS = "projects"


REASONS: tuple[Reason, ...] = tuple(Reason)


class Claims(NamedTuple):
    """The claims on one skill, one row a volunteer, in ascending order of volunteer."""

    volunteer: Int
    level: Int  # the highest that the volunteer claims
    numbers: Int  # [n, parts of a claim] of score parts: the highest of the volunteer's claims on the skill


@dataclass(frozen=True)
class Looks:
    """What one role finds in each of the volunteers `rows`, n of them, beside whether they may take it."""

    rows: Int  # [n] volunteer rows
    level: Int  # [n] level claimed on the role's skill, 0 without a claim
    claimed: Int  # [n, parts of a claim] numbers of score parts
    overlap: Int  # [n] fewest half-hours a week that are free when the work may be done
    near: Flag  # [n] named the request's place or one above it


@dataclass(frozen=True)
class Judgement(Looks):
    """The same, and which rules each of them breaks."""

    fails: Flag  # [number of reasons, n] in the order of REASONS, true where the volunteer fails


class Circumstances(NamedTuple):
    """What a request's dates, place and campaign mean for each volunteer [V].

    Of one volunteer it may also say what each request [Q] means for them.
    """

    party: Flag  # named the request's party
    near: Flag
    veto: Flag
    refused: Flag
    sides: Flag
    same: Flag
    away: Flag
    clash: Flag
    hours: Int  # most hours a week held on any of the request's days
    projects: Int  # most seats held on any of the request's days

    def of(self, rows: Int | slice) -> Circumstances:
        """The same of these rows."""
        return Circumstances(*(column[rows] for column in self))  # type: ignore[arg-type]


class Terms(NamedTuple):
    """What a role asks of its people: a number each, or [n] for n roles."""

    level: Int
    hours: Int
    leads: Flag
    decides: Flag
    vetted: Flag  # asks for a vetting mark
    languages: Bits  # any one of these; 0: any language
    office: Bits  # the bit of its level of office
    last_day: Int


class Offer(NamedTuple):
    """What a volunteer brings, and limits to: a number each, or [n] for n volunteers."""

    leads: Flag
    decides: Flag
    vetted_until: Int  # the last day of the mark that the role asks for
    languages: Bits
    levels: Bits
    level_only: Flag
    party_only: Flag
    place_only: Flag
    hours: Int
    projects: Int


class Index:
    """A problem, arranged for judging. Build it once for a problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        regimes = np.arange(problem.availability.shape[1])
        self.touched_regimes = (problem.regime_first[:, None] <= regimes) & (regimes <= problem.regime_last[:, None])
        self._claims: dict[int, Claims] = {}
        by_volunteer = np.argsort(problem.held_volunteer, kind="stable")
        first, second = _pairs_within(problem.held_volunteer[by_volunteer])
        self._held_first, self._held_second = by_volunteer[first], by_volunteer[second]
        self._last: tuple[int, Circumstances] | None = None

    def claims(self, skill: int) -> Claims:
        """The claims on one skill."""
        if skill not in self._claims:
            self._claims[skill] = _once(self.problem, skill)
        return self._claims[skill]

    def clashes(self, request: int) -> Flag:
        """[Q] requests that share a day with this one and meet, in a regime that both touch, when it meets."""
        problem = self.problem
        shared = (problem.request_first <= problem.request_last[request]) & (
            problem.request_last >= problem.request_first[request]
        )
        rows = np.flatnonzero(shared)
        touched = np.flatnonzero(self.touched_regimes[request])
        meets = (problem.meetings[rows][:, touched] & problem.meetings[request, touched]).any(axis=2)
        found = np.zeros(problem.requests, dtype=bool)
        found[rows] = (meets & self.touched_regimes[rows][:, touched]).any(axis=1)
        return found

    def ancestors(self, place: int) -> list[int]:
        """A place and all places above it."""
        line = []
        while place >= 0:
            line.append(place)
            place = int(self.problem.place_parent[place])
        return line

    def circumstances(self, request: int) -> Circumstances:
        """Everything about the request that does not depend on the role; the last one asked for is kept."""
        if self._last is None or self._last[0] != request:
            self._last = (request, self._circumstances(request))
        return self._last[1]

    def _circumstances(self, request: int) -> Circumstances:
        p = self.problem
        contest, campaign = p.request_contest[request], p.request_campaign[request]
        first, last = p.request_first[request], p.request_last[request]
        held = p.held_request
        other_side = (p.request_contest[held] == contest) & (p.request_campaign[held] != campaign)
        sided = (p.sided_contest == contest) & (p.sided_campaign != campaign)
        hours, projects = self._peak(request)
        above = np.zeros(len(p.place_parent), dtype=bool)
        above[self.ancestors(int(p.request_place[request]))] = True
        return Circumstances(
            party=self._mark(p.party_volunteer[np.flatnonzero(p.party == p.request_party[request])]),
            near=self._mark(p.place_volunteer[np.flatnonzero(above[p.place])]),
            veto=self._mark(p.veto_volunteer[p.veto_campaign == campaign]),
            refused=self._mark(p.refused_volunteer[p.refused_request == request]),
            sides=self._mark(p.sided_volunteer[sided]) | self._mark(p.held_volunteer[other_side]),
            same=self._mark(p.held_volunteer[held == request]),
            away=self._mark(p.time_off_volunteer[(p.time_off_first <= last) & (p.time_off_last >= first)]),
            clash=self._mark(p.held_volunteer[self.clashes(request)[held] & (held != request)]),
            hours=hours,
            projects=projects,
        )

    def _mark(self, volunteers: Int) -> Flag:
        marked = np.zeros(self.problem.volunteers, dtype=bool)
        marked[volunteers] = True
        return marked

    def _peak(self, request: int) -> tuple[Int, Int]:
        # What is held is highest on a day on which a held request begins, or on the first day looked at.
        p = self.problem
        first, last = p.request_first[p.held_request], p.request_last[p.held_request]
        day = np.maximum(first, p.request_first[request])
        one, other = self._held_first, self._held_second
        both = (first[other] <= day[one]) & (day[one] <= last[other])
        one, other = one[both], other[both]
        counted = (day <= last) & (day <= p.request_last[request])
        size = len(p.held_request)
        hours, projects = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        np.add.at(hours, one, p.held_hours[other])
        np.add.at(projects, one, 1)
        peak_hours, peak_projects = np.zeros(p.volunteers, dtype=np.int64), np.zeros(p.volunteers, dtype=np.int64)
        np.maximum.at(peak_hours, p.held_volunteer[counted], hours[counted])
        np.maximum.at(peak_projects, p.held_volunteer[counted], projects[counted])
        return peak_hours, peak_projects


def _once(problem: Problem, skill: int) -> Claims:
    """The claims on a skill, each volunteer's highest level and numbers in one row."""
    begin, end = np.searchsorted(problem.claim_skill, (skill, skill + 1))
    volunteer, level = problem.claim_volunteer[begin:end], problem.claim_level[begin:end]
    numbers = problem.claim_numbers[begin:end]
    if (volunteer[1:] > volunteer[:-1]).all():  # as a snapshot has them
        return Claims(volunteer, level, numbers)
    order = np.argsort(volunteer, kind="stable")
    fresh = np.flatnonzero(np.diff(volunteer[order], prepend=-1))
    level, numbers = np.maximum.reduceat(level[order], fresh), np.maximum.reduceat(numbers[order], fresh, axis=0)
    return Claims(volunteer[order[fresh]], level, numbers)


def _pairs_within(group: Int) -> tuple[Int, Int]:
    """All ordered pairs of positions, each with itself too, with the same value in `group`, which ascends from zero."""
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    sizes = np.diff(begins, append=len(group))
    start, size = np.repeat(begins, sizes), np.repeat(sizes, sizes)
    one = np.repeat(np.arange(len(group)), size)
    before = np.cumsum(size) - size
    return one, np.arange(len(one)) - np.repeat(before - start, size)


def judge(index: Index, role: int, rows: Int | None = None) -> Judgement:
    """Judge the volunteers `rows` (all of them when None) for one role, by every rule.

    A rule is judged on its own, whatever the others say; but the level only of those who claim the skill, and a clash
    only with other requests, so that a single failure always names the single thing that stands in the way.
    """
    looks, failures = _looked_at(index, role, rows)
    return Judgement(**vars(looks), fails=np.stack([failures[reason] for reason in REASONS]))


def feasible(index: Index, role: int) -> Looks:
    """Whoever breaks no rule, found without keeping which rules the others break."""
    looks, failures = _looked_at(index, role, None)
    fails = np.zeros(len(looks.rows), dtype=bool)
    for failing in failures.values():
        fails |= failing
    fit = np.flatnonzero(~fails)
    return Looks(**{name: found[fit] for name, found in vars(looks).items()})


def _looked_at(index: Index, role: int, rows: Int | None) -> tuple[Looks, dict[Reason, Flag]]:
    p = index.problem
    request = int(p.role_request[role])
    # A slice of everybody copies nothing, as a list of everybody's rows would.
    every: Int | slice = slice(None) if rows is None else rows
    around = index.circumstances(request)
    level, claimed = _claimed(index, role)
    level, claimed = level[every], claimed[every]
    regimes = slice(int(p.regime_first[request]), int(p.regime_last[request]) + 1)
    free = p.availability[every, regimes]
    overlap = _overlap(free, p.work[request, regimes])
    area = int(p.role_vetting[role])
    offer = Offer(
        leads=p.leads[every],
        decides=p.decides[every],
        vetted_until=p.vetted_until[every, area] if area >= 0 else np.zeros_like(level),
        languages=p.languages[every],
        levels=p.levels[every],
        level_only=p.level_only[every],
        party_only=p.party_only[every],
        place_only=p.place_only[every],
        hours=p.hours[every],
        projects=p.projects[every],
    )
    here = around.of(every)
    away = _away(free, p.meetings[request, regimes])
    failures = find_failures(terms_of(p, role), offer, here, level=level, overlap=overlap, misses_meeting=away)
    whom = np.arange(p.volunteers) if rows is None else rows
    return Looks(whom, level, claimed, overlap, here.near), failures


def terms_of(problem: Problem, role: int | Int) -> Terms:
    """What a role asks for, or each of several."""
    p, request = problem, problem.role_request[role]
    return Terms(
        level=p.role_level[role],
        hours=p.role_hours[role],
        leads=p.role_leads[role],
        decides=p.role_decides[role],
        vetted=p.role_vetting[role] >= 0,
        languages=p.role_languages[role],
        office=np.uint64(1) << p.request_level[request].astype(np.uint64),
        last_day=p.request_last[request],
    )


def find_failures(
    terms: Terms, offer: Offer, around: Circumstances, *, level: Int, overlap: Int, misses_meeting: Flag
) -> dict[Reason, Flag]:
    """[n] for each rule, in any order, which of n pairs break it: one role and n volunteers, or the other way round.

    What belongs to the one side is a number, what belongs to the other, and all that belongs to the pair, is [n].
    """
    return {
        Reason.SKILL: level == 0,
        Reason.LEVEL: (level > 0) & (level < terms.level),
        Reason.LEAD: terms.leads & ~offer.leads,
        Reason.DECIDES: terms.decides & ~offer.decides,
        Reason.VETTED: terms.vetted & (offer.vetted_until < terms.last_day),
        Reason.LANGUAGE: (terms.languages != 0) & ((offer.languages & terms.languages) == 0),
        Reason.PARTY: offer.party_only & ~around.party,
        Reason.OFFICE_LEVEL: offer.level_only & ((offer.levels & terms.office) == 0),
        Reason.PLACE: offer.place_only & ~around.near,
        Reason.VETO: around.veto,
        Reason.REFUSED: around.refused,
        Reason.SIDES: around.sides,
        Reason.SAME_REQUEST: around.same,
        Reason.TIME_OFF: around.away,
        Reason.WINDOW: overlap < 2 * terms.hours,
        Reason.MEETING: misses_meeting,
        Reason.CLASH: around.clash,
        Reason.HOURS: around.hours + terms.hours > offer.hours,
        Reason.PROJECTS: around.projects >= offer.projects,
    }


def _overlap(free: Bits, work: Bits) -> Int:
    """[n] the fewest half-hours that `free` [n, G, 6] and `work` [G, 6] share: word by word, as sums are slow."""
    common = np.zeros(free.shape[:2], np.uint16)
    for word in range(free.shape[2]):
        common += np.bitwise_count(free[:, :, word] & work[:, word])
    fewest: Int = common.min(axis=1).astype(np.int64)
    return fewest


def _away(free: Bits, meetings: Bits) -> Flag:
    """[n] whether somebody is not free [n, G, 6] at a meeting [G, 6]; most words have none."""
    away = np.zeros(len(free), dtype=bool)
    for regime, word in np.argwhere(meetings).tolist():
        away |= (meetings[regime, word] & ~free[:, regime, word]) != 0
    return away


def _claimed(index: Index, role: int) -> tuple[Int, Int]:
    claims = index.claims(int(index.problem.role_skill[role]))
    if len(claims.volunteer) == index.problem.volunteers:  # everybody does, as in a run over this role alone
        return claims.level, claims.numbers
    level = np.zeros(index.problem.volunteers, dtype=np.int64)
    numbers = np.zeros((index.problem.volunteers, claims.numbers.shape[1]), dtype=np.int64)
    level[claims.volunteer], numbers[claims.volunteer] = claims.level, claims.numbers
    return level, numbers
