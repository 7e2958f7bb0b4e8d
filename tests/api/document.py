"""The API's document as the tests of this folder read it."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator


@cache
def build_document() -> Any:
    """The document, built as it is served."""
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]


@cache
def build_closed_document() -> Any:
    """The document with no room for further keys, so that a test sees a key that is not described.

    The one that is served leaves answers open: a new field must break no client.
    """
    document = deepcopy(build_document())
    for shape in document["components"]["schemas"].values():
        if "properties" in shape:
            shape.setdefault("additionalProperties", False)
    return document


def list_operations() -> Iterator[tuple[str, str, Any]]:
    """Each operation: its path, its method, and what the document says of it."""
    for path, methods in build_document()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation
