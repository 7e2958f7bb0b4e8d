"""The API's description is whole: nothing that an operation takes, tells or refuses is left to be found out."""

import json
import re
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator, FormatChecker

from core.accounts.auth_operation_texts import OPERATION_IDS
from core.api.conflicts import list_conflicts, split_conflict
from core.api.examples import TYPE_EXAMPLES
from core.api.openapi_problems import NEVER_NOT_FOUND
from core.api.problem_details import PROBLEM_MEDIA_TYPE
from core.api.problem_types import PROBLEM_TYPES
from core.api.remedies import REMEDIES

JSON = "application/json"
UNSAFE = {"post", "put", "patch", "delete"}


@cache
def document() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]


def operations() -> Iterator[tuple[str, str, str, Any]]:
    """Each operation's name, path, method, and what is told of it."""
    for path, methods in document()["paths"].items():
        for method, told in methods.items():
            yield f"{method} {path}", path, method, told


def bodies(told: Any) -> Iterator[tuple[str, Any]]:
    """What is taken and what is told when all goes well."""
    if "requestBody" in told:
        yield "taken", told["requestBody"]["content"][JSON]
    for code, answer in told["responses"].items():
        if code.startswith("2") and "content" in answer:
            yield code, answer["content"][JSON]


def test_it_is_made_without_a_warning() -> None:
    document.cache_clear()
    GENERATOR_STATS.reset()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        document()

    assert document()["openapi"] == "3.1.1"
    assert (dict(GENERATOR_STATS._warn_cache), dict(GENERATOR_STATS._error_cache)) == ({}, {})


def test_every_operation_says_what_it_does() -> None:
    assert [name for name, _, _, told in operations() if not (told.get("summary") and told.get("description"))] == []
    assert [name for name, _, _, told in operations() if not told.get("tags")] == []


def test_no_description_reads_like_code() -> None:
    schemas = document()["components"]["schemas"]
    texts = {name: told["description"] for name, _, _, told in operations()}
    texts |= {name: shape.get("description", "") for name, shape in schemas.items()}
    for component, shape in schemas.items():
        texts |= {
            f"{component}.{name}": one.get("description", "") for name, one in shape.get("properties", {}).items()
        }

    assert [name for name, text in texts.items() if re.match(r"Returns?\b|The values of \w+\.", text)] == []


def test_every_list_says_its_order() -> None:
    silent = [
        name
        for name, _, method, told in operations()
        if method == "get"
        and {"next", "results"} <= resolve_shape(find_answer_schema(told)).get("properties", {}).keys()
        and not re.search(r"\b(come|those|each|match|largest|newest|best) .*first|order", told["description"])
    ]

    assert silent == []


def find_answer_schema(told: Any) -> Any:
    return told["responses"].get("200", {}).get("content", {}).get(JSON, {}).get("schema", {})


def test_a_search_says_what_it_reads() -> None:
    [search] = [
        one for one in document()["paths"]["/api/v1/me/matches"]["get"]["parameters"] if one["name"] == "search"
    ]

    assert search["description"].endswith("Each is looked for in the title of the request and the name of the role.")


def test_where_names_an_operation_of_the_description_of_sign_in() -> None:
    for remedy in REMEDIES:
        path = urlsplit(reverse(f"headless:app:{remedy.view}")).path.removeprefix("/api/v1/auth/app/v1/")
        assert OPERATION_IDS[f"{remedy.method.lower()} {path}"] == remedy.operation_id


def test_every_answer_that_succeeds_is_described() -> None:
    assert [
        f"{name} {code}"
        for name, _, _, told in operations()
        for code, answer in told["responses"].items()
        if code < "300" and not answer["description"]
    ] == []


def resolve_shape(shape: Any) -> Any:
    return document()["components"]["schemas"][shape["$ref"].rpartition("/")[2]] if "$ref" in shape else shape


def test_every_operation_says_that_it_refuses_what_it_does_not_know() -> None:
    assert [name for name, _, _, told in operations() if "400" not in told["responses"]] == []


def test_what_is_read_alone_and_what_has_a_version_comes_with_an_etag() -> None:
    for name, _, method, told in operations():
        for code in {"200", "201"} & told["responses"].keys():
            answer = told["responses"][code]
            shape = resolve_shape(answer.get("content", {}).get(JSON, {}).get("schema", {}))
            fields = [resolve_shape(one).get("properties", {}) for one in shape.get("anyOf", [shape])]
            is_list = any("results" in one for one in fields)
            has_version = any("version" in one for one in fields)
            # An export says when it was made, so no two are the same.
            if (
                told["operationId"] != "exportPersonalData"
                and any(fields)
                and not is_list
                and (method == "get" or has_version)
            ):
                assert "ETag" in answer.get("headers", {}), name


def test_no_field_of_a_body_has_a_default() -> None:
    """Generators make such a field one that always has to be sent."""
    fields = [
        (component, name, field)
        for component, shape in document()["components"]["schemas"].items()
        for name, field in shape.get("properties", {}).items()
    ]

    assert [(component, name) for component, name, field in fields if "default" in field] == []
    days = document()["components"]["schemas"]["PersonalTokenInputRequest"]["properties"]["days"]
    assert days["description"] == "Days until it ends. Left out: 90."


def test_a_list_without_pages_says_that_it_is_one_page() -> None:
    schemas = document()["components"]["schemas"]
    for name, _, method, told in operations():
        shape = told["responses"].get("200", {}).get("content", {}).get(JSON, {}).get("schema", {})
        component = schemas.get(shape.get("$ref", "").rpartition("/")[2], {})
        if {"next", "results"} <= component.get("properties", {}).keys():
            has_pages = any(one["name"] == "cursor" for one in told.get("parameters", ()))
            is_one_page = "one page" in component["properties"]["next"]["description"]
            assert has_pages != is_one_page or method != "get", name


VERBS = set(
    [
        "accept",
        "take",
        "activate",
        "add",
        "amend",
        "answer",
        "approve",
        "broadcast",
        "undo",
        "cancel",
        "change",
        "claim",
        "close",
        "correct",
        "make",
        "complete",
        "confirm",
        "create",
        "decline",
        "draft",
        "end",
        "erase",
        "estimate",
        "explain",
        "export",
        "express",
        "finish",
        "get",
        "give",
        "invite",
        "leave",
        "lift",
        "list",
        "mark",
        "open",
        "pin",
        "preview",
        "publish",
        "record",
        "reduce",
        "refuse",
        "register",
        "reject",
        "release",
        "remove",
        "replace",
        "report",
        "request",
        "resume",
        "return",
        "revoke",
        "send",
        "set",
        "stop",
        "tick",
        "verify",
        "veto",
        "waive",
        "withdraw",
        "write",
    ]
)
"""What the id of an operation may begin with. A new verb is a decision: look for one of these first."""


def test_every_operation_id_is_unique_and_begins_with_a_verb() -> None:
    names = [told["operationId"] for _, _, _, told in operations()]

    assert len(names) == len(set(names)) > 100
    assert [name for name in names if not re.fullmatch(r"[a-z]+([A-Z][a-z]+)+", name)] == []
    assert {re.split(r"(?=[A-Z])", name)[0] for name in names} == VERBS


def test_every_summary_is_imperative() -> None:
    summaries = [told["summary"] for _, _, _, told in operations()]

    assert [summary for summary in summaries if summary.split()[0].lower() not in VERBS] == []


def test_every_body_has_an_example_of_its_shape() -> None:
    wrong = []
    for name, _, _, told in operations():
        for where, content in bodies(told):
            shape = content["schema"] | {"components": document()["components"]}
            validator = Draft202012Validator(shape, format_checker=FormatChecker())
            examples = [one["value"] for one in content.get("examples", {}).values()]
            examples += [content["example"]] if "example" in content else []
            wrong += [f"{name} {where}: none"] if not examples else []
            for one in examples:
                wrong += [f"{name} {where}: {error.json_path} {error.message}" for error in validator.iter_errors(one)]
    assert wrong == []


def test_no_example_is_a_mere_stopgap() -> None:
    """A word that says only that a text stands here helps nobody, and a page leads to another one of its own list."""
    stopgaps = []
    for name, path, _, told in operations():
        for where, content in bodies(told):
            example = content.get("example")
            is_stopgap = re.search(rf'[:\[] ?"{TYPE_EXAMPLES["string"]}"', json.dumps(example))
            stopgaps += [f"{name} {where}"] if is_stopgap else []
            if isinstance(example, dict) and "results" in example:
                if not any(one["name"] == "cursor" for one in told.get("parameters", ())):
                    assert example["next"] is None, name
                    continue
                assert re.fullmatch(path.replace("{id}", "[0-9a-f-]+"), urlsplit(example["next"]).path)
    assert stopgaps == []


def expected(path: str, method: str, told: Any) -> set[str]:
    """The errors that follow from what an operation is; it may name more."""
    body, headers = "requestBody" in told, {one["name"] for one in told.get("parameters", ())}
    is_never_missing = told["operationId"] in NEVER_NOT_FOUND
    errors = {"405", "429", "500", "503"} | (
        {"400", "404"} - ({"404"} if is_never_missing else set()) if method in UNSAFE else set()
    )
    errors |= {"409"} if list_conflicts().get(told["operationId"]) else set()
    errors |= {"400", "413", "415"} if body else set()
    errors |= {"404"} if "{" in path or "cursor" in headers else set()
    errors |= {"412"} if "If-Match" in headers else set()
    errors |= {"422"} if "Idempotency-Key" in headers else set()
    errors |= {"401", "403"} if told["security"] and {} not in told["security"] else set()
    return errors


def test_every_operation_that_changes_something_says_why_it_answers_409_or_that_it_never_does() -> None:
    changing = {told["operationId"] for _name, _path, method, told in operations() if method in UNSAFE}

    assert list_conflicts().keys() == changing
    for operation_id, reasons in list_conflicts().items():
        codes = {split_conflict(reason)[0] for reason in reasons}
        assert {PROBLEM_TYPES[code].status for code in codes} <= {409}, operation_id


def test_every_operation_takes_the_language_and_each_answer_has_the_id_of_the_request() -> None:
    for name, _path, _method, told in operations():
        assert "Accept-Language" in {one["name"] for one in told["parameters"]}, name
        answers = [
            document()["components"]["responses"][answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
            for answer in told["responses"].values()
        ]
        assert all("X-Request-Id" in answer["headers"] for answer in answers), name


def test_what_asks_for_a_recent_sign_in_shows_where_to_sign_in() -> None:
    refused = document()["components"]["responses"]["NotAllowedOrSignInAgain"]
    example = refused["content"]["application/problem+json"]["examples"]["sign_in_again"]["value"]
    asking = {
        told["operationId"]
        for _name, _path, _method, told in operations()
        if told["responses"].get("403", {}).get("$ref", "").endswith("/NotAllowedOrSignInAgain")
    }

    assert example["where"]["api"] == {
        "method": "POST",
        "path": reverse("headless:app:account:reauthenticate"),
        "operation_id": "proveByPassword",
    }
    assert example["where"]["page"] == reverse("account_reauthenticate")
    assert asking >= {"openCalendarFeed", "createToken", "eraseAccount", "changeFiling", "inviteMember", "removeMember"}


def test_every_operation_names_the_errors_that_it_can_give() -> None:
    lacking = {
        name: sorted(missing)
        for name, path, method, told in operations()
        if (missing := expected(path, method, told) - told["responses"].keys())
    }

    assert lacking == {}


def test_every_error_is_a_problem() -> None:
    responses = document()["components"]["responses"]
    for name, _, _, told in operations():
        for code, answer in told["responses"].items():
            if code >= "400":
                told_here = responses[answer["$ref"].rsplit("/", 1)[1]] if "$ref" in answer else answer
                [(kind, content)] = told_here["content"].items()
                assert kind == PROBLEM_MEDIA_TYPE, name
                assert {example["status"] for example in list_examples(content)} == {int(code)}, name
                for narrow in map(resolve_shape, content["schema"].get("oneOf", [content["schema"]])):
                    assert narrow["allOf"][0] == {"$ref": "#/components/schemas/Problem"}, name
                    properties = narrow["allOf"][1]["properties"]
                    assert properties["status"]["enum"] == [int(code)], name
                    assert {PROBLEM_TYPES[each].status for each in properties["code"]["enum"]} == {int(code)}, name
    for response in responses.values():
        problem = response["content"][PROBLEM_MEDIA_TYPE]
        shape = problem["schema"] | {"components": document()["components"]}
        for example in list_examples(problem):
            Draft202012Validator(shape).validate(example)


def narrowed(name: str) -> Any:
    return document()["components"]["schemas"][name]["allOf"][1]


def test_each_status_names_the_codes_that_come_with_it() -> None:
    conflict = document()["paths"]["/api/v1/me/interests"]["post"]["responses"]["409"]

    assert narrowed("StaleProblem")["properties"]["code"]["enum"] == ["stale"]
    assert narrowed("InvalidProblem")["required"] == ["status", "code", "errors"]
    assert "sign_in_again" not in narrowed("NotAllowedProblem")["properties"]["code"]["enum"]
    assert "sign_in_again" in narrowed("NotAllowedOrSignInAgainProblem")["properties"]["code"]["enum"]
    [content] = conflict["content"].values()
    assert content["schema"]["allOf"][1]["properties"]["code"]["enum"] == ["too_many", "wrong_state"]


def list_examples(content: dict[str, Any]) -> list[Any]:
    if "example" in content:
        return [content["example"]]
    return [named["value"] for named in content["examples"].values()]


def test_what_two_people_may_edit_says_so() -> None:
    told = document()["paths"]["/api/v1/requests/{id}"]

    assert "ETag" in told["get"]["responses"]["200"]["headers"]
    assert {"If-Match"} <= {one["name"] for one in told["patch"]["parameters"]}
    creating = document()["paths"]["/api/v1/requests"]["post"]["parameters"]
    assert [one["name"] for one in creating] == ["Idempotency-Key", "Accept-Language"]


@pytest.mark.django_db
def test_what_others_wrote_has_a_document_of_its_own_that_is_there() -> None:
    linked = "/api/v1/auth/openapi.json"
    assert linked in document()["info"]["description"]

    answer = Client().get(linked)

    assert answer.status_code == 200
    assert "/api/v1/auth/{client}/v1/auth/signup" in answer.json()["paths"]


def test_the_ways_to_say_who_one_is_are_told() -> None:
    schemes = document()["components"]["securitySchemes"]

    assert {name: scheme["type"] for name, scheme in schemes.items()} == {
        "X-Session-Token": "apiKey",
        "bearer": "http",
        "cookie": "apiKey",
    }
    assert document()["paths"]["/api/v1/me"]["get"]["security"] == [
        {"bearer": []},
        {"X-Session-Token": []},
        {"cookie": []},
    ]
    assert document()["externalDocs"]["url"] == "http://localhost:8000/api/v1/auth/openapi.json"
