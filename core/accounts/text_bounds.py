"""How long the texts of allauth's forms may be."""

from copy import deepcopy
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from core.email_addresses import MAX_EMAIL_LENGTH
from core.one_line_texts import keep_forms_on_one_line

MAX_PASSWORD_LENGTH = 128
MAX_ACCOUNT_TEXT_LENGTH = 254


def bound_texts(form: type[Any]) -> type[Any]:
    """Give each text of the form that has no bound one, so that no caller makes us hash or compare a book.

    Django bounds an address itself, at more than an account can hold: it gets the bound of all addresses.
    """
    for name, field in form.base_fields.items():
        if isinstance(field, forms.EmailField):
            form.base_fields[name] = _bound_text(field, MAX_EMAIL_LENGTH)
        elif isinstance(field, forms.CharField) and field.max_length is None:
            limit = MAX_PASSWORD_LENGTH if "password" in name else MAX_ACCOUNT_TEXT_LENGTH
            form.base_fields[name] = _bound_text(field, limit)
    keep_forms_on_one_line(form.base_fields)
    return form


def _bound_text(field: forms.CharField, limit: int) -> forms.CharField:
    bounded = deepcopy(field)
    bounded.max_length = limit
    others = [validator for validator in field.validators if not isinstance(validator, MaxLengthValidator)]
    bounded.validators = [*others, MaxLengthValidator(limit)]
    if "maxlength" in bounded.widget.attrs:
        bounded.widget.attrs["maxlength"] = str(limit)
    return bounded
