"""Read the rule of one field from a mapping: where its value comes from, and how its text is translated."""

from datetime import date
from itertools import accumulate

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.imports import fields
from core.imports.field_rules import DateShift, FieldRule, Translation, WeightedChoice, normalize_words
from core.imports.fields import ImportField
from core.imports.toml_table import StrictTable, Texts, read_literals
from core.notifications.moments import join_phrases

_SOURCE_KEYS = ("column", "columns", "constant", "choose")
_COLUMN_KEYS = ("split", "between", "map", "contains", "steps", "unknown", "prefix", "format", "default", "join")
_UNKNOWN_OPTIONS = ("reject", "ignore", "default", "keep")
_MAX_SHIFT_DAYS = 36_500


def read_rule(table: StrictTable, field: ImportField, today: date) -> FieldRule:
    """Read the rule of a field from its table. Raises Invalid, which names the wrong key."""
    sources = [source for source in _SOURCE_KEYS if source in table]
    if len(sources) != 1:
        raise Invalid(
            _("%(key)s must say exactly one of %(options)s: it says %(sources)s.")
            % {
                "key": table.path,
                "options": ", ".join(_SOURCE_KEYS),
                "sources": join_phrases(sources) or _("none"),
            },
            field=table.path,
        )
    column = table.text("column")
    rule = FieldRule(
        field=field,
        path=table.path,
        columns=(column,) if column else table.texts("columns") or (),
        join=table.text("join", " "),
        constant=_read_checked_texts(table, "constant", field, today),
        choose=_read_choice(table, field, today),
        default=_read_checked_texts(table, "default", field, today) or (),
        split=table.text("split"),
        between=table.texts("between") or (),
        translation=read_translation(table, "map", field, today),
        prefix=table.text("prefix"),
        format=table.text("format"),
        shift=_read_shift(table, field),
        is_assumed=table.flag("assumed"),
    )
    _check_parts(table, rule)
    table.refuse_unused_keys()
    return rule


def read_translation(table: StrictTable, exact: str, field: ImportField, today: date, unknown: str = "") -> Translation:
    """Read a translation from a table: whole texts under the key `exact`, beside `contains` and `steps`."""
    texts_by_whole = {key.strip().casefold(): texts for key, texts in _read_translations(table, exact, field, today)}
    texts_by_word = tuple(
        (normalize_words(key).rstrip(), texts) for key, texts in _read_translations(table, "contains", field, today)
    )
    if any(not word.strip() for word, _texts in texts_by_word):
        raise table.error_at("contains", _("%(key)s must hold words with letters or digits."))
    steps = _read_steps(table, field, today)
    default = unknown or ("reject" if texts_by_whole or texts_by_word or steps else "keep")
    return Translation(texts_by_whole, texts_by_word, steps, table.one_of("unknown", default, _UNKNOWN_OPTIONS))


def check_texts(texts: Texts, path: str, field: ImportField, today: date) -> Texts:
    """Return these texts when the field can take them. Raises Invalid when it cannot."""
    if len(texts) > 1 and not field.is_multiple:
        raise Invalid(
            _("%(key)s holds %(count)s values, but %(field)s takes one.")
            % {"key": path, "count": len(texts), "field": field.name},
            field=path,
        )
    for text in texts:
        try:
            field.read(text, today)
        except Invalid as error:
            raise Invalid(_("%(key)s: %(reason)s") % {"key": path, "reason": error.message}, field=path) from error
    return texts


def _read_checked_texts(table: StrictTable, key: str, field: ImportField, today: date) -> Texts | None:
    texts = table.texts(key)
    return texts and check_texts(texts, table.path_of(key), field, today)


def _read_translations(table: StrictTable, key: str, field: ImportField, today: date) -> list[tuple[str, Texts]]:
    inner = table.table(key)
    return [(name, _read_checked_texts(inner, name, field, today) or ()) for name in inner.names()]


def _read_steps(table: StrictTable, field: ImportField, today: date) -> tuple[tuple[int, Texts], ...]:
    steps: list[tuple[int, Texts]] = []
    for step in table.raw("steps") or ():
        if not (isinstance(step, list) and len(step) == 2 and type(step[0]) is int):
            raise table.error_at(
                "steps", _("%(key)s must be a list of pairs like [3, 2]: from this number on, that value.")
            )
        path = table.path_of("steps")
        steps.append((step[0], check_texts(read_literals(step[1], path), path, field, today)))
    numbers = [number for number, _texts in steps]
    if numbers != sorted(set(numbers)):
        raise table.error_at("steps", _("%(key)s must rise from one pair to the next."))
    return tuple(steps)


def _read_choice(table: StrictTable, field: ImportField, today: date) -> WeightedChoice | None:
    if "choose" not in table:
        return None
    inner = table.table("choose")
    values, weights = inner.raw("values") or [], inner.raw("weights")
    inner.refuse_unused_keys()
    if not isinstance(values, list) or not values:
        raise inner.error_at("values", _("%(key)s must be a list of the values to choose among."))
    weights = [1] * len(values) if weights is None else weights
    if not isinstance(weights, list) or len(weights) != len(values):
        raise inner.error_at(
            "weights", _("%(key)s must be a list of %(count)s weights, one for each value."), count=len(values)
        )
    if any(type(weight) not in (int, float) or not 0 <= weight <= 1e9 for weight in weights) or not sum(weights):
        raise inner.error_at("weights", _("%(key)s must be numbers that are not negative, and not all of them zero."))
    path = inner.path_of("values")
    texts = tuple(check_texts(read_literals(value, path), path, field, today) for value in values)
    return WeightedChoice(texts, tuple(accumulate(weights)))


def _read_shift(table: StrictTable, field: ImportField) -> DateShift | None:
    if "shift" not in table:
        return None
    if field.read is not fields.read_date:
        raise table.error_at("shift", _("%(key)s moves days, and %(field)s is none."), field=field.name)
    if not isinstance(table.raw("shift"), dict):
        return DateShift(table.number("shift", 0, -_MAX_SHIFT_DAYS, _MAX_SHIFT_DAYS), None)
    inner = table.table("shift")
    origin, days = inner.raw("from"), inner.number("to", 0, -_MAX_SHIFT_DAYS, _MAX_SHIFT_DAYS)
    inner.refuse_unused_keys()
    if type(origin) is not date:
        raise inner.error_at("from", _("%(key)s must be a day without quotation marks, such as 2018-11-06."))
    return DateShift(days, origin)


def _check_parts(table: StrictTable, rule: FieldRule) -> None:
    if rule.split and not rule.field.is_multiple:
        raise table.error_at(
            "split", _("%(key)s gives several values, but %(field)s takes one."), field=rule.field.name
        )
    if rule.between and len(rule.between) != 2:
        raise table.error_at("between", _('%(key)s must be a pair of marks, such as ["(", ")"].'))
    if rule.format and rule.field.read is not fields.read_date:
        raise table.error_at(
            "format", _("%(key)s says how days are written, and %(field)s is none."), field=rule.field.name
        )
    if rule.translation.unknown == "default" and not rule.default:
        raise table.error_at("unknown", _("%(key)s is “default”, but there is no `default`: add one."))
    for key in () if rule.columns else _COLUMN_KEYS:
        if key in table:
            raise table.error_at(key, _("%(key)s has no effect without `column`: remove it."))
