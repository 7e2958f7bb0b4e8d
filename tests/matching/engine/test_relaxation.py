"""The divisible question: its steps against a plain twin, its bound against HiGHS."""

from __future__ import annotations

import highspy
import numpy as np
import pytest
from numpy.typing import NDArray

from matching.engine.descent import Descent
from matching.engine.kernels.steps import Limits, walk
from matching.engine.market import Market
from matching.engine.problem import FINE
from matching.engine.relaxation import Programme, of_seats
from tests.matching.engine.instances import middling, tiny
from tests.matching.engine.test_kernels import opened

Real = NDArray[np.float64]


def matrix(made: Market) -> tuple[Real, Real]:
    """Every limit of the market as a row, and how much of it there is, in the order of `Limits`."""
    rows: dict[tuple[str, int, int], dict[int, float]] = {}
    for role in range(made.roles):
        rows["seat", role, 0] = {}
    for name in ("hours", "project"):
        for segment in range(len(made.hours_left)):
            rows[name, segment, 0] = {}
    for pair in range(made.pairs):
        role, request = int(made.role[pair]), int(made.request[made.role[pair]])
        rows["seat", role, 0][pair] = 1.0
        for segment in range(int(made.first[pair]), int(made.last[pair]) + 1):
            rows["hours", segment, 0][pair] = float(made.hours[pair])
            rows["project", segment, 0][pair] = 1.0
    singles: dict[tuple[int, int], dict[int, float]] = {}
    for pair in range(made.pairs):
        request = int(made.request[made.role[pair]])
        singles.setdefault((int(made.volunteer[pair]), request), {})[pair] = 1.0
    for (volunteer, request), row in sorted(singles.items()):
        if request >= 0 and len(row) > 1:
            rows["single", volunteer, request] = row
    table = np.zeros((len(rows), made.pairs))
    for at, row in enumerate(rows.values()):
        for pair, value in row.items():
            table[at, pair] = value
    limit = np.concatenate((made.seats, made.hours_left, made.projects_left, np.ones(len(rows))))[: len(rows)]
    return table, limit.astype(np.float64)


def flat(limits: Limits) -> Real:
    """All numbers in one row, without the limit that limits nothing."""
    return np.concatenate((limits.seat, limits.hours, limits.project, limits.single[:-1]))


def by_highs(score: Real, table: Real, limit: Real) -> float:
    """The programme's optimum."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    share = [solver.addVariable(lb=0.0, ub=1.0, obj=float(each)) for each in score]
    for row, most in zip(table, limit, strict=True):
        solver.addConstr(sum((row[at] * share[at] for at in np.flatnonzero(row)), start=0.0 * share[0]) <= float(most))
    solver.maximize()
    return float(solver.getObjectiveValue())


@pytest.mark.parametrize("seed", range(20))
def test_steps_are_those_of_the_method_written_with_a_matrix(seed: int) -> None:
    made, _ = opened(tiny(seed))
    programme = Programme(made)
    table, limit = matrix(made)
    assert flat(programme.limit).tolist() == limit.tolist()
    ahead = 1 / np.maximum(table.sum(axis=0), 1e-9)
    dearer = 1 / np.maximum(table.sum(axis=1), 1e-9)
    rng = np.random.default_rng(seed)
    share = rng.random(made.pairs)
    price = Limits(*(100 * rng.random(len(each)) for each in programme.limit))
    price.single[-1] = 0.0
    twin_share, twin_price = share.copy(), flat(price)
    sum_share, sum_price = np.zeros_like(twin_share), np.zeros_like(twin_price)
    for _ in range(30):
        new = np.clip(twin_share + ahead * (made.value - table.T @ twin_price), 0, 1)
        twin_price = np.maximum(0, twin_price + dearer * (table @ (2 * new - twin_share) - limit))
        twin_share = new
        sum_share += twin_share
        sum_price += twin_price

    shares, prices = walk(programme.choices, programme.limit, programme.dearer, 30, share, price)

    assert np.allclose(share, twin_share)
    assert np.allclose(flat(price), twin_price)
    assert np.allclose(shares, sum_share)
    assert np.allclose(flat(prices), sum_price)


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_is_the_programmes_optimum_to_some_digits(seed: int) -> None:
    made, _ = opened(middling(seed))
    programme = Programme(made)
    table, limit = matrix(made)
    best = by_highs(made.value.astype(np.float64), table, limit)

    share, price = programme.solve()

    assert best - 1e-6 <= programme.bound(price) <= best * (1 + 2e-3)
    assert (share >= 0).all()
    assert (share <= 1).all()


@pytest.mark.parametrize("seed", range(20))
def test_prices_of_peoples_own_limits_bound_every_set_of_theirs(seed: int) -> None:
    made, _ = opened(tiny(seed))
    programme = Programme(made)
    _, price = programme.solve(steps=200)
    seats = of_seats(price)
    plain, _ = Descent(made).gains(seats)

    capped = Descent(made)
    capped.cap(*programme.of_people(price))

    assert capped.gains(seats)[0] == plain  # what is exact cannot be lowered by a bound that holds
    assert plain <= (programme.bound(price) + 1) * FINE
