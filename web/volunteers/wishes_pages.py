"""The reader's wishes: levels of office, parties and states."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.api.current_user import get_current_user
from core.enums import OfficeLevel
from matching.lifecycle.queries.commitments import count_commitments
from matching.rules.regions import REGION_BY_STATE, Region
from volunteers.actions.wishes import replace_wishes
from volunteers.queries import list_wish_choices
from volunteers.stated_profile import Wishes
from web.design.form_pages import VERSION_FIELD
from web.volunteers.own_volunteer_pages import OwnVolunteerPage

_NAMES = ("parties", "levels", "jurisdictions")
_CHOSEN_SHOWN = 3


def _build_choice_field(label: Any, **options: Any) -> forms.MultipleChoiceField:
    help_text = gettext_lazy("Tick none if all are fine.")
    return forms.MultipleChoiceField(
        label=label, help_text=help_text, widget=forms.CheckboxSelectMultiple, required=False, **options
    )


class WishesForm(forms.Form):
    """The three wishes, each with the limit beside it. Without a choice all are welcome."""

    parties = _build_choice_field(gettext_lazy("Parties"))
    restrict_to_parties = forms.BooleanField(
        label=gettext_lazy("Only these parties"),
        help_text=gettext_lazy("You are asked for no campaign of another party."),
        required=False,
    )
    levels = _build_choice_field(
        gettext_lazy("Offices: of the country, a state, or a town"), choices=OfficeLevel.choices
    )
    restrict_to_levels = forms.BooleanField(label=gettext_lazy("Only these offices"), required=False)
    jurisdictions = _build_choice_field(gettext_lazy("States"))
    restrict_to_jurisdictions = forms.BooleanField(label=gettext_lazy("Only these states"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, entries in choices.items():
            self.fields[name].choices = entries  # type: ignore[attr-defined]

    @property
    def chosen_states(self) -> str:
        """Return the names of the first states that are ticked, and how many more there are."""
        chosen = set(map(str, self["jurisdictions"].value() or ()))
        names = [str(label) for code, label in self.fields["jurisdictions"].choices if code in chosen]  # type: ignore[attr-defined]
        if len(names) <= _CHOSEN_SHOWN:
            return ", ".join(names)
        words = {"states": ", ".join(names[:_CHOSEN_SHOWN]), "more": len(names) - _CHOSEN_SHOWN}
        return _("%(states)s and %(more)s more") % words

    @property
    def states_by_region(self) -> list[tuple[str, list[forms.boundfield.BoundWidget]]]:
        """Return the boxes of the states under their regions; what is in none, as the country, stands first."""
        boxes = list(self["jurisdictions"])
        groups = [("", _("All of it")), *Region.choices]
        placed = [
            (str(label), [box for box in boxes if REGION_BY_STATE.get(box.data["value"], "") == code])
            for code, label in groups
        ]
        return [(label, found) for label, found in placed if found]


class OwnWishesPage(OwnVolunteerPage):
    """Show the stored wishes, and take others."""

    template_name = "volunteers/wishes.html"
    form_class: type[forms.Form] = WishesForm
    heading = gettext_lazy("Whom you help")
    button = gettext_lazy("Save this")

    def build_initial(self) -> dict[str, Any]:
        """Show what is stored, with the version of the profile."""
        volunteer = self.volunteer
        stored: dict[str, Any] = {name: [row.code for row in getattr(volunteer, name).all()] for name in _NAMES[::2]}
        limits = {f"restrict_to_{name}": getattr(volunteer, f"restrict_to_{name}") for name in _NAMES}
        return stored | limits | {"levels": volunteer.levels, VERSION_FIELD: volunteer.version}

    def build_form_options(self) -> dict[str, Any]:
        """Offer the parties and places that there are."""
        return super().build_form_options() | {"choices": list_wish_choices()}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store the wishes."""
        said = dict(form.cleaned_data)
        version = said.pop(VERSION_FIELD)
        replace_wishes(actor=get_current_user(self.request), wishes=Wishes(**said), version=version, at=self.at)
        if count_commitments(self.volunteer).projects:
            words = _("Saved. What you said yes to stays as agreed; this counts for what comes next.")
        else:
            words = _("Saved. This counts for what comes next.")
        messages.success(self.request, words)
        return redirect("my-wishes")
