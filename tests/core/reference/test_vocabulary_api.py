"""The vocabulary: one public answer with every code that the API takes or gives, in the reader's language."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

import pytest
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.models import Playbook
from core.models import Jurisdiction, Party, Skill, SkillAlias
from core.reference.vocabulary import list_vocabulary_enums, list_vocabulary_parts
from core.spoken_languages import LANGUAGE_NAMES
from core.time_zones import COMMON_TIME_ZONES, check_time_zone
from core.week_mask import WINDOW_PRESETS
from matching.api.match_actions import build_input_serializer
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS
from matching.rules.reasons import REASONS_BY_ACTION
from matching.rules.score_parts import PART_NAMES
from matching.rules.transitions import ActorKind
from tests.ballots import import_ballot
from tests.cast import Cast, authenticate_client, build_candidacy
from tests.core.api.test_openapi import document

PATH = "/api/v1/vocabulary"
UNLABELLED_PARAMETERS = {"ordering"}
"""Their values are names of columns, which the client chooses and does not show."""

pytestmark = pytest.mark.django_db


def read(**headers: str) -> Any:
    answer = Client().get(PATH, headers=headers)
    assert answer.status_code == 200
    return answer.json()


def read_enum(name: str) -> dict[str | int, str]:
    return {entry["value"]: entry["label"] for entry in read()["enums"][name]}


def split_component(name: str) -> str:
    """`match_state` for `MatchStateEnum`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.removesuffix("Enum")).lower()


def list_enum_parameters() -> Iterator[tuple[str, list[str]]]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            for parameter in operation.get("parameters", ()):
                shape = parameter["schema"]
                values = shape.get("enum") or shape.get("items", {}).get("enum")
                if values and parameter["name"] not in UNLABELLED_PARAMETERS:
                    yield f"{method} {path} {parameter['name']}", values


def test_every_enum_of_the_document_is_there_under_its_name() -> None:
    enums = {name: [value for value, _label in enum.choices] for name, enum in list_vocabulary_enums().items()}
    components = {name: shape["enum"] for name, shape in document()["components"]["schemas"].items() if "enum" in shape}
    del components["NoticeKindEnum"]  # a notice has a subject and a text of its own
    del components["ProblemCodeEnum"]  # for programs: /api/problems explains each
    del components["WhereMethodEnum"]  # methods of HTTP
    del components["WhereOperationEnum"]  # operations of the description of sign-in

    missing = {
        name: values for name, values in components.items() if set(enums.get(split_component(name), [])) != set(values)
    }

    assert missing == {}
    assert len(components) >= 28


def test_labels_in_the_document_are_those_of_the_vocabulary() -> None:
    enums = {name: dict(enum.choices) for name, enum in list_vocabulary_enums().items()}
    wrong = {
        name: shape["x-enum-descriptions"]
        for name, shape in document()["components"]["schemas"].items()
        if split_component(name) in enums
        and shape["x-enum-descriptions"] != [str(enums[split_component(name)][value]) for value in shape["enum"]]
    }

    assert wrong == {}


def test_every_enum_of_a_query_parameter_is_there() -> None:
    known = [{str(value) for value, _label in enum.choices} for enum in list_vocabulary_enums().values()]
    parameters = dict(list_enum_parameters())

    assert [name for name, values in parameters.items() if not any(set(values) <= enum for enum in known)] == []
    assert len(parameters) >= 14


def test_no_enum_stands_in_the_document_outside_of_a_component() -> None:
    """It would escape the test of the components."""
    inline: list[str] = []

    def walk(shape: Any, path: str) -> None:
        if isinstance(shape, dict):
            inline.extend([path] if "enum" in shape else [])
            for key, value in shape.items():
                walk(value, f"{path}.{key}")
        elif isinstance(shape, list):
            for number, value in enumerate(shape):
                walk(value, f"{path}.{number}")

    for name, shape in document()["components"]["schemas"].items():
        walk({key: value for key, value in shape.items() if key != "enum"}, name)
    # A problem narrows its own codes to those of a status, and a notice its kind to those with the same subjects.
    narrowed = r"\w*Problem\.allOf\.1\.properties\.(code|status)|\w+Notice\.properties\.kind"
    assert [path for path in inline if not re.fullmatch(narrowed, path)] == []


def test_every_reason_of_an_action_is_labelled() -> None:
    enums = read()["enums"]
    labelled = {frozenset(entry["value"] for entry in entries) for entries in enums.values()}

    assert [action for action, kind in REASONS_BY_ACTION.items() if frozenset(kind.values) - {""} not in labelled] == []


def test_every_value_of_every_enum_is_one_that_the_api_takes_or_gives() -> None:
    """A choice that is not made is null, and has no value here."""
    entries = {(name, entry["value"]) for name, entries in read()["enums"].items() for entry in entries}
    schemas = document()["components"]["schemas"]
    described = {
        (split_component(name), value) for name, shape in schemas.items() if "enum" in shape for value in shape["enum"]
    }
    parameters = {value for _name, values in list_enum_parameters() for value in values}
    described |= {("score_part", name) for name in schemas["ScoreParts"]["properties"]}
    levels = schemas["SkillClaim"]["properties"]["level"]
    described |= {("skill_level", level) for level in range(levels["minimum"], levels["maximum"] + 1)}

    assert [name for name, value in entries if value == ""] == []
    assert {entry for entry in entries - described if entry[1] not in parameters} == set()


@pytest.mark.parametrize(("actor_kind", "action"), sorted(PERSON_ACTIONS, key=str))
def test_every_reason_of_the_vocabulary_can_be_sent(actor_kind: ActorKind, action: str) -> None:
    reason = build_input_serializer(actor_kind, action)().fields.get("reason")
    if reason is None:
        return
    component = f"{REASONS_BY_ACTION[action].__name__}Enum"

    for value in read_enum(split_component(component)):
        assert reason.run_validation(value) == value


def test_every_score_part_and_every_preset_is_labelled() -> None:
    assert set(read_enum("score_part")) == set(PART_NAMES)
    assert set(read_enum("presets")) == set(WINDOW_PRESETS)


def test_every_label_says_something() -> None:
    enums = read()["enums"]

    assert [name for name, entries in enums.items() for entry in entries if not entry["label"].strip()] == []


@pytest.mark.parametrize("part", ["skills", "jurisdictions", "languages", "interface_languages", "time_zones"])
def test_the_example_of_a_list_is_one_of_its_rows(part: str) -> None:
    content = document()["paths"][PATH]["get"]["responses"]["200"]["content"]["application/json"]
    [example] = content["example"][part]

    rows = {row["code"]: row["name"] for row in read()[part]}
    assert rows.get(example["code"]) == example["name"]


def test_an_error_about_a_language_names_one_that_is_offered(cast: Cast) -> None:
    client = APIClient()
    authenticate_client(client, cast.alice)
    refused = client.patch("/api/v1/me", {"language": "tlh"}).json()["errors"]["language"][0]

    example = re.findall("like “(.*?)”", refused)[0]
    assert client.patch("/api/v1/me", {"language": example}).status_code == 200


def test_the_answer_has_the_shape_that_the_document_gives_it() -> None:
    shape = document()["paths"][PATH]["get"]["responses"]["200"]["content"]["application/json"]["schema"]

    Draft202012Validator(shape | {"components": document()["components"]}).validate(read())
    assert set(read()) == {*list_vocabulary_parts(), "enums"}


def test_it_lists_what_there_is() -> None:
    Party.objects.create(code="quokka", name="Quokka Party")
    Playbook.objects.filter(code="website").update(retired=True)
    Skill.objects.filter(code="seo").update(retired=True)

    vocabulary = read()

    skills = {skill["code"]: skill for skill in vocabulary["skills"]}
    assert set(skills) == set(Skill.objects.filter(retired=False).values_list("code", flat=True))
    assert (skills["ui-design"]["parent"], skills["design"]["parent"]) == ("design", None)
    assert skills["ui-design"]["examples"] == ["Adobe XD", "Figma", "Sketch"]
    assert {"mockups", "maquetas"} < set(skills["ui-design"]["aliases"])
    assert vocabulary["parties"] == [{"code": "quokka", "name": "Quokka Party"}]
    assert len(vocabulary["jurisdictions"]) == Jurisdiction.objects.count()
    assert {"code": "US-WA", "name": "Washington", "parent": "US"} in vocabulary["jurisdictions"]
    assert {book["code"] for book in vocabulary["playbooks"]} == set(
        Playbook.objects.filter(retired=False).values_list("code", flat=True)
    )
    assert {"name": "State Senate", "label": "State Senate", "level": "state"} in vocabulary["offices"]


def test_skills_are_as_the_list_of_skills_has_them() -> None:
    listed = Client().get("/api/v1/skills").json()["results"]

    assert sorted(read()["skills"], key=str) == sorted(listed, key=str)


def test_time_zones_and_languages_are_those_that_a_profile_may_have() -> None:
    zones = [zone["code"] for zone in read()["time_zones"]]
    languages = {language["code"]: language["name"] for language in read()["languages"]}

    assert set(zones) == available_timezones() - {"localtime", "Factory"}
    assert zones[: len(COMMON_TIME_ZONES)] == list(COMMON_TIME_ZONES)
    for zone in zones:
        check_time_zone(zone)
    assert languages.keys() == LANGUAGE_NAMES.keys()
    assert (languages["es"], languages["tl"], languages["hmn"]) == ("Spanish", "Tagalog", "Hmong")
    assert {code for code in languages if len(code) == 2} >= {"en", "zh", "vi", "ht", "nv"}
    assert {row["code"] for row in read()["interface_languages"]} == set(dict(settings.LANGUAGES))


def test_labels_come_in_the_language_of_the_header_alone() -> None:
    plain, spanish = Client().get(PATH), Client().get(PATH, headers={"Accept-Language": "es"})
    by_cookie = Client()
    by_cookie.cookies["django_language"] = "es"

    assert (plain["Content-Language"], spanish["Content-Language"]) == ("en", "es")
    assert plain["ETag"] != spanish["ETag"]
    languages = {row["code"]: row["name"] for row in spanish.json()["languages"]}
    assert languages["de"].casefold() == "alemán"
    assert spanish.json()["enums"]["weekday"][0] == {"value": 0, "label": "lunes"}
    skills = {row["code"]: row for row in spanish.json()["skills"]}
    assert skills["design"]["name"] == "Diseño"
    assert skills["copywriting"]["description"] == "Escribe textos breves que mueven a actuar."
    assert {"code": "US-NY", "name": "Nueva York", "parent": "US"} in spanish.json()["jurisdictions"]
    assert {"name": "Mayor", "label": "Alcaldía", "level": "local"} in spanish.json()["offices"]
    assert "Sitio web" in {row["name"] for row in spanish.json()["playbooks"]}
    assert by_cookie.get(PATH).content == plain.content


def test_the_same_answer_is_not_sent_twice() -> None:
    first = Client().get(PATH)
    again = Client().get(PATH, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]
    Party.objects.create(code="quokka", name="Quokka Party")
    changed = Client().get(PATH, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_caches_may_store_it_by_language_and_it_sets_no_cookie(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.alice)
    answers = [Client().get(PATH), client.get(PATH)]

    for answer in answers:
        assert answer["Cache-Control"] == "public, max-age=300"
        vary = {name.strip().lower() for name in answer["Vary"].split(",")}
        assert vary >= {"accept-language", "accept-encoding"}
        assert "cookie" not in vary
        assert answer.cookies == {}
    assert answers[0].content == answers[1].content


def test_it_is_compressed_for_who_takes_that() -> None:
    plain, packed = Client().get(PATH), Client().get(PATH, headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3
    again = Client().get(PATH, headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]})
    assert (packed["ETag"], again.status_code) == (f"W/{plain['ETag']}", 304)


def test_it_takes_as_many_statements_however_many_rows_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(2):
        with django_assert_num_queries(5):
            read()
        Party.objects.create(code=f"party-{number}", name="P")
        Skill.objects.create(code=f"skill-{number}", name=f"S{number}", parent=Skill.objects.get(code="seo"))
        SkillAlias.objects.create(skill=Skill.objects.get(code="seo"), text=f"alias {number}")


def test_offices_are_those_of_ballots_and_not_those_of_who_is_here(cast: Cast, now: datetime) -> None:
    secret = build_candidacy("Kay Coe", now, office="Dog Catcher")
    register_campaign(actor=cast.dave, candidacy=secret, name="Coe", at=now)
    port = {"office": "Port Commission", "level": "local"}
    import_ballot(now, port, port | {"office": "PORT  COMMISSION", "district": "13"}, {"office": "STATE HOUSE"})

    offices = read()["offices"]

    assert offices[-2:] == [
        {"name": "Judge", "label": "Judge", "level": "local"},
        {"name": "PORT  COMMISSION", "label": "PORT  COMMISSION", "level": "local"},
    ]
    assert "Dog Catcher" not in json.dumps(offices)


@pytest.mark.parametrize("name", ["alice", "carol"])
def test_no_word_of_it_names_who_is_here(cast: Cast, name: str) -> None:
    text = json.dumps(read())

    assert [word for word in (name, "example.org", "Doe", "Kim") if word in text] == []
