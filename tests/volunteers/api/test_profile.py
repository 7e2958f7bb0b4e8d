"""A profile with several mistakes is answered once, with a path for each."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from campaigns.models import Role
from core.models import Party, User
from tests.api.document import build_document
from tests.cast import Cast
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]

PATH = "/api/v1/me/profile"
RIGHT: dict[str, Any] = {
    "first_name": "Dave",
    "max_hours_per_week": 3,
    "time_zone": "America/New_York",
    "adult": True,
    "claims": [{"skill": "front-end", "level": 3}],
    "windows": [{"weekday": 0, "starts": "18:00", "ends": "20:00"}],
}


def find_paths(api: Api, cast: Cast, **changes: Any) -> set[str]:
    answer = api(cast.dave).put(PATH, RIGHT | changes)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not Volunteer.objects.filter(user=cast.dave).exists()
    return set(answer.json()["errors"])


def test_mistakes_of_every_kind_come_in_one_answer(api: Api, cast: Cast) -> None:
    Party.objects.create(code="independent", name="Independent")
    claims = [{"skill": "front-end", "level": 9}, {"skill": "editing", "level": 2}, {"skill": "sorcery", "level": 3}]
    answer = api(cast.dave).put(
        PATH, RIGHT | {"colour": "red", "time_zone": "Mars", "claims": claims, "parties": ["independent", "DEM"]}
    )

    errors = answer.json()["errors"]
    assert (answer.status_code, Volunteer.objects.filter(user=cast.dave).count()) == (400, 0)
    assert {path: len(texts) for path, texts in errors.items()} == {
        "colour": 1,  # the shape
        "claims.0.level": 1,  # the shape
        "time_zone": 1,  # a rule
        "claims.2.skill": 1,  # a reference
        "parties.1": 1,  # a reference
    }
    assert "“sorcery”" in errors["claims.2.skill"][0]


def test_rules_and_references_come_together_too(api: Api, cast: Cast) -> None:
    assert find_paths(
        api,
        cast,
        adult=False,
        claims=[{"skill": "editing", "level": 2}, {"skill": "editing", "level": 3}],
        time_off=[{"starts_on": "2026-06-02", "ends_on": "2026-06-01"}],
        languages=["en", "English"],
        jurisdictions=["US-XX"],
    ) == {"adult", "claims.1.skill", "time_off.0.ends_on", "languages.1", "jurisdictions.0"}


def test_what_hangs_on_an_unreadable_field_is_not_judged(api: Api, cast: Cast) -> None:
    unreadable = {"adult": "perhaps", "max_projects": "x", "claims": "none", "windows": [{"weekday": 0}, {}]}

    assert find_paths(api, cast, **unreadable, parties=["DEM"]) == {
        *("adult", "max_projects", "claims", "parties.0"),
        *("windows.0.starts", "windows.0.ends", "windows.1.weekday", "windows.1.starts", "windows.1.ends"),
    }


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"restrict_to_levels": True}, "restrict_to_levels"),
        ({"restrict_to_levels": True, "levels": []}, "levels"),
        ({"presets": ["evenings"]}, "presets"),
        ({"windows": [{"weekday": 0, "starts": "18:00", "ends": "18:00"}]}, "windows.0.ends"),
    ],
)
def test_an_error_names_what_was_sent(api: Api, cast: Cast, changes: dict[str, Any], path: str) -> None:
    assert find_paths(api, cast, **({"windows": [{"weekday": 0, "starts": "18:00", "ends": "19:00"}]} | changes)) == {
        path
    }


def test_a_window_that_is_sent_twice_is_stored_once(api: Api, cast: Cast) -> None:
    answer = api(cast.dave).put(PATH, RIGHT | {"windows": RIGHT["windows"] * 2})

    assert (answer.status_code, answer.json()["windows"]) == (200, RIGHT["windows"])


def test_a_body_that_is_no_object_is_named_as_a_whole(api: Api, cast: Cast) -> None:
    answer = api(cast.dave).put(PATH, [])

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["body"])


def test_a_profile_that_was_read_can_be_changed_and_sent_back(api: Api, cast: Cast) -> None:
    client = api(cast.dave)
    assert client.put(PATH, RIGHT | {"presets": ["weekends"]}).status_code == 200
    read = client.get(PATH).json()

    answer = client.put(PATH, read | {"last_name": "Doe"})

    assert (answer.status_code, answer.json()) == (
        200,
        read | {"last_name": "Doe", "version": read["version"] + 1},
    )


def test_what_is_left_out_goes_back_to_what_its_field_says(api: Api, cast: Cast) -> None:
    client = api(cast.dave)
    said = {"last_name": "Doe", "languages": ["es"], "levels": ["state"], "wants_to_lead": True, "max_projects": 2}
    assert client.put(PATH, RIGHT | said).status_code == 200

    answer = client.put(PATH, RIGHT).json()

    assert {name: answer[name] for name in said} == {
        **{"last_name": "", "languages": ["en"], "levels": [], "wants_to_lead": False, "max_projects": 1},
    }


def test_every_field_that_may_be_left_out_says_what_that_means() -> None:
    shape = build_document()["components"]["schemas"]["ProfileInputRequest"]
    said = {
        name: re.search("Left out|Ignored|Instead of windows|a stale one", field["description"]) is not None
        for name, field in shape["properties"].items()
        if name not in shape["required"]
    }

    assert [name for name, is_said in said.items() if not is_said] == []


@pytest.mark.parametrize("clock", ["9:00", "24:00", "09:0", "09:00:00"])
def test_a_time_is_taken_in_the_form_of_the_document_alone(api: Api, cast: Cast, clock: str) -> None:
    pattern = build_document()["components"]["schemas"]["WeeklyWindowRequest"]["properties"]["starts"]["pattern"]
    assert not re.search(pattern, clock)

    assert find_paths(api, cast, windows=[{"weekday": 0, "starts": clock, "ends": "20:00"}]) == {"windows.0.starts"}


def test_what_is_given_twice_is_stored_once(api: Api, cast: Cast) -> None:
    twice = {"languages": ["en", "es", "en"], "levels": ["state", "local", "state"]}

    stored = api(cast.dave).put(PATH, RIGHT | twice).json()

    assert (stored["languages"], stored["levels"]) == (["en", "es"], ["state", "local"])
    [role] = api(cast.carol).get(f"/api/v1/requests/{cast.request.public_id}").json()["roles"]
    address = f"/api/v1/roles/{role['id']}"
    changed = api(cast.carol).patch(address, {"languages": ["es", "es"]}, headers={"If-Match": "*"})
    assert changed.status_code == 200, changed.content
    assert Role.objects.get(public_id=role["id"]).languages == ["es"]


def test_a_profile_that_is_not_there_yet_has_no_version(api: Api, cast: Cast) -> None:
    dave = api(cast.dave)

    refused = [
        dave.put(PATH, RIGHT | {"version": 1}),
        dave.put(PATH, RIGHT, headers={"If-Match": '"1"'}),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(412, "stale")] * 2
    assert "no profile yet" in refused[0].json()["detail"]
    assert dave.put(PATH, RIGHT).status_code == 200
