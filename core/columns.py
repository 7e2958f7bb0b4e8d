"""Whole numbers of a query as numpy columns, without a Python object for each value.

PostgreSQL gathers each column into an array and sends it in its binary form; `./run bench snapshot` measures it.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BigIntegerField, Expression, F, Func, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from numpy.typing import NDArray

_HEAD = 20  # bytes before an array's values: dimensions, whether there are nulls, type, length, first index
_VALUE = np.dtype([("size", ">i4"), ("value", ">i8")])


def columns(rows: "QuerySet[Model]", **what: Expression | F) -> dict[str, NDArray[np.int64]]:
    """One column of whole numbers for each of `what`, in the order of the rows; one statement.

    ValueError where a value is null: say what stands for it, as by `whole(…, null=-1)`.
    """
    spelled = {f"column_{name}": Cast(value, BigIntegerField()) for name, value in what.items()}
    try:
        inner, parameters = rows.annotate(**spelled).values_list(*spelled).query.sql_with_params()
    except EmptyResultSet:  # known to be none without asking
        return {name: np.zeros(0, np.int64) for name in what}
    quoted = [connections[rows.db].ops.quote_name(name) for name in spelled]
    gathered = ", ".join(f"array_send(array_agg({name}))" for name in quoted)
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"SELECT {gathered} FROM ({inner}) AS rows ({', '.join(quoted)})", parameters)
        found = cursor.fetchone()
    return {name: _column(name, sent) for name, sent in zip(what, found, strict=True)}


def _column(name: str, sent: bytes | None) -> NDArray[np.int64]:
    if sent is None:  # no rows
        return np.zeros(0, np.int64)
    if (len(sent) - _HEAD) % _VALUE.itemsize or int.from_bytes(sent[4:8], "big"):
        raise ValueError(f"A value of “{name}” is null: say which number stands for it.")
    return np.frombuffer(sent, _VALUE, offset=_HEAD)["value"].astype(np.int64)


def rows_of(known: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of `wanted` stands in `known`, which ascends; -1 where it does not."""
    if not len(known):
        return np.full(len(wanted), -1, np.int64)
    spots = np.searchsorted(known, wanted)
    spots[spots == len(known)] = 0
    return np.where(known[spots] == wanted, spots, -1)


def whole(name: str, *, null: int | None = None) -> Expression:
    """A number, or a yes or no, as a whole number."""
    number = Func(F(name), template="(%(expressions)s)::int", output_field=BigIntegerField())
    return number if null is None else Coalesce(number, Value(null))


def day(name: str) -> Expression:
    """A date as `date.toordinal` counts it."""
    return Func(F(name), template=f"(%(expressions)s - DATE '{_FIRST}' + 1)", output_field=BigIntegerField())


def day_of(name: str) -> Expression:
    """The UTC day of a moment, likewise."""
    utc = f"((%(expressions)s AT TIME ZONE 'UTC')::date - DATE '{_FIRST}' + 1)"
    return Func(F(name), template=utc, output_field=BigIntegerField())


def minute(name: str) -> Expression:
    """A time of day as whole minutes after midnight."""
    # Not EXTRACT, which counts in decimals and is several times slower.
    return Func(F(name), template="(date_part('epoch', %(expressions)s)::int / 60)", output_field=BigIntegerField())


def place(name: str, among: Sequence[str]) -> Expression:
    """Where a text stands in a list, from 0; -1 where it does not."""
    found = Func(_texts(among), Cast(F(name), TextField()), function="array_position", output_field=BigIntegerField())
    return Coalesce(found, Value(0)) - Value(1)


def bit_set(name: str, among: Sequence[str]) -> Expression:
    """A list of texts as a set of bits: each where it stands in `among`, from the lowest; others have no bit.

    At most 64; the highest makes the number negative, so it is to be viewed as unsigned.
    """
    found: Expression = Cast(Value(0), BigIntegerField())
    for bit, one in enumerate(among):
        asked = f"((%(expressions)s))::int::bigint << {bit})"
        found = found + Func(Value(one), F(name), template=asked, arg_joiner=" = ANY(", output_field=BigIntegerField())
    return found


def _texts(names: Sequence[str]) -> Value:
    return Value(list(names), ArrayField(TextField()))


_FIRST = date.min.isoformat()
