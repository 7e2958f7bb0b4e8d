"""No example contradicts itself, or what its operation does."""

from collections.abc import Iterator
from typing import Any

from core.accounts.auth_document import build_auth_document
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS
from matching.rules.transitions import TRANSITIONS, available_actions
from tests.api.document import list_operations

JSON = "application/json"
SET_IN_STATE = {"left": "left_at", "verified": "verified_at", "published": "published_at", "approved": "approved_at"}
NULL_IN_STATE = {"active": "left_at", "unverified": "verified_at", "draft": "published_at", "requested": "approved_at"}


def list_answers() -> Iterator[tuple[str, Any, Any]]:
    """Each operation's id, the example of what is sent, and that of the answer."""
    for _path, _method, operation in list_operations():
        sent = next(list_values(operation.get("requestBody", {})), None)
        for status, answer in operation["responses"].items():
            for value in list_values(answer) if status.startswith("2") else ():
                yield operation["operationId"], sent, value


def list_values(body: Any) -> Iterator[Any]:
    content = body.get("content", {}).get(JSON, {})
    yield from [content["example"]] if "example" in content else []
    yield from (example["value"] for example in content.get("examples", {}).values())


def list_objects(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from list_objects(inner)


def test_a_list_whose_rows_are_all_here_has_no_next_page() -> None:
    pages = [(name, value) for name, _sent, value in list_answers() if "results" in value]

    assert [name for name, page in pages if (page["next"] is None) != (page["count"] == len(page["results"]))] == []
    assert len(pages) > 30


def test_a_change_raises_the_version_that_was_sent() -> None:
    versions = [
        (name, sent["version"], value["version"])
        for name, sent, value in list_answers()
        if isinstance(sent, dict) and "version" in sent and "version" in value
    ]

    assert [name for name, before, after in versions if after <= before] == []
    assert len(versions) > 15


def test_an_action_leads_to_its_state_with_the_actions_that_are_possible_there() -> None:
    keys = {words.operation_id: key for key, words in PERSON_ACTIONS.items()}
    answers = [(keys[name], value) for name, _sent, value in list_answers() if name in keys]

    for (actor_kind, action), value in answers:
        targets = {row.target.value for row in TRANSITIONS if (row.action, row.actor_kind) == (action, actor_kind)}
        assert value["state"] in targets | {None}, (actor_kind, action)
        possible = available_actions(value["state"], actor_kind) if value["state"] else []
        assert value["available_actions"] == possible, (actor_kind, action)
    assert len(answers) == len(keys)


def test_a_state_and_its_moment_agree() -> None:
    wrong = [
        (name, each["state"])
        for name, _sent, value in list_answers()
        for each in list_objects(value)
        if (each.get(SET_IN_STATE.get(each.get("state"), ""), "") is None)
        or (each.get(NULL_IN_STATE.get(each.get("state"), "")) is not None)
    ]

    assert wrong == []
    assert dict(SET_IN_STATE)["left"] in dict((name, value) for name, _sent, value in list_answers())["leaveService"]


def test_a_tick_is_ticked_and_a_team_that_lacks_nobody_has_begun() -> None:
    answers = {name: value for name, _sent, value in list_answers()}

    assert [line["ticked_at"] is None for line in answers["tickMyMatchChecklistItem"]["results"]] == [False]
    assert answers["getTeam"]["missing"] == []
    assert [row["email"] for row in answers["exportPersonalData"]["sections"]["account"]] == [
        row["email"] for row in answers["exportPersonalData"]["sections"]["addresses"]
    ]


def test_a_flow_that_has_begun_comes_with_its_token() -> None:
    examples = build_auth_document()["components"]["examples"]
    pending = {
        name: example["value"]["meta"]
        for name, example in examples.items()
        if any(flow.get("is_pending") for flow in example["value"].get("data", {}).get("flows", ()))
    }

    assert [name for name, meta in pending.items() if "session_token" not in meta] == []
    assert "UnauthenticatedPendingEmailVerification" in pending
