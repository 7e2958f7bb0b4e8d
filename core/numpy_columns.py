"""Fetch whole numbers of a query as numpy columns, without a Python object for each value.

PostgreSQL aggregates each column into an array and sends it in its binary form; `./run bench snapshot` measures it.
"""

from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BigIntegerField, Expression, F, Model, QuerySet
from django.db.models.functions import Cast
from numpy.typing import NDArray

# Bytes before the values of an array: dimensions, whether there are nulls, type, length, first index (array_send).
_ARRAY_HEADER_BYTES = 20
_MAX_WORD_BITS = 63  # the bits of a bigint that leave its sign alone
_ARRAY_VALUE_DTYPE = np.dtype([("size", ">i4"), ("value", ">i8")])


class PackedInt(NamedTuple):
    """A number from 0 to 2 ** bits - 1; several of these are sent in one bigint."""

    value: Expression | F
    bits: int


def fetch_columns(
    rows: "QuerySet[Model]", *, ordered: bool = False, **what: Expression | F | PackedInt
) -> dict[str, NDArray[np.int64]]:
    """Return one column of whole numbers for each of `what`, in the order of the rows, with one statement.

    With `ordered` the rows ascend by the first column, then by the second, and so on. That takes PackedInt columns of
    at most 63 bits together; sorting here takes a fraction of the database's time. Raises ValueError where a value is
    null or too large for its bits; `as_integer(…, null=-1)` gives nulls a number.
    """
    if ordered:
        rows = rows.order_by()  # drops the model's own order too
    selected = {
        f"column_{name}": Cast(value.value if isinstance(value, PackedInt) else value, BigIntegerField())
        for name, value in what.items()
    }
    try:
        inner, parameters = rows.annotate(**selected).values_list(*selected).query.sql_with_params()
    except EmptyResultSet:  # Django knows without a query that there are no rows
        return {name: np.zeros(0, np.int64) for name in what}
    quote = connections[rows.db].ops.quote_name
    words = _pack_words(what)
    if ordered and (len(words) > 1 or not isinstance(next(iter(what.values())), PackedInt)):
        raise ValueError("Too large to be ordered here: let the database do it.")
    aggregates = ", ".join(
        f"array_send(array_agg({_word_sql(word, quote)})), {_overflow_sql(word, quote)}" for word in words
    )
    names = ", ".join(map(quote, selected))
    # OFFSET 0 makes the database compute each value once, although `aggregates` names it several times. For one or two
    # packed numbers the extra step costs more than computing them twice.
    fence = "" if ordered else " OFFSET 0"
    sql = f"SELECT {aggregates} FROM (SELECT * FROM ({inner}) AS selected ({names}){fence}) AS rows"
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, parameters)
        answer = cursor.fetchone()
    columns: dict[str, NDArray[np.int64]] = {}
    for word, array, overflow in zip(words, answer[::2], answer[1::2], strict=True):
        column = _decode_column(word, array, overflow)
        if ordered:
            column.sort()
        columns |= _unpack_word(word, column)
    return {name: columns[name] for name in what}


PackedWord = dict[str, int]
"""The columns that one bigint holds: names and bits, the first in the highest bits; 0 bits: a column of its own."""


def _pack_words(what: Mapping[str, Expression | F | PackedInt]) -> list[PackedWord]:
    words: list[PackedWord] = []
    packed: PackedWord = {}
    for name, value in what.items():
        if not isinstance(value, PackedInt):
            words.append({name: 0})
            continue
        if sum(packed.values()) + value.bits > _MAX_WORD_BITS:
            words.append(packed)
            packed = {}
        packed = packed | {name: value.bits}
    return [*words, packed] if packed else words


def _word_sql(word: PackedWord, quote: Callable[[str], str]) -> str:
    columns = {quote(f"column_{name}"): bits for name, bits in word.items()}
    if not any(columns.values()):
        return next(iter(columns))
    offsets = accumulate([0, *[bits for bits in reversed(columns.values())][:-1]])
    return " | ".join(f"({column} << {offset})" for column, offset in zip(reversed(columns), offsets, strict=True))


def _overflow_sql(word: PackedWord, quote: Callable[[str], str]) -> str:
    """Return SQL that is 0 where every number fits its bits; a number below zero does not fit either."""
    beyond = [f"({quote(f'column_{name}')} >> {bits})" for name, bits in word.items() if bits]
    return f"bit_or({' | '.join(beyond)})" if beyond else "0"


def _unpack_word(word: PackedWord, column: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    columns: dict[str, NDArray[np.int64]] = {}
    offset = 0
    for name, bits in reversed(word.items()):
        columns[name] = (column >> offset) & (2**bits - 1) if bits else column
        offset += bits
    return columns


def _decode_column(word: PackedWord, array: bytes | None, overflow: int | None) -> NDArray[np.int64]:
    if array is None:  # array_agg of no rows is null
        return np.zeros(0, np.int64)
    # A null has a size and no value, so the length no longer divides; the flag in the header says the same.
    has_odd_length = (len(array) - _ARRAY_HEADER_BYTES) % _ARRAY_VALUE_DTYPE.itemsize
    if overflow or has_odd_length or int.from_bytes(array[4:8], "big"):
        names = "” or “".join(word)
        raise ValueError(f"A value of “{names}” is null, or too large: say which number stands for it.")
    return np.frombuffer(array, _ARRAY_VALUE_DTYPE, offset=_ARRAY_HEADER_BYTES)["value"].astype(np.int64)


def find_positions(values: NDArray[np.int64], searched: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the index in `values`, which ascend, of each of `searched`; -1 for what is not among them."""
    if not len(values):
        return np.full(len(searched), -1, np.int64)
    positions = np.searchsorted(values, searched)
    positions[positions == len(values)] = 0
    return np.where(values[positions] == searched, positions, -1)
