"""The page of a person who said yes to a campaign, from the yes to what became of it."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.enums import AccessPoint, ViewerKind
from core.privacy.contact_logging import render_with_contacts
from matching.lifecycle.actions.campaign_answers import confirm_match
from matching.models import Match
from matching.rules.states import STATES_BOTH_SIDES_KNOW, MatchState
from web.campaigns.person_form_pages import PersonFormPage, VersionForm
from web.campaigns.person_parts import build_person_context
from web.design.components import Link
from web.design.form_pages import FormPage


class StartForm(VersionForm):
    """The campaign's yes, with the code of conduct for a member who has not agreed to it yet."""

    accepts_code_of_conduct = forms.BooleanField(
        label=gettext_lazy("I keep to the code of conduct"),
        help_text=gettext_lazy("It is short, and you can read it right above. We ask once."),
        required=False,
    )

    def __init__(self, *args: Any, asks_conduct: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_conduct:
            del self.fields["accepts_code_of_conduct"]


class PersonPage(PersonFormPage):
    """Show the person as far as both sides have come. While they wait for an answer, its button is the yes."""

    form_class = StartForm
    template_name = "campaigns/person.html"
    open_states = (MatchState.ACCEPTED,)

    def build_form_options(self) -> dict[str, Any]:
        """Return whether the code of conduct is still to be agreed to."""
        return {"asks_conduct": self.user.conduct_accepted_at is None}

    def build_back(self) -> Link:
        """Return the way back to the desk."""
        return Link(reverse("campaign-desk", args=[self.kwargs["campaign_id"]]), _("Your campaign"))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page in every state; a person who is gone is named no more."""
        if self.match.state not in STATES_BOTH_SIDES_KNOW:
            return self.render_gone()
        return FormPage.get(self, request, **kwargs)

    def render_gone(self) -> HttpResponse:
        """Say that it ended early. It is no page of a person any more, and its status says so."""
        context = {"match": self.match, "back": self.build_back(), "report": self.address_of("campaign-person-report")}
        return render(self.request, "campaigns/person_gone.html", context, status=HTTPStatus.NOT_FOUND)

    def act(self, form: forms.Form) -> Match:
        """Start the work."""
        return confirm_match(actor=self.user, match=self.match, at=self.at, **form.cleaned_data)

    def describe_success(self) -> str:
        """Return what comes next."""
        return _("It begins. %(name)s hears it now, and you see how to reach each other.") % {"name": self.name}

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Show the person, and record that their contact was seen if it was."""
        if self.match.state not in STATES_BOTH_SIDES_KNOW:
            return self.render_gone()
        pages = {
            name: self.address_of(f"campaign-person-{name}")
            for name in ("decline", "messages", "checklist", "report", "done", "release", "complete")
        }
        context = {"page_form": self.form, "pages": pages} | self.build_context()
        return render_with_contacts(
            self.request,
            self.template_name,
            context | build_person_context(self.match, self.user, at=self.at) | more,
            viewer=self.user,
            viewer_kind=ViewerKind.CAMPAIGN,
            access_point=AccessPoint.PLACEMENT,
            status=status,
        )
