"""A problem arranged for looking at very many pairs: who claims each skill, and everything else by volunteer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine import score
from matching.engine.conditions import Conditions, conditions
from matching.engine.feasibility import Index
from matching.engine.listed import Earned, find_earned
from matching.engine.market import Rivals, Small, by_group
from matching.engine.problem import SLOTS, Bits, Flag, Int, Problem
from matching.rules.score_parts import Scope

# Bits of `traits`; LISTED: something is listed of the volunteer that may stand in the way; EARNS: a part of the score
# is listed of the volunteer and a role that asks for this skill
LEADS, DECIDES, LEVEL_ONLY, PARTY_ONLY, PLACE_ONLY, LISTED, EARNS = (1 << bit for bit in range(7))
VETO, REFUSED, SIDED = range(3)  # kinds of bars
NOWHERE, SEVERAL = -2, -3  # instead of a volunteer's only place
# Columns of a role's row
REQUEST, LEVEL, HOURS, ASKS, VETTING, NEED = range(6)
# Columns of a request's row
CAMPAIGN, CONTEST, PARTY, OFFICE, PLACE, FIRST, LAST, REGIME_FIRST, REGIME_LAST, MEETS, ANY_TIME = range(11)


class Postings(NamedTuple):
    """Who claims each skill that is asked for, in ascending order of volunteer, with all that is asked of very many.

    Side by side, since looking these up by volunteer would take several times as long as judging. C postings.
    """

    start: Int  # [skills + 1]
    volunteer: Small  # [C]
    given: Bits  # [C] see `matching.engine.conditions`
    level: Small
    fixed: Int  # the parts of the score that are the same in every role: those of volunteers, and of claims
    traits: Small
    place: Small  # the only place that the volunteer named, SEVERAL, NOWHERE
    claims: Bits  # [C, words] a bit a skill
    availability: Bits  # [C, G, 6]
    total: Small  # half-hours that are free in all, the fewest of any regime


class People(NamedTuple):
    """What is asked of few, by volunteer, and what is listed of them: rows `x_start[v]` up to `x_start[v + 1]`."""

    hours: Int  # [V]
    projects: Int
    languages: Bits
    levels: Bits
    until: Int  # [V, A] last day of a vetting mark
    parties_start: Int
    parties: Int
    places_start: Int
    places: Int
    away_start: Int
    away: Int  # [n, 2] first and last day
    held_start: Int
    held: Int  # [n, 2] request, hours
    bars_start: Int
    bars: Int  # [n, 3] kind, then a campaign, a request, or a contest and the campaign served there


class Demand(NamedTuple):
    """Requests and roles as rows of numbers, and the weights of what pairs are worth."""

    role: Int  # [R, 6]
    asked: Bits  # [R] see `matching.engine.conditions`
    told: Flag  # [R]
    seats: Int  # [R]
    skill: Int  # [R] row in the postings
    languages: Bits  # [R]
    nice: Bits  # [R, words]
    request: Int  # [Q, 11]
    work: Bits  # [Q, G, 6]
    meetings: Bits  # [Q, G, 6]
    lineage: Int  # [P, D] a place and those above it, then -1
    weights: Int  # [4] of level, nice, spare, place
    caps: Int  # [4] of the same: their largest factors
    earned_start: Int  # [R + 1] the listed pairs of role r are `earned_start[r]` up to `earned_start[r + 1]`
    earned_at: Small  # [E] row of the postings, ascending in each role
    earned: Int  # [E] what is listed adds to the score


class Arranged(NamedTuple):
    """All of it."""

    postings: Postings
    people: People
    demand: Demand
    rivals: Rivals


def arrange(problem: Problem, index: Index, rivals: Rivals) -> Arranged:
    """Arrange a problem. Raises ValueError when weights are too large."""
    score.check_weights(problem)
    asked = np.unique(problem.role_skill)
    known = np.union1d(asked, problem.nice_skill)
    words = len(known) // 64 + 1
    people = _people(problem)
    lists = [index.claims(int(skill)) for skill in asked]
    start = np.zeros(len(asked) + 1, np.int64)
    np.cumsum([len(claims.volunteer) for claims in lists], out=start[1:])
    volunteer = np.concatenate([_NONE, *(claims.volunteer for claims in lists)])
    level = np.concatenate([_NONE, *(claims.level for claims in lists)])
    earned = find_earned(problem, np.searchsorted(asked, problem.role_skill), start, volunteer)
    traits = _traits(problem, people)[volunteer]
    traits[earned.at] |= EARNS
    told = conditions(problem, (people.parties_start, people.parties), volunteer, level)
    free = problem.availability[volunteer]
    numbers = np.concatenate([problem.claim_numbers[:0], *(claims.numbers for claims in lists)])
    fixed = score.sum_parts(problem, Scope.CLAIM, numbers)
    turns = score.sum_parts(problem, Scope.VOLUNTEER, problem.volunteer_numbers)
    postings = Postings(
        start=start,
        volunteer=volunteer.astype(np.int32),
        given=told.given,
        level=level.astype(np.int32),
        fixed=fixed + turns[volunteer],
        traits=traits.astype(np.int32),
        place=_place(people)[volunteer].astype(np.int32),
        claims=_claims(problem, known, words)[volunteer],
        availability=free,
        total=np.bitwise_count(free).sum(axis=2, dtype=np.int32).min(axis=1, initial=SLOTS),
    )
    return Arranged(postings, people, _demand(problem, asked, known, words, told, earned), rivals)


_NONE: Int = np.empty(0, np.int64)


def _place(people: People) -> Int:
    named = np.diff(people.places_start)
    place = np.where(named > 1, SEVERAL, NOWHERE)
    place[named == 1] = people.places[people.places_start[:-1][named == 1]]
    return place


def _traits(p: Problem, people: People) -> Int:
    traits = p.leads * LEADS + p.decides * DECIDES + p.level_only * LEVEL_ONLY
    traits = traits + p.party_only * PARTY_ONLY + p.place_only * PLACE_ONLY
    listed = np.diff(people.away_start) + np.diff(people.held_start) + np.diff(people.bars_start) > 0
    whole: Int = traits + listed * LISTED
    return whole


def _claims(p: Problem, known: Int, words: int) -> Bits:
    claims = np.zeros((p.volunteers, words), np.uint64)
    place = np.searchsorted(known, p.claim_skill)
    fits = np.isin(p.claim_skill, known)
    bit = np.uint64(1) << (place[fits] % 64).astype(np.uint64)
    np.bitwise_or.at(claims, (p.claim_volunteer[fits], place[fits] // 64), bit)
    return claims


def _people(p: Problem) -> People:
    parties_start, parties = _listed(p.party_volunteer, p.volunteers, p.party)
    places_start, places = _listed(p.place_volunteer, p.volunteers, p.place)
    away_start, away = _listed(p.time_off_volunteer, p.volunteers, np.stack((p.time_off_first, p.time_off_last), 1))
    held_start, held = _listed(p.held_volunteer, p.volunteers, np.stack((p.held_request, p.held_hours), 1))
    bars_start, bars = _listed(*_bars(p))
    return People(
        hours=p.hours,
        projects=p.projects,
        languages=p.languages,
        levels=p.levels,
        until=p.vetted_until,
        parties_start=parties_start,
        parties=parties,
        places_start=places_start,
        places=places,
        away_start=away_start,
        away=away,
        held_start=held_start,
        held=held,
        bars_start=bars_start,
        bars=bars,
    )


def _bars(p: Problem) -> tuple[Int, int, Int]:
    kind = np.repeat([VETO, REFUSED, SIDED], [len(p.veto_volunteer), len(p.refused_volunteer), len(p.sided_volunteer)])
    what = np.concatenate((p.veto_campaign, p.refused_request, p.sided_contest))
    side = np.concatenate((p.veto_campaign, p.refused_request, p.sided_campaign))
    volunteer = np.concatenate((p.veto_volunteer, p.refused_volunteer, p.sided_volunteer))
    return volunteer, p.volunteers, np.stack((kind, what, side), 1)


def _listed(volunteer: Int, volunteers: int, rows: Int) -> tuple[Int, Int]:
    start, order = by_group(volunteer, volunteers)
    return start, np.ascontiguousarray(rows[order])


def _demand(problem: Problem, asked: Int, known: Int, words: int, told: Conditions, earned: Earned) -> Demand:
    p = problem
    weighed = {part.name: (weight, part.cap) for part, weight in score.weights_of(p, Scope.COMPUTED)}
    computed = [weighed[name] for name in ("level", "nice", "spare", "place")]
    asks = p.role_leads * LEADS + p.role_decides * DECIDES
    nice = np.zeros((p.roles, words), np.uint64)
    place = np.searchsorted(known, p.nice_skill)
    np.bitwise_or.at(nice, (p.nice_role, place // 64), np.uint64(1) << (place % 64).astype(np.uint64))
    request = [
        *(p.request_campaign, p.request_contest, p.request_party, p.request_level, p.request_place),
        *(p.request_first, p.request_last, p.regime_first, p.regime_last),
        *(p.meetings.any(axis=(1, 2)), (p.work == ~np.uint64(0)).all(axis=(1, 2))),
    ]
    role = [p.role_request, p.role_level, p.role_hours, asks, p.role_vetting, score.compute_need(p)[p.role_request]]
    return Demand(
        role=np.ascontiguousarray(np.stack(role, 1).astype(np.int64)),
        asked=told.asked,
        told=told.told,
        seats=p.role_seats,
        skill=np.searchsorted(asked, p.role_skill),
        languages=p.role_languages,
        nice=nice,
        request=np.ascontiguousarray(np.stack(request, 1).astype(np.int64)),
        work=p.work,
        meetings=p.meetings,
        lineage=_lineage(p.place_parent),
        weights=np.array([weight for weight, _ in computed], np.int64),
        caps=np.array([cap for _, cap in computed], np.int64),
        earned_start=earned.start,
        earned_at=earned.at.astype(np.int32),
        earned=earned.points,
    )


def _lineage(parent: Int) -> Int:
    """[P, D] every place, the one above it, and so on."""
    above = [np.arange(len(parent))]
    while (above[-1] >= 0).any():
        above.append(np.where(above[-1] >= 0, parent[above[-1]], -1))
    return np.ascontiguousarray(np.stack(above, 1))
