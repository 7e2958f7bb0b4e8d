"""What is read of a body, and what is refused before anybody reads it."""

import json
from typing import Any

import pytest
from django.test import Client

from core.api.strict_json import (
    MAX_BODY_VALUES,
    MAX_MEMBERS,
    MAX_NESTING_DEPTH,
    MAX_SAFE_INTEGER,
    UnreadableBody,
    parse_strict_json,
)


def nested(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"a": [1, 2.5, "é", None, True]},
        [],
        "text",
        MAX_SAFE_INTEGER,
        -MAX_SAFE_INTEGER,
        ["x"] * MAX_MEMBERS,
        {"a": "\U0001f64b"},
        {"a": ["", " ", "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0936\u094d\u200d"]},
    ],
)
def test_ordinary_json_is_read_as_it_is(said: Any) -> None:
    assert parse_strict_json(json.dumps(said).encode()) == said


def test_what_is_as_deep_as_we_take_is_read() -> None:
    assert parse_strict_json(nested(MAX_NESTING_DEPTH)) is not None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"{", "not JSON: look at line 1, column 2"),
        (b"\xff", "not UTF-8"),
        (b'{"a": 1, "b": 2, "a": 3}', "“a” is given twice"),
        (b'{"a": {"b": 1, "b": 1}}', "“b” is given twice"),
        (b'{"a": NaN}', "NaN is no number"),
        (b"[-Infinity]", "-Infinity is no number"),
        (b"[1e999]", "A number is too large"),
        (b"[%d]" % (MAX_SAFE_INTEGER + 1), "A number is too large"),
        (b"[%d]" % (-MAX_SAFE_INTEGER - 1), "A number is too large"),
        (b"[" + b"9" * 200_000 + b"]", "A number is too large"),
        (nested(MAX_NESTING_DEPTH + 1), "nested deeper than"),
        (nested(100_000), "nested deeper than"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested deeper than"),
        (json.dumps([0] * (MAX_MEMBERS + 1)).encode(), "members. Send less at once"),
        (json.dumps({str(n): n for n in range(MAX_MEMBERS + 1)}).encode(), "members. Send less at once"),
        (json.dumps([[0] * MAX_MEMBERS] * (MAX_BODY_VALUES // MAX_MEMBERS)).encode(), "values. Send less at once"),
        (b'{"a": "b\\u0000c"}', "U+0000"),
        (b'{"b\\u0000c": 1}', "U+0000"),
        (b'{"a": "b\\u0085c"}', "U+0085"),
        ('{"a": "Ann\u202enn"}'.encode(), "U+202E"),
        ('{"a": "Ann\u061cnn"}'.encode(), "U+061C"),
        ('{"a": ["Ann\u2066"]}'.encode(), "U+2066"),
        *(
            (f'{{"a": "Ann{chr(point)}"}}'.encode(), f"U+{point:04X}")
            for point in (0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF)
        ),
        (b'["\\ud800"]', "half of a surrogate pair"),
        (json.dumps({"a": "Ann\U000e0041"}).encode(), "U+E0041"),
        *(
            (json.dumps({"a": text}).encode(), "show nothing")
            for text in (
                "\u200b",
                " \u200d\u2060 ",
                "\u3164",
                "\u115f\u1160",
                "\ufeff",
                "\u180e",
                "\u0301",
                "\u2800",
            )
        ),
    ],
)
def test_what_is_ambiguous_or_too_much_is_refused_with_its_reason(body: bytes, told: str) -> None:
    with pytest.raises(UnreadableBody) as refused:
        parse_strict_json(body)
    assert told in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["null", "[]", '"a"', "1", "true", "[{}]"])
@pytest.mark.parametrize("path", ["auth/login", "auth/signup", "auth/password/request", "auth/code/request"])
@pytest.mark.parametrize("kind", ["app", "browser"])
def test_a_body_that_is_no_object_is_a_problem_at_allauths_endpoints(kind: str, path: str, body: str) -> None:
    answer = Client().post(f"/api/v1/auth/{kind}/v1/{path}", body, "application/json")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["detail"] == "The body is no object. Send its fields in braces."
