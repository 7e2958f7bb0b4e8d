"""An error about a code that we do not know says where the list of codes is, at every entry point."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from core.errors import Invalid
from core.imports.fields import read_language
from core.models import User
from core.unknown_codes import _MESSAGES, unknown_code_error
from matching.runs.actions.policies import draft_policy
from tests.cast import Cast

Api = Callable[[User | None], APIClient]

PROFILE: dict[str, Any] = {
    "first_name": "Zoe",
    "max_hours_per_week": 3,
    "time_zone": "America/New_York",
    "adult": True,
    "claims": [{"skill": "front-end", "level": 3, "wants_to_use": True}],
    "presets": ["evenings"],
}
ROLE = {"name": "One", "skill": "front-end", "hours_per_week": 2}
REQUEST = {"title": "New", "starts_on": "2026-04-01", "ends_on": "2026-05-01"}
CAMPAIGN = {"name": "New", "candidate": "Newton", "office": "Mayor", "level": "local", "jurisdiction": "US-WA"}

CASES: list[tuple[str, str, dict[str, Any], str]] = [
    ("put", "me/profile", PROFILE | {"claims": [{"skill": "sorcery", "level": 3}]}, "skills"),
    ("put", "me/profile", PROFILE | {"parties": ["DEM"]}, "parties"),
    ("put", "me/profile", PROFILE | {"jurisdictions": ["CA"]}, "jurisdictions"),
    ("put", "me/profile", PROFILE | {"time_zone": "Mars/Olympus"}, "time_zones"),
    ("put", "me/profile", PROFILE | {"languages": ["en", "English"]}, "languages"),
    ("patch", "me", {"language": "tlh"}, "interface_languages"),
    ("post", "campaigns", CAMPAIGN | {"jurisdiction": "CA"}, "jurisdictions"),
    ("post", "campaigns", CAMPAIGN | {"party": "DEM"}, "parties"),
    ("post", "requests", REQUEST | {"roles": [ROLE], "time_zone": "Mars/Olympus"}, "time_zones"),
    ("post", "requests", REQUEST | {"roles": [ROLE | {"skill": "sorcery"}]}, "skills"),
    ("post", "requests", REQUEST | {"roles": [ROLE | {"nice_to_have_skills": ["sorcery"]}]}, "skills"),
    ("post", "requests", REQUEST | {"roles": [ROLE | {"languages": ["English"]}]}, "languages"),
    ("post", "requests", {"title": "New", "starts_on": "2026-04-01", "playbook": "sorcery"}, "playbooks"),
    ("post", "requests/supply-estimate", REQUEST | {"roles": [ROLE | {"languages": ["English"]}]}, "languages"),
]


@pytest.mark.parametrize(("method", "path", "body", "name"), CASES)
def test_the_error_names_the_list(
    api: Api, cast: Cast, now: datetime, method: str, path: str, body: dict[str, Any], name: str
) -> None:
    if path == "campaigns":
        body = body | {"election_on": str((now + timedelta(weeks=20)).date())}
    elif path.startswith("requests"):
        body = body | {"campaign": str(cast.campaign.public_id)}

    answer = getattr(api(cast.carol), method)(f"/api/v1/{path}", body)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "invalid"), problem
    assert f"“{name}” in /api/v1/vocabulary" in problem["detail"]
    assert len(problem["errors"]) == 1


def test_every_list_that_an_error_names_is_in_the_vocabulary(db: None) -> None:
    vocabulary = Client().get("/api/v1/vocabulary").json()
    named = {str(text).partition("from “")[2].partition("”")[0] for text in _MESSAGES.values()}

    assert named - set(vocabulary) == set()
    assert len(named) == len(_MESSAGES)


def test_a_role_that_is_amended_takes_a_language_of_the_list(api: Api, cast: Cast) -> None:
    role = cast.request.roles.get()

    answer = api(cast.carol).patch(f"/api/v1/roles/{role.public_id}", {"languages": ["English"]})

    assert (answer.status_code, "“languages”" in answer.json()["detail"]) == (400, True)


def test_a_policy_takes_a_time_zone_of_the_list(cast: Cast) -> None:
    with pytest.raises(Invalid, match="“time_zones” in /api/v1/vocabulary"):
        draft_policy(actor=cast.rita, name="New", changes={"time_zone": "Mars/Olympus"})


def test_a_long_code_is_not_repeated_whole() -> None:
    error = unknown_code_error("party", "x" * 500, field="party")

    assert (error.field, "x" * 40 in error.message, "x" * 41 in error.message) == ("party", True, False)


@pytest.mark.parametrize(("text", "code"), [("es", "es"), ("ES", "es"), ("es-MX", "es"), ("haw", "haw")])
def test_an_import_takes_the_same_languages(text: str, code: str) -> None:
    assert read_language(text, date(2026, 3, 2)) == code


@pytest.mark.parametrize("text", ["English", "xx", "e", ""])
def test_an_import_refuses_others(text: str) -> None:
    with pytest.raises(Invalid):
        read_language(text, date(2026, 3, 2))
