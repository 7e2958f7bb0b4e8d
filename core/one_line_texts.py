"""Texts of one line, such as a name or a title, take no line breaks, whichever way they come in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from core.visible_text import MAX_ONE_LINE_LENGTH, has_line_break


def check_one_line(value: object) -> None:
    """Raise ValidationError for a text with a line break or a tab. Some fields of texts read them as ids or lists."""
    if isinstance(value, str) and has_line_break(value):
        raise ValidationError(_("This is a text of one line. Leave line breaks and tabs out."))


def keep_inputs_on_one_line(fields: Mapping[str, Any]) -> None:
    """Let the short texts of a serializer, and those in its lists, refuse line breaks."""
    for field in fields.values():
        text: Any = field.child if isinstance(field, serializers.ListField) else field
        is_text = isinstance(text, serializers.CharField) and not text.read_only
        if is_text and text.max_length is not None and text.max_length <= MAX_ONE_LINE_LENGTH:
            text.validators.append(check_one_line)


def keep_forms_on_one_line(fields: Mapping[str, Any]) -> None:
    """Let the texts of a form refuse line breaks, but for those in a box of several lines."""
    for field in fields.values():
        is_line = isinstance(field, forms.CharField) and not isinstance(field.widget, forms.Textarea)
        if is_line and check_one_line not in field.validators:  # the classes of forms share fields
            field.validators.append(check_one_line)
