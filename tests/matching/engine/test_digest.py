from dataclasses import fields, replace

import numpy as np
import pytest

from matching.engine.digest import digest, pack, pack_solution, unpack, unpack_solution
from matching.engine.problem import Solution, array_names
from matching.engine.run import match
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


@pytest.mark.parametrize("bytes_", [b"", b"nonsense", pack_solution(match(tiny(1), clock=lambda: 0.0)[0])])
def test_other_bytes_are_refused_in_words(bytes_: bytes) -> None:
    with pytest.raises(ValueError, match="not what was packed"):
        unpack(bytes_)
