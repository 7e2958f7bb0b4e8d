"""The field for the first name of an account, by which volunteers read who writes to them."""

from django import forms
from django.utils.translation import gettext_lazy

from core.models.user import MAX_FIRST_NAME_LENGTH


class FirstNameField(forms.CharField):
    """The first name of a person who acts for a campaign. None has to give one."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Your first name, as volunteers will read it"),
            help_text=gettext_lazy(
                "You may leave it empty. Volunteers read it once both sides have said yes, and so do your colleagues."
            ),
            max_length=MAX_FIRST_NAME_LENGTH,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        )


class FirstNameForm(forms.Form):
    """The first name alone."""

    first_name = FirstNameField()
