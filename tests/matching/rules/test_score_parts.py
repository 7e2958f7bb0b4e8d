import ast
from pathlib import Path

import pytest

from matching.rules import score_parts
from matching.rules.score_parts import PARTS, Scope, ScorePart, list_parts

WORDS = {"weight_help", "label", "reason", "sentence"}


def test_no_two_parts_share_a_name_or_a_weight() -> None:
    assert len({part.name for part in PARTS}) == len(PARTS)
    assert len({part.weight_field for part in PARTS}) == len(PARTS)


@pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
def test_a_part_can_be_earned_and_is_told_to_both_sides_or_to_none(part: ScorePart) -> None:
    assert part.cap > 0
    assert 0 < part.default_weight <= 1000
    assert (part.reason is None) == (part.sentence is None)


def test_every_part_has_a_scope_and_parts_of_a_scope_keep_their_order() -> None:
    by_scope = [part for scope in Scope for part in list_parts(scope)]

    assert sorted(by_scope, key=PARTS.index) == [*PARTS]
    assert [part.name for part in list_parts(Scope.REQUEST)] == ["priority", "election", "waiting"]
    assert [part.name for part in list_parts(Scope.PAIR)] == ["interest"]


def test_all_words_are_marked_for_translators() -> None:
    """By a call of `gettext_noop`, which `makemessages` looks for."""
    calls = [node for node in ast.walk(ast.parse(Path(score_parts.__file__).read_text())) if isinstance(node, ast.Call)]
    words = [
        keyword.value
        for call in calls
        if ast.unparse(call.func) == "ScorePart"
        for keyword in call.keywords
        if keyword.arg in WORDS
    ]

    assert [ast.unparse(word) for word in words if not ast.unparse(word).startswith("gettext_noop(")] == []
    assert len(words) == sum(getattr(part, name) is not None for part in PARTS for name in WORDS)
