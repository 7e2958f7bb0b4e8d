"""Copy columns of numbers and texts into a table of PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, cast

import numpy as np
from django.db import connection, models

COPY_BLOCK_ROWS = 50_000  # rows that are sent at once


def copy_rows(model: type[models.Model], count: int, **values: object) -> None:
    """Copy `count` rows into the model's table. `values` gives one value, or a value for each row.

    Fields that it leaves out take their default.
    """
    fields = [*model._meta.local_concrete_fields]
    assert values.keys() <= {field.attname for field in fields}, values.keys()  # a misspelt name would be ignored
    names = [field.attname for field in fields if field.attname in values or not isinstance(field, models.AutoField)]
    columns = [_column_texts(field, values, count) for field in fields if field.attname in names]
    quoted = ", ".join(f'"{name}"' for name in names)
    rows = zip(*columns, strict=True) if count else iter(())
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({quoted}) FROM STDIN") as copy:
        while block := list(islice(rows, COPY_BLOCK_ROWS)):
            copy.write("\n".join(map("\t".join, block)) + "\n")


def _column_texts(field: models.Field[Any, Any], values: dict[str, object], count: int) -> Iterable[str]:
    value = values.get(field.attname, None if field.attname in values else field.get_default())
    if field.attname == "public_id":
        return (str(uuid.uuid4()) for _ in range(count))
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, str | int | None | datetime | date) or field.attname not in values:
        return [_copy_text(value)] * count
    return map(_copy_text, cast("Iterable[object]", value))


def _copy_text(value: object) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)
