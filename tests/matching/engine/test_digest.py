import io
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from matching.engine.digest import digest, pack, pack_solution, unpack, unpack_solution
from matching.engine.problem import Solution, array_names
from matching.engine.run import match
from matching.rules.score_parts import PART_NAMES, Scope
from tests.matching.engine.instances import tiny


def test_what_is_packed_comes_back() -> None:
    problem = tiny(8)
    solution, _ = match(problem, clock=lambda: 0.0)

    again, answer = unpack(pack(problem)), unpack_solution(pack_solution(solution))

    assert digest(again) == digest(problem)
    for field in fields(Solution):
        assert np.array_equal(getattr(answer, field.name), getattr(solution, field.name))


def test_whatever_changes_changes_the_digest() -> None:
    problem = tiny(8)
    seen = {digest(problem)}
    for name in array_names():
        array = getattr(problem, name)
        if array.size:
            changed = array.copy()
            changed.flat[0] = ~changed.flat[0] if changed.dtype == np.bool_ else changed.flat[0] ^ changed.dtype.type(1)
            seen.add(digest(replace(problem, **{name: changed})))

    filled = sum(getattr(problem, name).size > 0 for name in array_names())
    assert len(seen) == filled + 1


def test_what_was_packed_before_a_part_was_added_stays_readable() -> None:
    problem = tiny(8)
    solution, _ = match(problem, clock=lambda: 0.0)
    assert len(problem.listed_part)

    again = unpack(without_part(pack(problem), "interest"))
    answer = unpack_solution(without_part(pack_solution(solution), "interest"))

    expected = [0 if name == "interest" else weight for name, weight in zip(PART_NAMES, problem.weights, strict=True)]
    assert again.weights.tolist() == expected
    assert again.listed_role.tolist() == []
    assert np.array_equal(again.request_numbers, problem.request_numbers)
    interest = PART_NAMES.index("interest")
    assert np.array_equal(np.delete(answer.parts, interest, 1), np.delete(solution.parts, interest, 1))
    assert not answer.parts[:, interest].any()
    assert match(again, clock=lambda: 0.0)[0].parts.shape[1] == len(PART_NAMES)


def test_what_was_packed_with_a_part_that_is_no_more_stays_readable() -> None:
    problem = tiny(8)
    packed = with_part(pack(problem), "loyalty", Scope.PAIR)

    again = unpack(packed)

    assert digest(again) == digest(problem)


def without_part(packed: bytes, name: str) -> bytes:
    """The same as if it had been packed before the part existed."""
    with np.load(io.BytesIO(packed)) as arrays:
        held = dict(arrays)
    kept = held["part_names"] != name
    for array in ("weights", "parts"):
        if array in held:
            held[array] = held[array][..., kept]
    for array in [array for array in held if array.startswith("listed_")]:
        held[array] = held[array][:0]
    return packed_again(held | {"part_names": held["part_names"][kept], "part_scopes": held["part_scopes"][kept]})


def with_part(packed: bytes, name: str, scope: Scope) -> bytes:
    """The same with a part more, which one pair has."""
    with np.load(io.BytesIO(packed)) as arrays:
        held = dict(arrays)
    pair_count = int((held["part_scopes"] == scope.value).sum())
    more = {"part_names": name, "part_scopes": scope.value, "weights": 5, "listed_part": pair_count}
    more |= dict.fromkeys(("listed_volunteer", "listed_role", "listed_number"), 0)
    return packed_again(held | {array: np.append(held[array], value) for array, value in more.items()})


def packed_again(arrays: dict[str, Any]) -> bytes:
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)
    return written.getvalue()


@pytest.mark.parametrize("bytes_", [b"", b"nonsense", pack_solution(match(tiny(1), clock=lambda: 0.0)[0])])
def test_other_bytes_are_refused_in_words(bytes_: bytes) -> None:
    with pytest.raises(ValueError, match="not what was packed"):
        unpack(bytes_)
