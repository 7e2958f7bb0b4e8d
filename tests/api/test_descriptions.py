"""Every field and every parameter of the API's document is described."""

from collections.abc import Iterator
from typing import Any

from core.api.field_descriptions import find_field_description, list_descriptions
from tests.api.document import build_document, list_operations


def list_fields() -> Iterator[tuple[str, str, Any]]:
    for component, shape in build_document()["components"]["schemas"].items():
        for name, field in shape.get("properties", {}).items():
            yield component, name, field


def list_parameters() -> Iterator[tuple[str, Any]]:
    for _path, _method, operation in list_operations():
        for parameter in operation.get("parameters", ()):
            yield operation["operationId"], parameter


def test_every_field_is_described() -> None:
    assert [f"{component}.{name}" for component, name, field in list_fields() if not field.get("description")] == []


def test_every_parameter_is_described() -> None:
    assert [
        f"{name}: {one['name']}"
        for name, one in list_parameters()
        # Some have only the list of their choices.
        if one.get("description", "* ").startswith("* ")
    ] == []


def test_every_list_of_meetings_says_on_which_clock() -> None:
    meetings = [(component, field["description"]) for component, name, field in list_fields() if name == "meetings"]

    assert [component for component, text in meetings if "clock" not in text] == []
    assert len(meetings) >= 4


def test_every_description_by_name_describes_something() -> None:
    used = {
        "field": {field["description"] for _component, _name, field in list_fields()},
        "parameter": {one["description"].partition("\n\n")[0] for _name, one in list_parameters()},
    }

    for noun, texts in used.items():
        assert sorted(key for key, text in list_descriptions(noun).items() if text not in texts) == []


def test_a_component_has_its_own_description_of_a_name_or_that_of_all() -> None:
    assert (
        find_field_description("PatchedMemberPositionInputRequest", "position")
        == list_descriptions("field")["position"]
    )
    assert find_field_description("RoleInputRequest", "vetted_for") != list_descriptions("field")["vetted_for"]
    assert find_field_description("Match", "role_id") == "The role, by id."
    assert find_field_description("Request", "id") == list_descriptions("field")["id"]


def test_every_field_that_may_be_null_says_when() -> None:
    silent = [
        f"{component}.{name}"
        for component, name, field in list_fields()
        # The export says of all its columns that one without a value is null.
        if may_be_null(field) and not component.startswith("Exported") and "null" not in field["description"].lower()
    ]

    assert silent == []


def may_be_null(field: Any) -> bool:
    shapes = [field, *field.get("anyOf", ()), *field.get("oneOf", ())]
    return any("null" in shape.get("type", ()) for shape in shapes)
