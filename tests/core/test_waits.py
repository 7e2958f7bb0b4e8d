"""How long a caller has to wait, in words."""

import pytest

from core.waits import explain_too_many_requests


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a second"),
        (59, "59 seconds"),
        (60, "a minute"),
        (61, "2 minutes"),
        (3_570, "an hour"),
        (7_200, "2 hours"),
        (7_201, "3 hours"),
        (86_400, "a day"),
    ],
)
def test_a_refusal_says_how_long_to_wait_and_rounds_up(seconds: int, words: str) -> None:
    assert explain_too_many_requests(seconds) == f"Too many requests. Try again in {words}."
