"""The shapes in the API's description: what is read, what is written, and the bounds of both."""

from typing import Any

from core.privacy.export_sections import list_export_sections
from tests.core.api.test_openapi import bodies, document, operations


def reached(schema: Any) -> set[str]:
    """The components that a shape is made of."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += here
        elif isinstance(here, dict):
            name = str(here.get("$ref", "")).rsplit("/", 1)[-1]
            if name and name not in found:
                found.add(name)
                waiting.append(document()["components"]["schemas"][name])
            waiting += [value for key, value in here.items() if key != "example"]
    return found


def test_what_is_written_and_what_is_read_have_shapes_of_their_own() -> None:
    written: set[str] = set()
    read: set[str] = set()
    for _, _, _, told in operations():
        for where, content in bodies(told):
            (written if where == "taken" else read).update(reached(content["schema"]))

    shapes = document()["components"]["schemas"]
    assert {name for name in written & read if "properties" in shapes[name]} == set()
    assert {name for name in written if "properties" in shapes[name]} == {
        name for name, shape in shapes.items() if shape.get("additionalProperties") is False
    }


def test_a_number_that_is_read_has_the_bounds_with_which_it_is_written() -> None:
    shapes = document()["components"]["schemas"]
    written = {name for name, shape in shapes.items() if shape.get("additionalProperties") is False}
    bounded = {
        name
        for component in written
        for name, field in shapes[component]["properties"].items()
        if field.get("type") == "integer" and not name.endswith("count")
    }
    lacking = [
        f"{component}.{name}"
        for component, shape in shapes.items()
        for name, field in shape.get("properties", {}).items()
        if component != "ScoreParts"  # points, in parts of the same names
        if field.get("type") in ("integer", ["integer", "null"])
        if (name in bounded and not {"minimum", "maximum"} <= field.keys())
        or (name.endswith("count") and "minimum" not in field)
    ]

    assert {"level", "hours_per_week", "max_projects", "priority", "offer_hours", "version"} <= bounded
    assert lacking == []
    assert (
        shapes["Role"]["properties"]["hours_per_week"] | {"minimum": 1, "maximum": 60}
        == (shapes["Role"]["properties"]["hours_per_week"])
    )
    # 0 is an answer to a question about a level, and no level.
    assert {shapes[name]["properties"]["level"]["minimum"] for name in ("OpenRole", "TeamMember")} == {1}


GLOBAL_NAMES = {
    *("Array", "Attr", "Audio", "Blob", "Boolean", "Cache", "Comment", "Crypto", "Date", "Document", "Element"),
    *("Error", "Event", "File", "Function", "Headers", "History", "Image", "Iterator", "Location", "Map", "Math"),
    *("Node", "Notification", "Number", "Object", "Option", "Plugin", "Promise", "Proxy", "Range", "Record", "Report"),
    *("Request", "Response", "Selection", "Set", "Storage", "String", "Symbol", "Text", "Touch", "Window", "Worker"),
    *("Any", "Callable", "Dict", "Enum", "False", "List", "None", "Optional", "True", "Type", "Union"),
}
"""Names that mean something else wherever a client in TypeScript or Python is written."""


def test_no_component_has_a_name_that_languages_use_themselves() -> None:
    assert GLOBAL_NAMES & document()["components"]["schemas"].keys() == set()


def test_each_section_of_the_export_names_its_columns_and_their_types() -> None:
    shapes = document()["components"]["schemas"]
    sections = shapes["ExportedSections"]["properties"]

    assert sections.keys() == list_export_sections().keys()
    for name, section in list_export_sections().items():
        row = shapes[sections[name]["items"]["$ref"].rsplit("/", 1)[1]]
        assert list(row["properties"]) == [section.name_column(column) for column in section.columns], name
    assert shapes["ExportedSkills"]["properties"]["level"]["type"] == "integer"
    assert shapes["ExportedMatches"]["properties"]["state"]["$ref"] == "#/components/schemas/MatchStateEnum"
    assert shapes["ExportedVetoes"]["properties"]["campaign_name"]["type"] == ["string", "null"]
