"""Expressions of SQL that give whole numbers, for the columns of a snapshot."""

from collections.abc import Sequence
from datetime import date

from django.db.models import BigIntegerField, Case, Expression, F, Func, TextField, Value, When
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact, LessThan


def as_integer(name: str, *, null: int | None = None) -> Expression:
    """Return a number or a boolean as a whole number; `null` stands for a null."""
    number = Func(F(name), template="(%(expressions)s)::int", output_field=BigIntegerField())
    return number if null is None else Coalesce(number, Value(null))


def date_ordinal(name: str, *, within: tuple[date, date] = (date.min, date.max)) -> Expression:
    """Return a date as `date.toordinal` counts it; a date outside of `within`, or an infinite one, as its end."""
    first, last = (day.isoformat() for day in within)
    bounded = f"LEAST(GREATEST(%(expressions)s, DATE '{first}'), DATE '{last}')"
    # GREATEST passes over a null, which would hide it.
    template = f"(CASE WHEN %(expressions)s IS NULL THEN NULL ELSE {bounded} END - DATE '{_FIRST_DATE}' + 1)"
    return Func(F(name), template=template, output_field=BigIntegerField())


def utc_date_ordinal(name: str) -> Expression:
    """Return the UTC day of a timestamp as `date.toordinal` counts it."""
    utc = f"((%(expressions)s AT TIME ZONE 'UTC')::date - DATE '{_FIRST_DATE}' + 1)"
    return Func(F(name), template=utc, output_field=BigIntegerField())


def minute_of_day(name: str) -> Expression:
    """Return a time of day in whole minutes after midnight."""
    # Not EXTRACT, which counts in decimals and is several times slower.
    return Func(F(name), template="(date_part('epoch', %(expressions)s)::int / 60)", output_field=BigIntegerField())


def index_in_list(name: str, options: Sequence[str]) -> Expression:
    """Return the index of a text in `options`, from 0; -1 for a text that is not among them."""
    # Python sorts texts by code point, and so does the collation "C"; any other would lead the search astray.
    text = Func(F(name), template='(%(expressions)s)::text COLLATE "C"', output_field=TextField())
    return _binary_search_index(text, sorted((option, index) for index, option in reversed([*enumerate(options)])))


def _binary_search_index(text: Expression, options: Sequence[tuple[str, int]]) -> Expression:
    # Nested CASE expressions by halves: of thirty names five are compared.
    if len(options) <= 1:
        cases = [When(Exact(text, Value(option)), then=Value(index)) for option, index in options]
        return Case(*cases, default=Value(-1), output_field=BigIntegerField())
    half = len(options) // 2
    lower_half = When(LessThan(text, Value(options[half][0])), then=_binary_search_index(text, options[:half]))
    return Case(lower_half, default=_binary_search_index(text, options[half:]), output_field=BigIntegerField())


def as_bit_set(name: str, options: Sequence[str]) -> Expression:
    """Return a list of texts as a set of bits: bit i for the text `options[i]`; other texts have no bit.

    It takes at most 64 options. The highest bit makes the number negative, so view the column as unsigned.
    """
    bits: Expression = Cast(Value(0), BigIntegerField())
    for bit, option in enumerate(options):
        template = f"((%(expressions)s))::int::bigint << {bit})"
        bits += Func(Value(option), F(name), template=template, arg_joiner=" = ANY(", output_field=BigIntegerField())
    return bits


_FIRST_DATE = date.min.isoformat()
