"""Change a stored plan: its words, its days, and who answers the volunteers."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.amendments import AMENDABLE_STATES, amend_request
from campaigns.draft_rules import RequestChange
from campaigns.models import Request
from core.time_zones import name_time_zone
from web.campaigns.stored_plan_pages import StoredPlanPage, go_to_plan
from web.design.day_fields import DayField
from web.design.form_pages import VERSION_FIELD

MAX_TITLE_LENGTH = 160
MAX_SUMMARY_LENGTH = 2000


class ChangeForm(forms.Form):
    """What a campaign may change of a plan at any time, with the version that its reader saw."""

    title = forms.CharField(
        label=gettext_lazy("Project"),
        max_length=MAX_TITLE_LENGTH,
        error_messages={"required": gettext_lazy("Give the project a name.")},
    )
    summary = forms.CharField(
        label=gettext_lazy("What must be true"),
        help_text=gettext_lazy("Volunteers read it when they are asked."),
        max_length=MAX_SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what must be true, and by which day.")},
    )
    starts_on = DayField(label=gettext_lazy("First day"), missing=gettext_lazy("Give the first day of the work."))
    ends_on = DayField(label=gettext_lazy("Last day"), missing=gettext_lazy("Give the last day of the work."))
    contact = forms.ChoiceField(
        label=gettext_lazy("Who answers the volunteers?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who answers the volunteers."),
            "invalid_choice": gettext_lazy("This person no longer acts for the campaign. Choose another."),
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = members  # type: ignore[attr-defined]
        if len(members) < 2:
            del self.fields["contact"]


class ChangePage(StoredPlanPage):
    """Show what may be changed of a plan, and change it. A plan that is over leads to where it stands."""

    template_name = "campaigns/change.html"
    form_class = ChangeForm
    heading = gettext_lazy("Change the plan")
    button = gettext_lazy("Save the plan")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, or where the plan stands if it is over."""
        if self.stored.state not in AMENDABLE_STATES:
            messages.info(request, _("This project is over, so its plan stays as it is. Plan another one."))
            return go_to_plan(self.stored)
        return super().get(request, **kwargs)

    def build_initial(self) -> dict[str, Any]:
        """Show what is stored, with its version."""
        stored = self.stored
        return super().build_initial() | {
            "title": stored.shown_title,
            "summary": stored.shown_summary,
            "starts_on": stored.starts_on,
            "ends_on": stored.ends_on,
            VERSION_FIELD: stored.version,
        }

    def build_form_options(self) -> dict[str, Any]:
        """Offer the members who may answer."""
        return {"members": self.list_member_choices()}

    def build_context(self) -> dict[str, Any]:
        """Return the plan, and the zone of its days."""
        return {
            "stored": self.stored,
            "campaign": self.stored.campaign,
            "is_published": self.stored.state == Request.State.PUBLISHED,
            "zone": name_time_zone(self.stored.time_zone),
            "shown_members": self.list_shown_members(),
        }

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store what was changed, and show where the plan stands."""
        told = dict(form.cleaned_data)
        version = told.pop(VERSION_FIELD)
        # What comes from a playbook is shown in the reader's language. Who leaves it as it is has not changed it.
        for name in ("title", "summary"):
            if told.get(name) == getattr(self.stored, f"shown_{name}"):
                told[name] = getattr(self.stored, name)
        if told.get("contact"):
            told["contact"] = UUID(told["contact"])
        amended = amend_request(
            actor=self.user, request=self.stored, change=RequestChange(**told), at=self.at, version=version
        )
        messages.success(self.request, _("Saved. This is the plan now."))
        return go_to_plan(amended)
