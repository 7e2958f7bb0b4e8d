"""What changes the profile answers with its new version, so that who holds the profile can go on editing it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.accounts.first_reviewer import create_reviewer
from core.models import Skill, User
from tests.cast import Cast
from volunteers.actions.level_questions import ask_skill_level
from volunteers.models import SkillClaim, Volunteer

Api = Callable[[User | None], APIClient]
PROFILE = "/api/v1/me/profile"


def read_profile(client: APIClient) -> dict[str, Any]:
    """The profile as it can be sent back."""
    profile: dict[str, Any] = client.get(PROFILE).json()
    return {name: value for name, value in profile.items() if name not in ("id", "state", "assumed")}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("availability/confirm", {}),
        ("availability/waive-rest", {}),
        ("availability/on-call", {"on_call": True}),
        ("availability/pause", {"is_paused": True}),
        ("leave", {}),
    ],
)
def test_a_change_answers_with_the_version_of_the_profile(
    api: Api, cast: Cast, path: str, body: dict[str, Any]
) -> None:
    Volunteer.objects.filter(user=cast.alice).update(rest_until="2030-01-01")
    client = api(cast.alice)
    profile = read_profile(client)

    answer = client.post(f"/api/v1/me/{path}", body).json()

    assert answer["version"] == profile["version"] + 1
    assert answer["version"] == read_profile(client)["version"]
    assert client.put(PROFILE, profile).status_code == 412
    if path != "leave":
        assert client.put(PROFILE, profile | {"version": answer["version"]}).status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("availability/waive-rest", {}),
        ("availability/on-call", {"on_call": True}),
        ("availability/pause", {"is_paused": True}),
        ("availability/pause", {"is_paused": False}),
    ],
)
def test_what_is_so_already_raises_no_version(api: Api, cast: Cast, path: str, body: dict[str, Any]) -> None:
    client = api(cast.alice)
    once = client.post(f"/api/v1/me/{path}", body)

    twice = client.post(f"/api/v1/me/{path}", body)

    assert (twice.status_code, twice.json(), twice["ETag"]) == (200, once.json(), once["ETag"])


def test_returning_answers_with_the_version_of_the_profile(api: Api, cast: Cast) -> None:
    client = api(cast.alice)
    client.post("/api/v1/me/leave", {})

    assert client.post("/api/v1/me/return", {}).json()["version"] == read_profile(client)["version"]


def test_the_availability_that_is_read_has_the_version_too(api: Api, cast: Cast) -> None:
    client = api(cast.alice)

    assert client.get("/api/v1/me/availability").json()["version"] == read_profile(client)["version"]


def test_an_edit_that_began_before_an_answer_about_a_level_does_not_take_it_back(
    api: Api, cast: Cast, now: datetime
) -> None:
    client, volunteer = api(cast.alice), Volunteer.objects.get(user=cast.alice)
    ask_skill_level(volunteer=volunteer, skill=Skill.objects.get(code="front-end"), at=now)
    profile, question = read_profile(client), volunteer.level_questions.get()

    answer = client.post(f"/api/v1/me/level-questions/{question.public_id}/answer", {"level": 1}).json()

    assert answer["profile_version"] == profile["version"] + 1 == read_profile(client)["version"]
    assert client.put(PROFILE, profile).status_code == 412
    assert SkillClaim.objects.get(volunteer=volunteer, skill__code="front-end").level == 1


@pytest.mark.parametrize("way", ["command", "admin"])
def test_who_becomes_a_reviewer_is_no_longer_on_call(api: Api, cast: Cast, way: str) -> None:
    assert api(cast.alice).post("/api/v1/me/availability/on-call", {"on_call": True}).status_code == 200
    version = Volunteer.objects.get(user=cast.alice).version

    if way == "command":
        create_reviewer(email=cast.alice.email)
    else:
        cast.alice.is_staff = True
        cast.alice.save()

    volunteer = Volunteer.objects.get(user=cast.alice)
    assert (volunteer.on_call, volunteer.version) == (False, version + 1)
