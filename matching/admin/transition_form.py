"""The form with the inputs of one action of a reviewer on a match."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldBooleanWidget

from core.admin_input import HiddenVersionField
from matching.lifecycle.actions.person_actions import PersonAction
from matching.rules.reasons import REASONS_BY_ACTION
from matching.rules.text_lengths import MAX_NOTE_LENGTH


class TransitionForm(forms.Form):
    """The form with the inputs of one action."""

    version = HiddenVersionField()

    def __init__(self, action_name: str, person_action: PersonAction, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "reason" in person_action.optional_inputs:
            is_required = "reason" in person_action.required_inputs
            reasons = REASONS_BY_ACTION[action_name].choices
            choices = [(code, label) for code, label in reasons if code or not is_required]
            self.fields["reason"] = forms.ChoiceField(
                choices=choices, required=is_required, label=_("Reason"), widget=UnfoldAdminSelectWidget
            )
        if "note" in person_action.optional_inputs:
            self.fields["note"] = forms.CharField(
                max_length=MAX_NOTE_LENGTH,
                required="note" in person_action.required_inputs,
                label=_("In your words"),
                widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
                help_text=_("Seen by reviewers only."),
            )
        if "volunteer_accepts_code_of_conduct" in person_action.optional_inputs:
            self.fields["volunteer_accepts_code_of_conduct"] = forms.BooleanField(
                required=False,
                label=_("They keep to the code of conduct"),
                widget=UnfoldBooleanWidget,
                help_text=_("Ask them, unless they have said so before."),
            )

    def action_inputs(self) -> dict[str, Any]:
        """Return the cleaned inputs as the action's keyword arguments."""
        return dict(self.cleaned_data)
