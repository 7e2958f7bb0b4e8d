"""Each kernel against a plain twin that shares no code with it."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from matching.engine.feasibility import Index, judge
from matching.engine.kernels.bundles import FEW, _choose, best_set
from matching.engine.kernels.demand import of_all, reprice
from matching.engine.kernels.judging import judge_role, ones, sieve
from matching.engine.kernels.pairs import best_pairs
from matching.engine.kernels.room import displaced, fits, least_gone, nothing_held, take
from matching.engine.kernels.scratch import Known, Scratch, recollect, scratch
from matching.engine.market import Market, by_group
from matching.engine.openings import openings, rivals
from matching.engine.postings import arrange
from matching.engine.problem import FINE, Problem
from matching.engine.rulebook import Rulebook
from matching.engine.score import parts as scored
from matching.engine.sparse import best_of_each, parts, without
from tests.matching.engine.graph import build
from tests.matching.engine.instances import middling, tiny

SEEDS = [*range(40)]


def opened(problem: Problem) -> tuple[Market, list[int]]:
    """The market of all pairs, and the row in the problem of each of its volunteers."""
    index = Index(problem)
    arranged = arrange(problem, index, rivals(problem))
    competing = openings(problem, best_of_each(problem, arranged, index, lambda: None), index)
    return competing.market, competing.person.tolist()


def together(problem: Problem, volunteer: int, roles: list[int]) -> bool:
    return Rulebook(problem).fit_together(volunteer, roles)


def test_bits_are_counted() -> None:
    for word in (0, 1, 2**64 - 1, 0x8000000000000001, 0x123456789ABCDEF0):
        assert ones(np.uint64(word)) == word.bit_count()


@pytest.mark.parametrize("size", [0, 1, 5, 300])
def test_positions_are_gathered_by_group(size: int) -> None:
    group = np.random.default_rng(size).integers(0, 7, size)
    start, order = by_group(group, 9)
    assert start.tolist() == [int((group < one).sum()) for one in range(10)]
    assert order.tolist() == np.argsort(group, kind="stable").tolist()


@pytest.mark.parametrize("size", [0, 200])
def test_pairs_are_found_by_volunteer_and_role(size: int) -> None:
    problem, rng = middling(3), np.random.default_rng(3)
    index = Index(problem)
    every = best_of_each(problem, arrange(problem, index, rivals(problem)), index, lambda: None)
    some = without(problem, every, rng.random(len(every.role)) < (0.5 if size else 2))
    volunteer, role = rng.integers(0, problem.volunteers, 500), rng.integers(0, problem.roles, 500)
    at = {pair: position for position, pair in enumerate(zip(some.volunteer.tolist(), some.role.tolist(), strict=True))}
    expected = [at.get(pair, -1) for pair in zip(volunteer.tolist(), role.tolist(), strict=True)]
    assert some.positions(volunteer, role).tolist() == expected
    assert (max(expected) >= 0) == bool(size)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_role_is_judged_as_numpy_judges_it(seed: int) -> None:
    problem = tiny(seed)
    index = Index(problem)
    arranged = arrange(problem, index, rivals(problem))
    left = sieve(arranged.postings)
    for role in range(problem.roles):
        claims = index.claims(int(problem.role_skill[role]))
        judged = judge(index, role, claims.volunteer)
        expected = np.where(judged.fails.any(axis=0), -1, scored(index, role, judged).sum(axis=1))

        count = judge_role(*arranged, role, left)
        who = arranged.postings.volunteer[left.which[:count]]
        assert who.tolist() == claims.volunteer[expected >= 0].tolist()
        assert left.worth[:count].tolist() == expected[expected >= 0].tolist()


@pytest.mark.parametrize("seed", range(10))
def test_more_conditions_than_there_are_bits_for_are_judged_all_the_same(seed: int) -> None:
    problem, rng = middling(seed), np.random.default_rng(seed)
    problem = replace(
        problem,
        hours=rng.integers(0, 60, problem.volunteers),
        levels=rng.integers(0, 1 << 30, problem.volunteers).astype(np.uint64),
        level_only=rng.random(problem.volunteers) < 0.5,
        request_level=rng.integers(0, 30, problem.requests),
        role_hours=rng.integers(0, 40, problem.roles),
        role_languages=rng.integers(0, 40, problem.roles).astype(np.uint64),
        request_last=problem.request_last + rng.integers(0, 300, problem.requests),
    )
    index = Index(problem)
    arranged = arrange(problem, index, rivals(problem))
    left = sieve(arranged.postings)
    assert not arranged.demand.told.all()
    for role in range(problem.roles):
        claims = index.claims(int(problem.role_skill[role]))
        judged = judge(index, role, claims.volunteer)
        count = judge_role(*arranged, role, left)
        who = arranged.postings.volunteer[left.which[:count]]
        assert who.tolist() == claims.volunteer[~judged.fails.any(axis=0)].tolist()


@pytest.mark.parametrize("most", [1, 3, 50])
def test_the_best_of_a_role_at_what_people_cost_are_its_best_and_what_is_left_out_is_known(most: int) -> None:
    problem = middling(3)
    index, graph = Index(problem), build(problem)
    arranged = arrange(problem, index, rivals(problem))
    postings, left = arranged.postings, sieve(arranged.postings)
    raised = 0
    for skill in range(len(postings.start) - 1):
        claims = postings.volunteer[postings.start[skill] : postings.start[skill + 1]].tolist()
        price = np.zeros(len(claims), np.int64)
        for role in np.flatnonzero(arranged.demand.skill == skill):
            before = dict(zip(claims, price.tolist(), strict=True))
            chosen, value = np.zeros((1, most), np.int32), np.zeros((1, most), np.int64)
            count, feasible, least = np.zeros(1, np.int64), np.zeros(1, np.int64), np.zeros(1, np.int64)
            best_pairs(*arranged, np.array([role]), left, price, chosen, value, count, feasible, least)
            span = slice(int(graph.role_start[role]), int(graph.role_start[role + 1]))
            worth = dict(zip(graph.volunteer[span].tolist(), graph.score[span].tolist(), strict=True))
            kept = chosen[0, : count[0]].tolist()
            assert feasible[0] == len(worth)
            assert value[0, : count[0]].tolist() == [worth[one] for one in kept]
            keys = {one: worth[one] - before[one] for one in worth}
            assert sorted(keys[one] for one in kept) == sorted(keys.values())[-most:]
            assert least[0] == max((worth[one] for one in worth if one not in kept), default=-1)
            dearer = [one for one, now in zip(claims, price.tolist(), strict=True) if now != before[one]]
            assert sorted(dearer) == sorted(set(dearer) & set(kept))
            assert len(dearer) <= problem.role_seats[role]
            raised += len(dearer)
    assert raised


@pytest.mark.parametrize("seed", SEEDS)
def test_the_named_parts_sum_to_what_the_pair_is_worth(seed: int) -> None:
    problem = tiny(seed)
    index, graph = Index(problem), build(problem)
    arranged = arrange(problem, index, rivals(problem))

    table = parts(problem, arranged, index, graph.volunteer, graph.role, graph.score)
    assert table.tolist() == graph.parts.tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_set_is_the_best_of_all_sets(seed: int) -> None:
    problem = tiny(seed)
    made, person = opened(problem)
    worth = made.value * FINE
    room, rng = scratch(made, worth), np.random.default_rng(seed)
    for _ in range(3):  # later prices begin with what was found before
        price = rng.integers(0, 500 * FINE, made.roles)
        for volunteer, who in enumerate(person):
            own = made.own[made.own_start[volunteer] : made.own_start[volunteer + 1]].tolist()
            forced = [
                (int(one), int(role))
                for one, role in zip(problem.pin_volunteer, problem.pin_role, strict=True)
                if int(one) == who
            ]
            if forced:
                continue
            best = max(
                sum(int(worth[pair] - price[made.role[pair]]) for pair in some)
                for size in range(len(own) + 1)
                for some in itertools.combinations(own, size)
                if together(problem, who, [int(made.role[pair]) for pair in some])
            )
            bound, size = best_set(made, price, volunteer, room)
            chosen = [int(pair) for pair in room.best[:size]]
            assert bound == best
            assert sum(int(worth[pair] - price[made.role[pair]]) for pair in chosen) == best
            assert together(problem, who, [int(made.role[pair]) for pair in chosen])


@pytest.mark.parametrize("seed", SEEDS)
def test_what_has_to_go_for_a_pair_is_the_least_that_makes_room(seed: int) -> None:
    problem = tiny(seed)
    (made, person), rng = opened(problem), np.random.default_rng(seed)
    pinned = set(problem.pin_volunteer.tolist())
    for volunteer, who in enumerate(person):
        own = made.own[made.own_start[volunteer] : made.own_start[volunteer + 1]].tolist()
        held, mine = nothing_held(made), []
        for pair in own:
            if fits(made, held, pair):
                take(made, held, pair)
                mine.append(pair)
        out = np.zeros(2 * len(own) + 2, np.int32)
        worth = rng.integers(1, 100, made.pairs)
        for pair in own if who not in pinned else []:
            if pair in mine:
                continue
            cost, gone = displaced(made, held, worth, pair, out)
            options = [
                sum(int(worth[other]) for other in some)
                for size in range(len(mine) + 1)
                for some in itertools.combinations(mine, size)
                if together(problem, who, [int(made.role[k]) for k in {*mine, pair} - {*some}])
            ]
            assert cost == min(options) == sum(int(worth[other]) for other in out[:gone])
            assert 0 <= least_gone(made, held, worth, pair) <= cost


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wide_search_begins_with_whichever_leaves_the_most_of_those_that_fit(seed: int) -> None:
    problem = tiny(seed)
    made, person = opened(problem)
    worth = made.value * FINE
    room, price = scratch(made, worth), np.random.default_rng(seed).integers(0, 500 * FINE, made.roles)
    for volunteer, who in enumerate(person):
        if who in problem.pin_volunteer:
            continue
        own = made.own[made.own_start[volunteer] : made.own_start[volunteer + 1]].tolist()
        expected: list[int] = []
        while len(expected) < min(FEW, room.most[volunteer]):
            left = [int(worth[pair] - price[made.role[pair]]) for pair in own]
            roles = [int(made.role[pair]) for pair in expected]
            fitting = [
                place
                for place, pair in enumerate(own)
                if left[place] > 0 and together(problem, who, [*roles, int(made.role[pair])])
            ]
            if not fitting:
                break
            expected.append(own[max(fitting, key=lambda place: left[place])])

        _choose(made, price, volunteer, room)

        begin = room.kept_start[volunteer]
        assert made.own[room.kept[begin : begin + room.kept_size[volunteer]]].tolist() == expected


@pytest.mark.parametrize("share", [0.02, 0.1, 0.9])
def test_only_those_are_asked_again_for_whom_a_price_has_changed(share: float) -> None:
    (made, _), rng = opened(middling(5)), np.random.default_rng(int(100 * share))
    worth = made.value * FINE
    room, price = scratch(made, worth), rng.integers(0, 300 * FINE, made.roles)
    of_all(made, price, room)
    assert not room.dirty.any()
    later = np.where(rng.random(made.roles) < share, price + rng.integers(-50, 50, made.roles), price)
    concerned = np.zeros(made.volunteers, np.bool_)
    concerned[made.volunteer[(later != price)[made.role]]] = True
    many = 4 * int((later != price)[made.role].sum()) > made.pairs

    reprice(made, later, room)

    assert room.dirty.tolist() == (concerned | many).tolist()
    total, _, gain = of_all(made, later, room)
    plain = of_all(made, later, scratch(made, worth))
    assert (total, gain.tolist()) == (plain[0], plain[2].tolist())


@pytest.mark.parametrize("seed", range(6))
def test_what_was_known_in_one_market_holds_in_another_for_those_whose_pairs_are_the_same(seed: int) -> None:
    problem, rng = middling(seed), np.random.default_rng(seed)
    index = Index(problem)
    arranged = arrange(problem, index, rivals(problem))
    every = best_of_each(problem, arranged, index, lambda: None)
    gone = (rng.random(len(every.role)) < 0.3) & (every.volunteer % 3 == 0)
    gone |= every.volunteer == every.volunteer[0]  # somebody has no pair at first
    before = openings(problem, without(problem, every, gone), index)
    after = openings(problem, every, index)
    one, other = before.market, after.market
    price = rng.integers(0, 300 * FINE, problem.roles)
    room, later = scratch(one, one.value * FINE), scratch(other, other.value * FINE)
    of_all(one, price, room)

    recollect(Known(room, one.own_start, before.person), Known(later, other.own_start, after.person))

    row = {who: volunteer for volunteer, who in enumerate(before.person.tolist())}
    pairs = np.diff(one.own_start)
    same = [
        who in row and pairs[row[who]] == count
        for who, count in zip(after.person.tolist(), np.diff(other.own_start), strict=True)
    ]
    assert 0 < sum(same) < len(same)
    assert later.dirty.tolist() == [not known for known in same]
    for volunteer, who in enumerate(after.person.tolist()):
        if same[volunteer]:
            assert _recommended(other, later, volunteer) == _recommended(one, room, row[who])
    total, _, gain = of_all(other, price, later)
    plain = of_all(other, price, scratch(other, other.value * FINE))
    assert (total, gain.tolist()) == (plain[0], plain[2].tolist())


def _recommended(made: Market, room: Scratch, volunteer: int) -> list[int]:
    """The roles of somebody's best set."""
    begin = room.kept_start[volunteer]
    return [int(made.role[made.own[place]]) for place in room.kept[begin : begin + room.size[volunteer]]]
