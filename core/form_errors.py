"""Show the error of an action in the form whose input it refused."""

from django import forms

from core.errors import FieldError, HandraiserError, InputError


def add_form_errors(form: forms.BaseForm, error: HandraiserError) -> None:
    """Add each message of the error to its field of the form, and the others to the top of it."""
    found = error.errors if isinstance(error, InputError) else [FieldError(error.field, error.message)]
    for field_error in found:
        name = field_error.path.partition(".")[0]
        form.add_error(name if name in form.fields else None, field_error.message)
