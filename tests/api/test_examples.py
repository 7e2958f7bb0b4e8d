"""Every example of both descriptions fits the shape that it stands beside."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from core.accounts.auth_document import build_auth_document
from tests.api.document import build_document


def list_examples(document: Any, part: Any, where: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Each example: where it stands, its shape, and what it says."""
    if isinstance(part, list):
        for index, each in enumerate(part):
            yield from list_examples(document, each, f"{where}/{index}")
    if not isinstance(part, dict):
        return
    shape = part.get("schema", part)
    if "example" in part and shape != {"example": part["example"]}:
        yield where, shape, part["example"]
    if isinstance(part.get("examples"), dict) and "schema" in part:
        for name, example in part["examples"].items():
            named = (
                document["components"]["examples"][example["$ref"].rpartition("/")[2]] if "$ref" in example else example
            )
            yield f"{where} {name}", shape, named["value"]
    for name, each in part.items():
        if name not in ("example", "examples"):
            yield from list_examples(document, each, f"{where}/{name}")


@pytest.mark.parametrize(("build", "least"), [(build_document, 200), (build_auth_document, 50)])
def test_each_example_fits_its_shape(build: Any, least: int) -> None:
    document = build()
    examples = list(list_examples(document, document))

    wrong = [
        f"{where}: {error.json_path} {error.message}"
        for where, shape, value in examples
        for error in Draft202012Validator(
            {key: each for key, each in shape.items() if key != "example"} | {"components": document["components"]},
            format_checker=FormatChecker(),
        ).iter_errors(value)
    ]

    assert wrong == []
    assert len(examples) >= least
