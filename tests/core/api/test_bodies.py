"""What is read of a body, and what is refused before anybody reads it."""

import json
from typing import Any

import pytest

from core.api.bodies import DEEPEST, LARGEST, MOST_VALUES, WIDEST, Unreadable, read


def nested(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


@pytest.mark.parametrize(
    "said",
    [{}, {"a": [1, 2.5, "é", None, True]}, [], "text", LARGEST, -LARGEST, ["x"] * WIDEST, {"a": "\U0001f64b"}],
)
def test_ordinary_json_is_read_as_it_is(said: Any) -> None:
    assert read(json.dumps(said).encode()) == said


def test_what_is_as_deep_as_we_take_is_read() -> None:
    assert read(nested(DEEPEST)) is not None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"{", "not JSON: line 1, column 2"),
        (b"\xff", "not UTF-8"),
        (b'{"a": 1, "b": 2, "a": 3}', "“a” is given twice"),
        (b'{"a": {"b": 1, "b": 1}}', "“b” is given twice"),
        (b'{"a": NaN}', "NaN is no number"),
        (b"[-Infinity]", "-Infinity is no number"),
        (b"[1e999]", "A number is too large"),
        (b"[%d]" % (LARGEST + 1), "A number is too large"),
        (b"[%d]" % (-LARGEST - 1), "A number is too large"),
        (b"[" + b"9" * 200_000 + b"]", "A number is too large"),
        (nested(DEEPEST + 1), "deeper than we take"),
        (nested(100_000), "deeper than we take"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "deeper than we take"),
        (json.dumps([0] * (WIDEST + 1)).encode(), "more members than we take"),
        (json.dumps({str(n): n for n in range(WIDEST + 1)}).encode(), "more members than we take"),
        (json.dumps([[0] * WIDEST] * (MOST_VALUES // WIDEST)).encode(), "more values than we take"),
        (b'{"a": "b\\u0000c"}', "NUL"),
        (b'{"b\\u0000c": 1}', "NUL"),
        (b'["\\ud800"]', "half of a surrogate pair"),
    ],
)
def test_what_is_ambiguous_or_too_much_is_refused_with_its_reason(body: bytes, told: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(body)
    assert told in str(refused.value)
