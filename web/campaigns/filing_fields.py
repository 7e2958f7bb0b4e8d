"""The fields of a filing, by which a reviewer checks who speaks for a campaign."""

from django import forms
from django.utils.translation import gettext_lazy

from campaigns.filing_rules import MAX_FILING_REFERENCE_LENGTH, MAX_PHONE_LENGTH, check_filing, check_phone
from core.errors import Invalid


def validate_reference(reference: str) -> None:
    """Raise ValidationError unless this may be a public filing, so that it is said beside what is missing."""
    try:
        check_filing({"reference": reference})
    except Invalid as error:
        raise forms.ValidationError(error.message) from error


def validate_phone(phone: str) -> None:
    """Raise ValidationError unless this is a phone number, so that it is said beside what is missing."""
    try:
        check_phone(phone, field="")
    except Invalid as error:
        raise forms.ValidationError(error.message) from error


class FilingFieldsForm(forms.Form):
    """Three facts by which a reviewer checks who speaks for a campaign, and reaches them."""

    reference = forms.CharField(
        label=gettext_lazy("Link or number of your public filing"),
        help_text=gettext_lazy("The committee’s registration, for example. Your candidate or treasurer has it."),
        max_length=MAX_FILING_REFERENCE_LENGTH,
        validators=[validate_reference],
        error_messages={"required": gettext_lazy("Give the web address or the number of the filing.")},
    )
    callback_phone = forms.CharField(
        label=gettext_lazy("Phone in that filing"),
        help_text=gettext_lazy("We call it once, to make sure that it is you."),
        max_length=MAX_PHONE_LENGTH,
        validators=[validate_phone],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Give the phone number that stands in the filing.")},
    )
    safe_phone = forms.CharField(
        label=gettext_lazy("Your own phone"),
        help_text=gettext_lazy(
            "If your email is ever broken into, we reach you here. Only reviewers and managers see it."
        ),
        max_length=MAX_PHONE_LENGTH,
        validators=[validate_phone],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": gettext_lazy("Give a phone on which we reach you without your email.")},
    )
