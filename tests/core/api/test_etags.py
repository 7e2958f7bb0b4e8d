"""ETag, If-Match, and how often somebody may change something."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from core.models import User
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_offered_match

Api = Callable[[User | None], APIClient]


def test_what_two_people_may_edit_carries_its_version_as_etag(api: Api, cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)

    for user, path in (
        (cast.alice, f"me/matches/{match.public_id}/"),
        (cast.rita, f"matches/{match.public_id}/"),
        (cast.carol, f"requests/{cast.request.public_id}/"),
        (cast.carol, f"campaigns/{cast.campaign.public_id}/"),
        (cast.alice, "me/profile/"),
    ):
        answer = api(user).get(f"/api/v1/{path}")
        assert answer["ETag"] == f'"{answer.json()["version"]}"', path


def test_a_change_on_a_stale_etag_is_refused_and_on_the_right_one_made(api: Api, cast: Cast, now: datetime) -> None:
    path = f"/api/v1/me/matches/{make_offered_match(cast, now).public_id}/"
    tag = api(cast.alice).get(path)["ETag"]

    for stale in ('"1"', "nonsense", 'W/"x"'):
        answer = api(cast.alice).post(f"{path}accept/", {}, headers={"If-Match": stale})
        assert (answer.status_code, answer.json()["code"]) == (412, "stale"), stale
    assert Match.objects.get().state == MatchState.OFFERED
    accepted = api(cast.alice).post(f"{path}accept/", {}, headers={"If-Match": tag})
    assert (accepted.status_code, accepted["ETag"] != tag) == (200, True)


@pytest.mark.parametrize(
    ("path", "method"), [("requests/{request}/cancel/", "post"), ("campaigns/{campaign}/end/", "post")]
)
def test_every_changing_door_takes_if_match(api: Api, cast: Cast, path: str, method: str) -> None:
    named = path.format(request=cast.request.public_id, campaign=cast.campaign.public_id)

    answer = getattr(api(cast.carol), method)(f"/api/v1/{named}", {}, headers={"If-Match": '"99"'})

    assert answer.status_code == 412


def test_somebody_who_changes_too_much_is_told_how_long_to_wait_and_may_go_on_reading(api: Api, cast: Cast) -> None:
    cache.clear()
    codes = [api(cast.dave).post("/api/v1/me/notices/read/", {}).status_code for _ in range(120)]
    assert set(codes) == {200}

    answer = api(cast.dave).post("/api/v1/me/notices/read/", {})

    assert (answer.status_code, answer.json()["code"], int(answer["Retry-After"]) <= 60) == (429, "throttled", True)
    assert api(cast.dave).get("/api/v1/me/").status_code == 200
    assert api(cast.bob).post("/api/v1/me/notices/read/", {}).status_code == 200
