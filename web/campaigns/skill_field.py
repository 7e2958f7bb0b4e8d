"""The field in which a campaign chooses the skill of a role."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class NeededSkillField(forms.ChoiceField):
    """A choice of one skill; the form that has it gives it `choices`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Which skill do you need?"),
            error_messages={
                "required": gettext_lazy("Choose the skill that comes closest."),
                "invalid_choice": gettext_lazy("We don’t know this skill any more. Choose another."),
            },
            **kwargs,
        )
