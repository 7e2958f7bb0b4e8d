"""What a person is told whose action does not fit the state of a match."""

import pytest

from matching.rules.states import MatchState
from matching.rules.transitions import explain_late_action


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (MatchState.OFFERED, "confirm"),
        (MatchState.OFFERED, "withdraw"),
        (MatchState.ACCEPTED, "finish"),
        (MatchState.ACCEPTED, "complete"),
        (MatchState.ACTIVE, "complete"),
    ],
)
def test_what_comes_too_early_is_not_possible_yet(state: MatchState, action: str) -> None:
    assert explain_late_action(state, action).startswith("This is not possible yet: it says")


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (MatchState.ACCEPTED, "accept"),
        (MatchState.ACTIVE, "decline"),
        (MatchState.ACTIVE, "confirm"),
        (MatchState.CLOSING, "finish"),
        (MatchState.COMPLETED, "complete"),
        (MatchState.WITHDRAWN, "withdraw"),
    ],
)
def test_what_comes_too_late_is_no_longer_possible(state: MatchState, action: str) -> None:
    assert explain_late_action(state, action).startswith("This is no longer possible: by now it says")
