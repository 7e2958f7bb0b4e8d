"""The field of a mail address in every form, with errors that say what to correct."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.text_bounds import MAX_ACCOUNT_TEXT_LENGTH


class AddressField(forms.EmailField):
    """A mail address. An error names the space or the comma in it, or says that it is not complete."""

    default_error_messages = {"invalid": gettext_lazy("This address is not complete. Write it like name@example.org.")}

    def clean(self, value: Any) -> str:
        """Return the address. Raises ValidationError."""
        typed = str(value or "").strip()
        if any(character.isspace() for character in typed):
            raise forms.ValidationError(_("There is a space in this address. Take it out."), code="space")
        if "," in typed:
            raise forms.ValidationError(_("There is a comma in this address. Write a dot in its place."), code="comma")
        try:
            address: str = super().clean(value)
        except forms.ValidationError as error:
            if any(one.code == "invalid" for one in error.error_list):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
            raise
        return address


def build_address_field(field: forms.Field) -> AddressField:
    """Return the address field of one of allauth's forms with our errors; all else about it stays."""
    return AddressField(
        label=field.label,
        required=field.required,
        widget=field.widget,
        help_text=field.help_text,
        max_length=MAX_ACCOUNT_TEXT_LENGTH,
        error_messages={"required": gettext_lazy("Write your address.")},
    )


def name_address_errors(form: type[Any]) -> type[Any]:
    """Let the address of one of allauth's forms be an `AddressField`."""
    form.base_fields["email"] = build_address_field(form.base_fields["email"])
    return form
