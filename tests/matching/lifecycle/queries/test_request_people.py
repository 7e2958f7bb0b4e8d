"""Who is counted of the people of a request, and from how many cases on a time is told."""

from datetime import datetime

from matching.lifecycle.queries.request_people import (
    MIN_CASES_FOR_FILL_DAYS,
    FillDays,
    count_known_people,
    find_asked_until,
    find_fill_days,
    summarize_fill_days,
)
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_match


def test_no_time_is_told_of_fewer_than_fifty_cases() -> None:
    assert summarize_fill_days([3] * (MIN_CASES_FOR_FILL_DAYS - 1)) is None
    assert summarize_fill_days([3] * MIN_CASES_FOR_FILL_DAYS) == FillDays(3, 3, 50)
    assert summarize_fill_days(range(101)) == FillDays(25, 75, 101)
    assert summarize_fill_days([0] * 60) == FillDays(1, 1, 60)


def test_a_campaign_counts_people_from_the_offer_on_and_others_count_none(cast: Cast, now: datetime) -> None:
    match = make_match(cast, now, MatchState.OFFERED)
    role = match.seat.role_id
    assert count_known_people(cast.carol, cast.request) == {MatchState.OFFERED: 1}
    assert find_asked_until(cast.carol, cast.request) == {role: match.due_at}
    assert (count_known_people(cast.dave, cast.request), find_asked_until(cast.dave, cast.request)) == ({}, {})
    assert find_fill_days() is None


def test_a_proposal_is_not_counted(cast: Cast, now: datetime) -> None:
    make_match(cast, now, MatchState.PROPOSED)
    assert count_known_people(cast.carol, cast.request) == {}
