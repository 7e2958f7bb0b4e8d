"""The reader's details: name, contact, languages, projects at once, and what they may do."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.api.current_user import get_current_user
from core.enums import OptionalAnswer
from volunteers.actions.details import replace_details
from volunteers.models import Volunteer
from volunteers.profile_limits import MAX_PROJECTS
from volunteers.stated_profile import Details
from web.design.form_pages import VERSION_FIELD
from web.design.language_fields import LanguagesMixin, list_languages_by_name
from web.volunteers.profile_pages import OwnProfilePage

_ANSWERS = [
    (OptionalAnswer.NO, gettext_lazy("No")),
    (OptionalAnswer.YES, gettext_lazy("Yes")),
    (OptionalAnswer.NOT_SAID, gettext_lazy("Not sure, or I’d rather not say")),
]


def _find_most(name: str) -> int:
    most: int = Volunteer._meta.get_field(name).max_length  # type: ignore[union-attr,assignment]
    return most


class DetailsForm(LanguagesMixin):
    """The details. No campaign sees any of them before the reader has said yes to it."""

    first_name = forms.CharField(
        label=gettext_lazy("First name"),
        help_text=gettext_lazy("A campaign reads it when you have said yes, and not before."),
        max_length=_find_most("first_name"),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": gettext_lazy("Write how we may call you.")},
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name, if you like"),
        help_text=gettext_lazy("Only our reviewers read it. No campaign does."),
        max_length=_find_most("last_name"),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        required=False,
    )
    contact = forms.CharField(
        label=gettext_lazy("How a project reaches you"),
        help_text=gettext_lazy(
            "A phone number, or another address. Your projects see it while they last. "
            "Empty: the address of your account."
        ),
        max_length=_find_most("contact"),
        required=False,
    )
    max_projects = forms.TypedChoiceField(
        label=gettext_lazy("Projects at once, at most"),
        help_text=gettext_lazy("All of them together stay within your hours a week."),
        choices=[(number, str(number)) for number in range(1, MAX_PROJECTS + 1)],
        coerce=int,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages that you work in"),
        help_text=gettext_lazy("Tick those in which you can write to voters or talk with a team."),
        widget=forms.CheckboxSelectMultiple,
        choices=list_languages_by_name,
        error_messages={"required": gettext_lazy("Tick at least one language.")},
    )
    wants_to_lead = forms.BooleanField(
        label=gettext_lazy("I’d like to lead a team"),
        help_text=gettext_lazy("You plan its meetings and keep its list."),
        required=False,
    )
    may_make_decisions = forms.ChoiceField(
        label=gettext_lazy("May you decide things for a campaign, such as what its money goes to?"),
        help_text=gettext_lazy("By law, people who are neither citizens nor permanent residents may not."),
        widget=forms.RadioSelect,
        choices=_ANSWERS,
    )
    job_restricts = forms.ChoiceField(
        label=gettext_lazy("Does your job restrict political work?"),
        help_text=gettext_lazy("With a yes, a reviewer takes more care. No employer is asked."),
        widget=forms.RadioSelect,
        choices=_ANSWERS,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class OwnDetailsPage(OwnProfilePage):
    """Show the stored details, and take others."""

    template_name = "volunteers/details.html"
    form_class: type[forms.Form] = DetailsForm
    heading = gettext_lazy("About you")
    button = gettext_lazy("Save this")

    def build_initial(self) -> dict[str, Any]:
        """Show what is stored, with the version of the profile."""
        names = [name for name in DetailsForm.base_fields if name != VERSION_FIELD]
        return {name: getattr(self.volunteer, name) for name in names} | {VERSION_FIELD: self.volunteer.version}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store the details."""
        stated = dict(form.cleaned_data)
        version = stated.pop(VERSION_FIELD)
        replace_details(actor=get_current_user(self.request), details=Details(**stated), version=version, at=self.at)
        messages.success(self.request, _("Saved."))
        return redirect("my-details")
