"""Whole numbers of a query as numpy columns, without a Python object for each value.

PostgreSQL gathers each column into an array and sends it in its binary form; `./run bench snapshot` measures it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BigIntegerField, Case, Expression, F, Func, Model, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact, LessThan
from numpy.typing import NDArray

_ARRAY_HEADER_BYTES = (
    20  # bytes before an array's values: dimensions, whether there are nulls, type, length, first index
)
_MAX_WORD_BITS = 63  # of a number that is not below zero
_ARRAY_VALUE_DTYPE = np.dtype([("size", ">i4"), ("value", ">i8")])


class PackedInt(NamedTuple):
    """A number from 0 up to 2 ** bits - 1: several of these travel as one."""

    value: Expression | F
    bits: int


def fetch_columns(
    rows: "QuerySet[Model]", *, ordered: bool = False, **what: Expression | F | PackedInt
) -> dict[str, NDArray[np.int64]]:
    """One column of whole numbers for each of `what`, in the order of the rows; one statement.

    With `ordered` the rows ascend by what is named first, then second, and so on, whatever their order was: all of it
    small, with at most 63 bits together. Sorting here takes a fraction of what it takes the database.
    ValueError where a value is null, or too large for its bits: say what stands for it, as by `as_integer(…, null=-1)`.
    """
    if ordered:
        rows = rows.order_by()  # not even as the model would have them
    spelled = {
        f"column_{name}": Cast(value.value if isinstance(value, PackedInt) else value, BigIntegerField())
        for name, value in what.items()
    }
    try:
        inner, parameters = rows.annotate(**spelled).values_list(*spelled).query.sql_with_params()
    except EmptyResultSet:  # known to be none without asking
        return {name: np.zeros(0, np.int64) for name in what}
    quote = connections[rows.db].ops.quote_name
    words = _pack_words(what)
    if ordered and (len(words) > 1 or not isinstance(next(iter(what.values())), PackedInt)):
        raise ValueError("Too large to be ordered here: let the database do it.")
    gathered = ", ".join(
        f"array_send(array_agg({_word_sql(word, quote)})), {_overflow_sql(word, quote)}" for word in words
    )
    names = ", ".join(map(quote, spelled))
    # OFFSET 0 has the database work out each value once, however often it stands in `gathered`. Of one small number or
    # two that takes longer than to work them out twice.
    once = "" if ordered else " OFFSET 0"
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"SELECT {gathered} FROM (SELECT * FROM ({inner}) AS told ({names}){once}) AS rows", parameters)
        sent = cursor.fetchone()
    found: dict[str, NDArray[np.int64]] = {}
    for word, each, beyond in zip(words, sent[::2], sent[1::2], strict=True):
        column = _decode_column(word, each, beyond)
        if ordered:
            column.sort()
        found |= _unpack_word(word, column)
    return {name: found[name] for name in what}


PackedWord = dict[str, int]
"""What travels as one number: names and bits, the first in the highest; 0 bits: a number of its own."""


def _pack_words(what: Mapping[str, Expression | F | PackedInt]) -> list[PackedWord]:
    words: list[PackedWord] = []
    small: PackedWord = {}
    for name, value in what.items():
        if not isinstance(value, PackedInt):
            words.append({name: 0})
            continue
        if sum(small.values()) + value.bits > _MAX_WORD_BITS:
            words.append(small)
            small = {}
        small = small | {name: value.bits}
    return [*words, small] if small else words


def _word_sql(word: PackedWord, quote: Callable[[str], str]) -> str:
    columns = {quote(f"column_{name}"): bits for name, bits in word.items()}
    if not any(columns.values()):
        return next(iter(columns))
    places = accumulate([0, *[bits for bits in reversed(columns.values())][:-1]])
    return " | ".join(f"({column} << {place})" for column, place in zip(reversed(columns), places, strict=True))


def _overflow_sql(word: PackedWord, quote: Callable[[str], str]) -> str:
    """What lies beyond the bits of any of the numbers, those below zero too: 0 where all of them fit."""
    beyond = [f"({quote(f'column_{name}')} >> {bits})" for name, bits in word.items() if bits]
    return f"bit_or({' | '.join(beyond)})" if beyond else "0"


def _unpack_word(word: PackedWord, column: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    found: dict[str, NDArray[np.int64]] = {}
    place = 0
    for name, bits in reversed(word.items()):
        found[name] = (column >> place) & (2**bits - 1) if bits else column
        place += bits
    return found


def _decode_column(word: PackedWord, sent: bytes | None, beyond: int | None) -> NDArray[np.int64]:
    if sent is None:  # no rows
        return np.zeros(0, np.int64)
    if beyond or (len(sent) - _ARRAY_HEADER_BYTES) % _ARRAY_VALUE_DTYPE.itemsize or int.from_bytes(sent[4:8], "big"):
        names = "” or “".join(word)
        raise ValueError(f"A value of “{names}” is null, or too large: say which number stands for it.")
    return np.frombuffer(sent, _ARRAY_VALUE_DTYPE, offset=_ARRAY_HEADER_BYTES)["value"].astype(np.int64)


def find_positions(known: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of `wanted` stands in `known`, which ascends; -1 where it does not."""
    if not len(known):
        return np.full(len(wanted), -1, np.int64)
    spots = np.searchsorted(known, wanted)
    spots[spots == len(known)] = 0
    return np.where(known[spots] == wanted, spots, -1)


def as_integer(name: str, *, null: int | None = None) -> Expression:
    """A number, or a yes or no, as a whole number."""
    number = Func(F(name), template="(%(expressions)s)::int", output_field=BigIntegerField())
    return number if null is None else Coalesce(number, Value(null))


def date_ordinal(name: str) -> Expression:
    """A date as `date.toordinal` counts it."""
    return Func(F(name), template=f"(%(expressions)s - DATE '{_FIRST_DATE}' + 1)", output_field=BigIntegerField())


def utc_date_ordinal(name: str) -> Expression:
    """The UTC day of a moment, likewise."""
    utc = f"((%(expressions)s AT TIME ZONE 'UTC')::date - DATE '{_FIRST_DATE}' + 1)"
    return Func(F(name), template=utc, output_field=BigIntegerField())


def minute_of_day(name: str) -> Expression:
    """A time of day as whole minutes after midnight."""
    # Not EXTRACT, which counts in decimals and is several times slower.
    return Func(F(name), template="(date_part('epoch', %(expressions)s)::int / 60)", output_field=BigIntegerField())


def index_in_list(name: str, among: Sequence[str]) -> Expression:
    """Where a text stands in a list, from 0; -1 where it does not."""
    text = Func(F(name), template='(%(expressions)s)::text COLLATE "C"', output_field=TextField())
    return _binary_search_index(text, sorted((one, at) for at, one in reversed([*enumerate(among)])))


def _binary_search_index(text: Expression, among: Sequence[tuple[str, int]]) -> Expression:
    """By halves: of thirty names five are compared."""
    if len(among) <= 1:
        known = [When(Exact(text, Value(one)), then=Value(at)) for one, at in among]
        return Case(*known, default=Value(-1), output_field=BigIntegerField())
    half = len(among) // 2
    before = When(LessThan(text, Value(among[half][0])), then=_binary_search_index(text, among[:half]))
    return Case(before, default=_binary_search_index(text, among[half:]), output_field=BigIntegerField())


def as_bit_set(name: str, among: Sequence[str]) -> Expression:
    """A list of texts as a set of bits: each where it stands in `among`, from the lowest; others have no bit.

    At most 64; the highest makes the number negative, so it is to be viewed as unsigned.
    """
    found: Expression = Cast(Value(0), BigIntegerField())
    for bit, one in enumerate(among):
        asked = f"((%(expressions)s))::int::bigint << {bit})"
        found = found + Func(Value(one), F(name), template=asked, arg_joiner=" = ANY(", output_field=BigIntegerField())
    return found


_FIRST_DATE = date.min.isoformat()
