"""The forms of the review list: why a proposal is rejected, and which alternate takes the seat."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from matching.admin.match_base import format_score_parts
from matching.lifecycle.queries.alternates import Alternate
from matching.rules.reasons import RejectReason
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from volunteers.models import Volunteer


class RejectForm(forms.Form):
    """The form that asks for the reason of a rejection."""

    reason = forms.ChoiceField(
        choices=RejectReason.choices, label=gettext_lazy("Reason"), widget=UnfoldAdminSelectWidget
    )
    note = forms.CharField(
        max_length=MAX_NOTE_LENGTH,
        required=False,
        label=gettext_lazy("In your words"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Seen by reviewers only."),
    )


class AlternateForm(forms.Form):
    """The form that offers the alternates for a seat."""

    volunteer = forms.ModelChoiceField(
        Volunteer.objects.none(),
        label=gettext_lazy("Who else fits, the best first"),
        widget=forms.RadioSelect(attrs={"class": "my-2"}),
    )

    def __init__(self, alternates: list[Alternate], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alternate_by_id = {alternate.volunteer.pk: alternate for alternate in alternates}
        field = cast("forms.ModelChoiceField[Volunteer]", self.fields["volunteer"])
        field.queryset = Volunteer.objects.filter(pk__in=alternate_by_id)
        field.choices = [
            (pk, f"{alternate.volunteer}: {sum(parts.values())} = {format_score_parts(parts)}")
            for pk, alternate in alternate_by_id.items()
            for parts in [alternate.score_parts]
        ]
