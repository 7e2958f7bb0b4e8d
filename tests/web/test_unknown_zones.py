"""A row with an unknown time zone that came past the checks breaks nothing of other people."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.cache import caches
from rest_framework.test import APIClient

from campaigns.models import Request
from core.models import User
from matching.rules.states import MatchState
from tests.access.api_crawler import list_questions
from tests.cast import Cast
from tests.match_factory import make_match
from tests.web.every_page import ShownPages, break_zones

Api = Callable[[User | None], APIClient]


GONE_WITH_ITS_ZONE = {
    "open-role": 404,
    **dict.fromkeys([f"volunteer-role{state}" for state in ("", "-all-asked", "-asked", "-paused", "-unfit")], 404),
    "campaign-role-checked": 400,
}
"""No request with an unknown zone is on the board, and nobody is counted for one."""


def test_every_page_in_every_state_is_shown(shown_pages: ShownPages) -> None:
    found = shown_pages.statuses_without_zones

    assert found == {
        page.name: GONE_WITH_ITS_ZONE.get(page.name, page.status) for page in shown_pages.english if page.name in found
    }
    assert len(found) > 180


@pytest.mark.parametrize("state", [MatchState.PROPOSED, MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE])
def test_all_that_can_be_read_is_read(api: Api, cast: Cast, now: datetime, state: MatchState) -> None:
    match = make_match(cast, now, state)
    named = {
        "/api/v1/me/matches/": str(match.public_id),
        "/api/v1/matches/": str(match.public_id),
        "/api/v1/placements/": str(match.public_id),
        "/api/v1/requests/": str(match.request.public_id),
        "/api/v1/campaigns/": str(cast.campaign.public_id),
        "/api/v1/volunteers/": str(match.volunteer.public_id),
    }
    break_zones()
    for user in (cast.alice, cast.bob, cast.carol, cast.rita):
        client = api(user)
        client.raise_request_exception = False
        for address in list_questions(named, [], thorough=False):
            caches["here"].clear()
            assert client.get(address).status_code < 500, address


@pytest.mark.parametrize("state", [MatchState.PROPOSED, MatchState.OFFERED, MatchState.ACCEPTED])
def test_a_volunteer_stops_no_change_of_a_request(api: Api, cast: Cast, now: datetime, state: MatchState) -> None:
    match = make_match(cast, now, state)
    break_zones()
    Request.objects.update(time_zone="America/New_York")
    client = api(cast.carol)
    address = f"/api/v1/requests/{match.request.public_id}"

    version = client.get(address).json()["version"]
    ends_on = Request.objects.get(pk=match.request_id).ends_on
    changed = client.patch(address, {"ends_on": str(date.fromordinal(ends_on.toordinal() - 1)), "version": version})

    assert changed.status_code == 200, changed.content
