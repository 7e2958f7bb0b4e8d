"""The page on which a manager changes a member's position."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.positions import change_position
from web.campaigns.member_pages import OneMemberPage
from web.campaigns.member_positions import list_positions

MAX_VERSION = 2**31 - 1


class VersionForm(forms.Form):
    """The version of the member that the reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=MAX_VERSION)


class PositionForm(VersionForm):
    """A position."""

    position = forms.ChoiceField(label=gettext_lazy("Position"), widget=forms.RadioSelect, choices=list_positions)


class PositionPage(OneMemberPage):
    """Change the position of one member."""

    template_name = "campaigns/member.html"
    form_class = PositionForm
    heading = gettext_lazy("What may this person do?")
    button = gettext_lazy("Save the position")

    def build_initial(self) -> dict[str, Any]:
        """Return the position, with its version."""
        return super().build_initial() | {"position": self.member.position}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Change the position."""
        change_position(actor=self.user, member=self.member, at=self.at, **self.read_proof(), **form.cleaned_data)
        messages.success(self.request, _("Saved. If it is another position than before, a letter tells them."))
        return self.return_to_list()
