"""Find what a body names by its id."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.field_errors import FieldErrors, join_path

RowModel = TypeVar("RowModel", bound=Model)


def find_named(rows: "QuerySet[RowModel]", public_id: UUID, *, field: str, message: str) -> RowModel:
    """Return the one of `rows` that the body names at `field`. Raises NotFound with this message."""
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NotFound(message, field=field)
    return row


def find_all_named(
    rows: "QuerySet[RowModel]", public_ids: Sequence[UUID] | None, *, field: str
) -> list[RowModel] | None:
    """Return those of `rows` that the body lists at `field`; None for no list. Raises NotFound, naming each missing."""
    if public_ids is None:
        return None
    found = rows.in_bulk(public_ids, field_name="public_id")
    errors = FieldErrors()
    for index, public_id in enumerate(public_ids):
        if public_id not in found:
            message = _("This does not exist. Look it up again and give its id.")
            errors.add(join_path(field, str(index)), message, is_missing=True)
    errors.raise_if_any()
    return [*found.values()]
