"""Each field of a body takes one type of JSON: nothing is converted, so a mistake of a client does nothing."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from core.api.examples import build_example
from core.api.json_types import BOOLEAN, LIST, NOT_AN_OBJECT_MESSAGE, NUMBER, TEXT, WHOLE_NUMBER
from core.api.problem_details import list_field_errors
from core.api.serializers import StrictSerializer
from core.models import User
from tests.access.endpoints import AccessScenario, build_scenario
from tests.cast import Cast
from tests.core.api.test_bounds import Caller, Path, body_of, document, kind_of, operations, shape_of

OTHER_TYPES: dict[str, tuple[Any, ...]] = {
    "string": (5, 4.5, True, ["text"], {"a": "text"}),
    "boolean": ("true", "yes", "0", 1, 0.0, [True], {}),
    "integer": ("4", 4.0, True, [4], {"a": 4}),
    "number": ("4.5", True, [4.5], {}),
    "array": ("text", 5, True, {}),
    "object": ("text", 5, True, []),
}
"""By type: values of each other type, above all those that could be converted."""
SENTENCES = {
    "string": str(TEXT.message),
    "boolean": str(BOOLEAN.message),
    "integer": str(WHOLE_NUMBER.message),
    "number": str(NUMBER.message),
    "array": str(LIST.message),
    "object": str(NOT_AN_OBJECT_MESSAGE),
}


def list_places(schema: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Each field and each entry of a body, with its type."""
    shape = shape_of(schema)
    if path:
        yield path, kind_of(shape)
    for name, inner in shape.get("properties", {}).items():
        yield from list_places(inner, (*path, name))
    if kind_of(shape) == "array":
        yield from list_places(shape["items"], (*path, 0))


def list_wrong_bodies(schema: dict[str, Any]) -> Iterator[tuple[Any, dict[str, str]]]:
    """Bodies with values of other types, as many at once as stand beside each other, and the sentence at each path."""
    right = build_example(schema, document()["components"]["schemas"])
    places = [*list_places(schema)]
    plain = [(path, kind) for path, kind in places if kind not in ("array", "object")]
    holding = [(path, kind) for path, kind in places if kind in ("array", "object")]
    depths = {len(path) for path, _kind in holding}
    for chosen in (plain, *([each for each in holding if len(each[0]) == depth] for depth in depths)):
        for number in range(max((len(OTHER_TYPES[kind]) for _path, kind in chosen), default=0)):
            body = deepcopy(right)
            for path, kind in chosen:
                put(body, path, OTHER_TYPES[kind][number % len(OTHER_TYPES[kind])])
            yield body, {".".join(map(str, path)): SENTENCES[kind] for path, kind in chosen}


def put(body: Any, path: Path, value: Any) -> None:
    for step in path[:-1]:
        body = body[step]
    if isinstance(path[-1], int):
        body[:] = [value]
    else:
        body[path[-1]] = value


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    return build_scenario(cast, now)


def test_each_field_of_each_body_refuses_values_of_other_types(house: AccessScenario) -> None:
    wrong, tried = [], 0
    for path, method, operation in operations("post", "put", "patch", "delete"):
        schema = body_of(operation)
        if schema is None:
            continue
        caller = Caller(house, path, method)
        for body, expected in list_wrong_bodies(schema):
            status, told = caller.send(body)
            said = {place: told.get(place, [""])[0] for place in expected}
            tried += len(expected)
            if (status, said) != (400, expected):
                wrong.append(f"{operation['operationId']} {body}: {status} {expected.keys() - told.keys()} {told}")

    assert wrong == [], wrong[0]
    assert tried > 1500


def test_a_text_that_says_true_erases_nothing(house: AccessScenario) -> None:
    count = User.objects.count()

    for value in ("true", 1, "yes", "on"):
        status, told = Caller(house, "/api/v1/me/erasure", "post").send({"understands_consequences": value})
        assert (status, told["understands_consequences"]) == (400, [str(BOOLEAN.message)])

    assert User.objects.count() == count


class Form(StrictSerializer):
    names = serializers.ListField(child=serializers.CharField(max_length=3), required=False)
    share = serializers.FloatField(required=False)
    weekday = serializers.ChoiceField(choices=[(0, "Monday"), (1, "Tuesday")], required=False, allow_null=True)


def read(**sent: Any) -> dict[str, str]:
    try:
        Form().run_validation(sent)
    except ValidationError as error:
        return {field_error.path: field_error.message for field_error in list_field_errors(error)}
    return {}


def test_a_whole_number_is_a_number_and_null_is_for_the_field_to_judge() -> None:
    assert read(share=4, weekday=None, names=["a"]) == {}
    assert read(share=None) == {"share": "This field may not be null."}
    assert read(weekday="1") == {"weekday": SENTENCES["integer"]}


def test_other_mistakes_in_a_list_are_told_with_those_of_types() -> None:
    told = read(names=[5, "long", "ok", [1]])

    assert told.keys() == {"names.0", "names.1", "names.3"}
    assert (told["names.0"], told["names.3"]) == (SENTENCES["string"], SENTENCES["string"])
