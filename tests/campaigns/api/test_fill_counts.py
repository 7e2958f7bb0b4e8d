"""How far requests and roles are filled: for a whole list at once, and with proposals for reviewers only."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from campaigns.draft_rules import RoleDraft
from campaigns.models import Request
from core.models import User
from matching.rules.states import MatchState
from tests.cast import FRONT_END_ROLE, Cast, create_user, create_volunteer, publish_new_request
from tests.match_factory import create_match

Api = Callable[[User | None], APIClient]

COUNTS = ("seat_count", "filled_count", "offered_count", "empty_count", "in_review_count")


def publish_staged(cast: Cast, now: datetime, *states: MatchState) -> Request:
    """Publish a request with one front end seat more than there are `states`, and a match in each of these."""
    role = RoleDraft(name="Front end", skill="front-end", hours_per_week=4, seat_count=len(states) + 1)
    request = publish_new_request(cast.carol, cast.campaign, now, title="Staged", roles=[role])
    for number, state in enumerate(states):
        volunteer = create_volunteer(create_user(f"{state}{number}"), now)
        create_match(state, volunteer=volunteer, seat=request.roles.get().seats.get(number=number + 1), at=now)
    return request


def counts_of(row: dict[str, Any]) -> list[int | None]:
    return [row[name] for name in COUNTS]


def test_a_campaign_sees_how_far_it_is_filled_and_no_proposals(api: Api, cast: Cast, now: datetime) -> None:
    states = (MatchState.ACTIVE, MatchState.COMPLETED, MatchState.OFFERED, MatchState.PROPOSED, MatchState.DECLINED)
    request = publish_staged(cast, now, *states)
    address = f"/api/v1/requests/{request.public_id}"

    for user, in_review in ((cast.carol, None), (cast.rita, 1)):
        shown = api(user).get(address).json()
        role = api(user).get(f"/api/v1/roles/{shown['roles'][0]['id']}").json()

        assert counts_of(shown) == counts_of(shown["roles"][0]) == counts_of(role) == [6, 2, 1, 3, in_review]


def test_a_reviewer_who_acts_for_the_campaign_is_told_no_proposals(api: Api, cast: Cast, now: datetime) -> None:
    request = publish_staged(cast, now, MatchState.PROPOSED)
    User.objects.filter(pk=cast.carol.pk).update(is_staff=True)

    shown = api(User.objects.get(pk=cast.carol.pk)).get(f"/api/v1/requests/{request.public_id}").json()

    assert counts_of(shown) == [2, 0, 0, 2, None]


def test_a_closed_seat_counts_nowhere(api: Api, cast: Cast, now: datetime) -> None:
    request = publish_staged(cast, now, MatchState.ACTIVE)
    request.roles.get().seats.update(closed_at=now)

    assert counts_of(api(cast.carol).get(f"/api/v1/requests/{request.public_id}").json()) == [0, 0, 0, 0, None]


def test_a_list_is_counted_at_once(
    api: Api, cast: Cast, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        for user, statements in ((cast.carol, 6), (cast.rita, 8)):
            client = api(user)
            with django_assert_num_queries(statements):
                rows = client.get("/api/v1/requests").json()["results"]
            assert len(rows) == number + 1
        publish_new_request(cast.carol, cast.campaign, now, title=f"Site {number}", roles=[FRONT_END_ROLE])
