from __future__ import annotations

import itertools
from dataclasses import fields, replace
from pathlib import Path

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.bare import LARGEST, Answer, Instance, read_arrays, read_gap, solve

EVERYTHING = [field.name for field in fields(Instance) if field.name != "every"]


def drawn(seed: int, volunteers: int, roles: int, *, density: float = 0.5, every: bool = False) -> Instance:
    rng = np.random.default_rng(seed)
    volunteer, role = np.nonzero(rng.random((volunteers, roles)) < (1.0 if every else density))
    return Instance(
        edge_volunteer=volunteer,
        edge_role=role,
        edge_value=rng.integers(0, 100, len(role)),
        edge_hours=rng.integers(0, 9, len(role)),
        volunteer_hours=rng.integers(0, 21, volunteers),
        volunteer_projects=rng.integers(0, 4, volunteers),
        role_seats=rng.integers(0, 3, roles),
        role_request=rng.integers(-1, max(1, roles // 2), roles),
        every=every,
    )


def complaints(instance: Instance, answer: Answer) -> list[str]:
    """What is wrong with an answer, by plain loops."""
    told, edges = [], answer.edges.tolist()
    if len(set(edges)) < len(edges):
        told.append("an edge twice")
    for role in range(len(instance.role_seats)):
        if sum(instance.edge_role[edge] == role for edge in edges) > instance.role_seats[role]:
            told.append(f"role {role} is too full")
    for volunteer in range(len(instance.volunteer_hours)):
        mine = [edge for edge in edges if instance.edge_volunteer[edge] == volunteer]
        requests = [int(instance.role_request[instance.edge_role[edge]]) for edge in mine]
        named = [request for request in requests if request >= 0]
        if sum(int(instance.edge_hours[edge]) for edge in mine) > instance.volunteer_hours[volunteer]:
            told.append(f"volunteer {volunteer} has no such hours")
        if len(mine) > instance.volunteer_projects[volunteer] or len(set(named)) < len(named):
            told.append(f"volunteer {volunteer} does too much")
    if sum(int(instance.edge_value[edge]) for edge in edges) != answer.value:
        told.append("the value is wrong")
    return told


def proven(instance: Instance, answer: Answer) -> int:
    """The bound that the answer's prices prove, by trying every set of every volunteer."""
    price = answer.role_price
    total = int((price * instance.role_seats).sum())
    for volunteer in range(len(instance.volunteer_hours)):
        own = instance.edge_volunteer == volunteer
        mine = np.flatnonzero(own & (instance.role_seats[instance.edge_role] > 0)).tolist()
        total += max(
            sum(64 * int(instance.edge_value[edge]) - int(price[instance.edge_role[edge]]) for edge in some)
            for size in range(len(mine) + 1)
            for some in itertools.combinations(mine, size)
            if not complaints(replace(instance, role_seats=instance.role_seats * 0 + 9), chosen(instance, some))
        )
    return total // 64


def chosen(instance: Instance, edges: tuple[int, ...]) -> Answer:
    rows = np.array(edges, np.int64)
    value = int(instance.edge_value[rows].sum())
    none = np.zeros(len(instance.role_seats), np.int64)
    return Answer(edges=rows, value=value, bound=0, filled=len(rows), feasible=True, cut=False, role_price=none)


def optimum(instance: Instance) -> int | None:
    """By HiGHS; None when every role cannot be filled."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.setOptionValue("mip_rel_gap", 0.0)
    take = [solver.addBinary(obj=float(value)) for value in instance.edge_value]
    rows: dict[tuple[str, int, int], tuple[int, list[tuple[int, int]]]] = {}
    for edge in range(len(take)):
        volunteer, role = int(instance.edge_volunteer[edge]), int(instance.edge_role[edge])
        request, hours = int(instance.role_request[role]), int(instance.edge_hours[edge])
        limits = [
            (("seats", role, 0), int(instance.role_seats[role]), 1),
            (("hours", volunteer, 0), int(instance.volunteer_hours[volunteer]), hours),
            (("projects", volunteer, 0), int(instance.volunteer_projects[volunteer]), 1),
        ]
        if request >= 0:
            limits.append((("request", volunteer, request), 1, 1))
        for key, limit, need in limits:
            rows.setdefault(key, (limit, []))[1].append((edge, need))
    for (kind, _, _), (limit, entries) in rows.items():
        used = sum((need * take[edge] for edge, need in entries), start=0 * take[0])
        solver.addConstr(used == limit if kind == "seats" and instance.every else used <= limit)
    solver.maximize()
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return round(solver.getObjectiveValue())


def answered(instance: Instance) -> Answer:
    return solve(instance, stop=lambda: False)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 5), st.integers(1, 6))
def test_small_answers_keep_every_limit_and_their_prices_prove_the_bound(
    seed: int, volunteers: int, roles: int
) -> None:
    instance = drawn(seed, volunteers, roles)
    answer = answered(instance)

    assert complaints(instance, answer) == []
    assert proven(instance, answer) == answer.bound
    assert answer.value <= answer.bound


def test_small_answers_are_nearly_always_the_best_there_is() -> None:
    exact = 0
    for seed in range(60):
        instance = drawn(seed, 5, 6)
        answer, best = answered(instance), optimum(instance) if len(instance.edge_role) else 0
        assert best is not None
        assert answer.value <= best <= answer.bound
        exact += answer.value == best
    assert exact >= 57


@pytest.mark.parametrize("seed", range(4))
def test_middling_answers_come_within_a_thousandth_of_the_optimum(seed: int) -> None:
    instance = drawn(seed, 60, 40, density=0.15)
    answer, best = answered(instance), optimum(instance)

    assert best is not None
    assert complaints(instance, answer) == []
    assert 0.998 * best <= answer.value <= best <= answer.bound <= 1.01 * best


@pytest.mark.parametrize("seed", range(6))
def test_every_job_is_assigned_or_the_answer_says_that_it_is_not(seed: int) -> None:
    drawn_one = drawn(seed, 4, 12, every=True)
    none = np.full(12, -1)
    instance = replace(
        drawn_one,
        role_seats=np.ones(12, np.int64),
        role_request=none,
        volunteer_projects=np.full(4, 12),
        volunteer_hours=np.full(4, 8 + 2 * seed),
    )
    answer, best = answered(instance), optimum(instance)

    assert answer.feasible == (best is not None)
    if best is not None:
        assert complaints(instance, answer) == []
        assert 0.99 * best <= answer.value <= best <= answer.bound


def test_the_order_of_the_edges_changes_neither_value_nor_bound() -> None:
    instance = drawn(3, 40, 30, density=0.3)
    order = np.random.default_rng(1).permutation(len(instance.edge_role))
    names = ("edge_volunteer", "edge_role", "edge_value", "edge_hours")
    shuffled = replace(instance, **{name: getattr(instance, name)[order] for name in names})

    first, second = answered(instance), answered(shuffled)
    assert (first.value, first.bound) == (second.value, second.bound)
    assert answered(instance).edges.tolist() == first.edges.tolist()


def test_values_at_the_edge_of_what_fits_are_added_up_right() -> None:
    instance = drawn(5, 6, 6)
    large = replace(instance, edge_value=instance.edge_value * (LARGEST // 100_000))

    answer = answered(large)
    assert complaints(large, answer) == []
    assert answer.value <= answer.bound


def test_nothing_to_assign_is_no_trouble() -> None:
    whole = drawn(1, 3, 3)
    empty = np.empty(0, np.int64)
    names = ("edge_volunteer", "edge_role", "edge_value", "edge_hours")
    cases = [
        replace(whole, **dict.fromkeys(names, empty)),  # type: ignore[arg-type]
        replace(whole, role_seats=whole.role_seats * 0),
        replace(whole, volunteer_projects=whole.volunteer_projects * 0),
        replace(whole, edge_value=-whole.edge_value),
        Instance(**dict.fromkeys(EVERYTHING, empty)),  # type: ignore[arg-type]
    ]
    for instance in cases:
        answer = answered(instance)
        assert (answer.value, answer.filled, answer.bound) == (0, 0, 0)


def test_a_search_without_time_still_answers_and_says_that_it_was_cut() -> None:
    instance = drawn(2, 40, 30, density=0.3)
    answer = solve(instance, stop=lambda: True)

    assert answer.cut
    assert complaints(instance, answer) == []
    assert answer.value <= answer.bound


def test_whoever_watches_hears_how_the_answer_comes_near_to_the_bound() -> None:
    instance = drawn(5, 60, 40)
    heard: list[tuple[int, int]] = []
    answer = solve(instance, stop=lambda: False, watch=lambda value, bound: heard.append((value, bound)))

    assert len(heard) > 3
    assert max(value for value, _ in heard) <= answer.value
    assert min(bound for _, bound in heard) == answer.bound
    assert heard[0][1] >= heard[-1][1]


def write(path: Path, instance: Instance, **changed: object) -> Path:
    arrays = {name: value for name, value in vars(instance).items() if name != "every"} | changed
    np.savez(path, **{name: value for name, value in arrays.items() if value is not None})
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    instance = drawn(4, 5, 5)
    read = read_arrays(write(tmp_path / "one.npz", instance))

    assert all(np.array_equal(getattr(read, name), value) for name, value in vars(instance).items())


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"edge_hours": None}, "lacks the array edge_hours"),
        ({"edge_value": np.ones(2)}, "whole numbers"),
        ({"edge_value": np.array([1])}, "differ in length"),
        ({"edge_role": np.array([0, 7])}, "names a row that does not exist"),
        ({"edge_hours": np.array([0, -1])}, "must lie between"),
        ({"role_request": np.array([-2])}, "must be -1"),
        ({"edge_value": np.array([1, 2**62])}, "too large"),
        ({"edge_value": np.array([1, LARGEST // 3])}, "too large to add up"),
    ],
)
def test_a_broken_instance_is_refused_in_one_sentence(tmp_path: Path, changed: dict[str, object], word: str) -> None:
    one = np.array([1])
    two = np.array([0, 0])
    instance = Instance(
        edge_volunteer=two,
        edge_role=two,
        edge_value=two,
        edge_hours=two,
        volunteer_hours=one,
        volunteer_projects=one,
        role_seats=one,
        role_request=one,
    )
    with pytest.raises(ValueError, match=word):
        read_arrays(write(tmp_path / "broken.npz", instance, **changed))


@pytest.mark.parametrize("text", ["", "nonsense", "2 2 1 2 3", "0 0", "1 1 1 1 99999999999999999999999"])
def test_a_broken_file_of_the_library_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gap.txt"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"^\S+ .*\.$"):
        read_gap(path)
    for reader in (read_gap, read_arrays):
        with pytest.raises(ValueError, match="There is no file"):
            reader(tmp_path / "missing")
    with pytest.raises(ValueError, match="cannot be read"):
        read_arrays(path)


def test_a_file_of_the_library_is_read_agent_by_agent(tmp_path: Path) -> None:
    path = tmp_path / "gap.txt"
    path.write_text("2 3\n 9 5 1\n 4 8 7\n 2 2 2\n 3 3 3\n 4 6\n")
    answer = answered(read_gap(path))

    assert (answer.value, answer.feasible) == (9 + 8 + 7, True)
