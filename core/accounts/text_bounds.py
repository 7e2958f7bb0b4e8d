"""How long the texts of allauth's forms may be."""

from copy import deepcopy
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from core.one_line_texts import keep_forms_on_one_line

MAX_PASSWORD_LENGTH = 128
MAX_ACCOUNT_TEXT_LENGTH = 254


def bound_texts(form: type[Any]) -> type[Any]:
    """Give each text of the form that has no bound one, so that no caller makes us hash or compare a book."""
    for name, field in form.base_fields.items():
        if isinstance(field, forms.CharField) and field.max_length is None:
            field = deepcopy(field)
            field.max_length = MAX_PASSWORD_LENGTH if "password" in name else MAX_ACCOUNT_TEXT_LENGTH
            field.validators = [*field.validators, MaxLengthValidator(field.max_length)]
            form.base_fields[name] = field
    keep_forms_on_one_line(form.base_fields)
    return form
