"""What two people changed at once, beside each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField


@dataclass(frozen=True, slots=True)
class StaleRow:
    """A text that two people changed at once."""

    label: str
    mine: str
    theirs: str


def compare_texts(form: forms.Form, current: dict[str, Any]) -> list[StaleRow]:
    """Return the fields whose stored value is not what was typed."""
    rows = []
    for field in form.visible_fields():
        if field.name not in current:
            continue
        mine, theirs = (_show_value(field, value) for value in (form.cleaned_data.get(field.name), current[field.name]))
        if mine != theirs:
            rows.append(StaleRow(str(field.label), mine or "-", theirs or "-"))
    return rows


def _show_value(field: BoundField, value: object) -> str:
    """Return a value as its reader knows it: several choices by their names, in the order of the form."""
    if not isinstance(field.field, forms.MultipleChoiceField):
        return str(value or "")
    chosen = set(map(str, value if isinstance(value, Iterable) else ()))
    return ", ".join(str(box.choice_label) for box in field if str(box.data["value"]) in chosen)
