"""ETag, If-Match, and how often somebody may change something."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from campaigns.models import Seat
from core.models import Skill, User
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_offered_match

Api = Callable[[User | None], APIClient]


def test_what_two_people_may_edit_carries_its_version_as_etag(api: Api, cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)

    for user, path in (
        (cast.alice, f"me/matches/{match.public_id}"),
        (cast.rita, f"matches/{match.public_id}"),
        (cast.carol, f"requests/{cast.request.public_id}"),
        (cast.carol, f"campaigns/{cast.campaign.public_id}"),
        (cast.alice, "me/profile"),
    ):
        answer = api(user).get(f"/api/v1/{path}")
        assert re.fullmatch(f'"{answer.json()["version"]}-[0-9a-f]{{16}}"', answer["ETag"]), path
        again = api(user).get(f"/api/v1/{path}", headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"]), path

    assert "ETag" not in api(cast.rita).get("/api/v1/matches")


def test_an_etag_changes_with_what_is_told_and_a_change_is_still_taken(api: Api, cast: Cast) -> None:
    role = cast.request.roles.get()
    path = f"/api/v1/roles/{role.public_id}"
    read = api(cast.carol).get(path)
    Seat.objects.create(role=role, number=9)

    now_read = api(cast.carol).get(path, headers={"If-None-Match": read["ETag"]})

    assert (now_read.status_code, now_read.json()["version"]) == (200, read.json()["version"])
    assert now_read["ETag"] != read["ETag"]
    changed = api(cast.carol).patch(path, {"name": "Web"}, headers={"If-Match": read["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("made", ['"{0}"', 'W/"{0}"', 'W/"{0}-0123456789abcdef"'])
def test_an_etag_that_a_proxy_made_weak_names_its_version(api: Api, cast: Cast, made: str) -> None:
    path = f"/api/v1/requests/{cast.request.public_id}"
    version = api(cast.carol).get(path).json()["version"]

    changed = api(cast.carol).patch(path, {"priority": 4}, headers={"If-Match": made.format(version)})
    again = api(cast.carol).patch(path, {"priority": 5}, headers={"If-Match": made.format(version)})

    assert (changed.status_code, again.status_code) == (200, 412)


@pytest.mark.parametrize("path", ["me", "vocabulary"])
def test_a_read_ignores_if_match(api: Api, cast: Cast, path: str) -> None:
    read = api(cast.carol).get(f"/api/v1/{path}", headers={"If-Match": '"1"'})
    assert read.status_code == 200
    assert read.json()


def test_reference_data_is_cached_compressed_and_not_repeated(api: Api, cast: Cast) -> None:
    for path, user, kept_by in (
        ("skills", None, "public"),
        ("vocabulary", None, "public"),
        ("playbooks", cast.dave, "private"),
    ):
        packed = api(user).get(f"/api/v1/{path}", headers={"Accept-Encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip", path
        assert set(packed["Cache-Control"].split(", ")) == {kept_by, "max-age=300"}, path
        again = api(user).get(f"/api/v1/{path}", headers={"If-None-Match": packed["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path

    Skill.objects.filter(code="front-end").update(name="Front ends")
    assert api(None).get("/api/v1/skills", headers={"If-None-Match": packed["ETag"]}).status_code == 200


def test_a_change_on_a_stale_etag_is_refused_and_on_the_right_one_made(api: Api, cast: Cast, now: datetime) -> None:
    path = f"/api/v1/me/matches/{make_offered_match(cast, now).public_id}"
    tag = api(cast.alice).get(path)["ETag"]

    stale = api(cast.alice).post(f"{path}/accept", {}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    for wrong in ("nonsense", 'W/"x"'):
        answer = api(cast.alice).post(f"{path}/accept", {}, headers={"If-Match": wrong})
        assert (answer.status_code, [*answer.json()["errors"]]) == (400, ["If-Match"]), wrong
    assert Match.objects.get().state == MatchState.OFFERED
    accepted = api(cast.alice).post(f"{path}/accept", {}, headers={"If-Match": tag})
    assert (accepted.status_code, accepted["ETag"] != tag) == (200, True)


@pytest.mark.parametrize(
    ("path", "method"), [("requests/{request}/cancel", "post"), ("campaigns/{campaign}/end", "post")]
)
def test_every_changing_endpoint_takes_if_match(api: Api, cast: Cast, path: str, method: str) -> None:
    named = path.format(request=cast.request.public_id, campaign=cast.campaign.public_id)

    answer = getattr(api(cast.carol), method)(f"/api/v1/{named}", {}, headers={"If-Match": '"99"'})

    assert answer.status_code == 412


def test_somebody_who_changes_too_much_is_told_how_long_to_wait_and_may_go_on_reading(api: Api, cast: Cast) -> None:
    cache.clear()
    codes = [api(cast.dave).post("/api/v1/me/notices/mark-read", {}).status_code for _ in range(120)]
    assert set(codes) == {200}

    answer = api(cast.dave).post("/api/v1/me/notices/mark-read", {})

    assert (answer.status_code, answer.json()["code"], int(answer["Retry-After"]) <= 60) == (429, "throttled", True)
    assert answer.json()["detail"].startswith("Too many requests. Try again in ")
    assert api(cast.dave).get("/api/v1/me").status_code == 200
    assert api(cast.bob).post("/api/v1/me/notices/mark-read", {}).status_code == 200


def test_a_header_and_a_body_that_name_two_versions_change_nothing(api: Api, cast: Cast) -> None:
    path = f"/api/v1/requests/{cast.request.public_id}"
    read = api(cast.carol).get(path)
    version = read.json()["version"]

    torn = api(cast.carol).patch(path, {"priority": 4, "version": version + 1}, headers={"If-Match": read["ETag"]})
    alike = api(cast.carol).patch(path, {"priority": 4, "version": version}, headers={"If-Match": read["ETag"]})

    assert (torn.status_code, list(torn.json()["errors"])) == (400, ["version"])
    assert alike.status_code == 200
