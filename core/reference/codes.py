"""Find the rows that an input names by their codes."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db.models import Model, QuerySet

from core.field_errors import FieldErrors
from core.unknown_codes import describe_unknown_code

CodedRow = TypeVar("CodedRow", bound=Model)


def find_by_codes(
    kind: str, rows: "QuerySet[CodedRow]", codes: Mapping[str, str], errors: FieldErrors
) -> dict[str, CodedRow]:
    """Return those of `rows` that `codes` name, by code. `codes` gives each code by the path at which it was sent.

    For each that is not among `rows`, an error is added at its path. `kind` is that of `describe_unknown_code`.
    """
    found: dict[str, CodedRow] = rows.in_bulk(set(codes.values()), field_name="code")
    for path, code in codes.items():
        if code not in found:
            errors.add(path, describe_unknown_code(kind, code))
    return found


def index_paths(name: str, codes: Iterable[str]) -> dict[str, str]:
    """Return the codes of a list by their paths, as in `parties.0`."""
    return {f"{name}.{index}": code for index, code in enumerate(codes)}
