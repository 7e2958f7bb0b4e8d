import re
from pathlib import Path

from matching.rules.states import MatchState
from matching.rules.transitions import TRANSITIONS

FLOW = Path(__file__).resolve().parents[2] / "docs" / "flow.md"


def test_the_diagram_is_the_table_of_moves() -> None:
    drawn = set(re.findall(r"^ {4}(\w+) --> (\w+): (\w+) \((\w+)\)$", FLOW.read_text(), re.M))

    assert drawn == {(move.source.value, move.target.value, move.action, move.actor_kind.value) for move in TRANSITIONS}


def test_every_move_starts_and_ends_in_a_state_and_is_there_once() -> None:
    keys = [(move.source, move.action, move.actor_kind) for move in TRANSITIONS]

    assert len(set(keys)) == len(keys)
    assert {move.source for move in TRANSITIONS} | {move.target for move in TRANSITIONS} <= set(MatchState)
