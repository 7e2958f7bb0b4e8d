from datetime import UTC, datetime, timedelta

import pytest

from demo.story.threads import LULL, Thread, play_threads

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def tell(name: str, told: list[tuple[str, datetime]], *moments: datetime) -> Thread:
    for moment in moments:
        told.append((name, (yield moment)))


def test_events_of_all_threads_come_in_the_order_of_time_and_then_of_threads() -> None:
    told: list[tuple[str, datetime]] = []
    first = tell("first", told, NOON, NOON + 3 * MINUTE)
    second = tell("second", told, NOON, NOON + 2 * MINUTE)
    assert play_threads([first, second, tell("none", told)], until=NOON + LULL, in_lull=lambda at: None) == 4
    assert told == [
        ("first", NOON),
        ("second", NOON),
        ("second", NOON + 2 * MINUTE),
        ("first", NOON + 3 * MINUTE),
    ]


def test_a_lull_is_called_out_when_nothing_follows_soon() -> None:
    lulls: list[datetime] = []
    later = NOON + LULL + 2 * MINUTE
    play_threads([tell("one", [], NOON, NOON + MINUTE, later)], until=later, in_lull=lulls.append)
    assert lulls == [NOON + MINUTE, later]


@pytest.mark.parametrize(("moments", "words"), [((NOON, NOON - MINUTE), "forward"), ((NOON + 3 * LULL,), "future")])
def test_no_event_goes_back_and_none_lies_in_the_future(moments: tuple[datetime, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        play_threads([tell("one", [], *moments)], until=NOON + LULL, in_lull=lambda at: None)
