"""The page of a person who said yes to a campaign, from the yes to what became of it."""

from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.api.current_user import get_current_user
from core.enums import AccessPoint, ViewerKind
from core.errors import Stale, WrongState
from core.models import User
from core.privacy.contact_logging import render_with_contacts
from matching.lifecycle.actions.campaign_answers import confirm_match
from matching.lifecycle.queries.placements import find_placement
from matching.models import Match
from matching.rules.states import STATES_BOTH_SIDES_KNOW, MatchState
from web.campaigns.person_parts import build_person_context
from web.design.components import Link
from web.design.form_pages import FormPage

MAX_VERSION = 2**31 - 1


class VersionForm(forms.Form):
    """The version of the match that its reader saw; a newer one is told and not overwritten."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False, min_value=0, max_value=MAX_VERSION)


class PersonFormPage(FormPage):
    """Base of the pages about one person, for the manager and the staff of their campaign.

    `open_states` are those in which the page does something. In every other state it leads to the person's page.
    """

    form_class: type[forms.Form] = VersionForm
    open_states: ClassVar[tuple[MatchState, ...]] = STATES_BOTH_SIDES_KNOW
    page_title: str | Promise = gettext_lazy("A person of your project")
    match: Match
    user: User

    def load(self, **kwargs: Any) -> None:
        """Find the person."""
        self.user = get_current_user(self.request)
        self.match = find_placement(self.user, campaign_id=kwargs["campaign_id"], match_id=kwargs["match_id"])

    @property
    def name(self) -> str:
        """Return the first name of the person."""
        return self.match.volunteer.first_name

    def build_initial(self) -> dict[str, Any]:
        """Return the version that the reader sees."""
        return {"version": self.match.version}

    def build_context(self) -> dict[str, Any]:
        """Return the match and the ways out."""
        return {"match": self.match, "name": self.name, "back": self.build_back(), "page_title": self.page_title}

    def build_back(self) -> Link:
        """Return the way back to the person's page."""
        return Link(self.address_of("campaign-person"), self.name)

    def address_of(self, page: str) -> str:
        """Return the address of a page about this person, by its URL name."""
        return reverse(page, args=[self.kwargs["campaign_id"], self.kwargs["match_id"]])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page, or lead to the person's page where this one has nothing to do any more."""
        if self.match.state not in self.open_states:
            return redirect(self.address_of("campaign-person"))
        return super().get(request, **kwargs)

    def act(self, form: forms.Form) -> Any:
        """Call the action of the page. Raises its errors."""
        raise NotImplementedError

    def perform(self, form: forms.Form) -> HttpResponse:
        """Act; where the match has moved on meanwhile, say so on the person's page."""
        try:
            self.act(form)
        except (Stale, WrongState) as error:
            state = Match.objects.values_list("state", flat=True).get(pk=self.match.pk)
            if isinstance(error, WrongState) and state in self.open_states:
                raise
            messages.warning(self.request, self.describe_change(state))
        else:
            if self.describe_success():
                messages.success(self.request, self.describe_success())
        return redirect(self.address_of("campaign-person"))

    def describe_success(self) -> str:
        """Return what the reader is told when it is done; empty where the next page says it."""
        return ""

    def describe_change(self, state: str) -> str:
        """Return what the reader is told when another person, or a clock, was faster."""
        if state in self.open_states:
            return _("Something has changed since you opened the page. Look at it again, and decide.")
        if state in (MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED):
            return _("A colleague was faster, or its time had come. Here is where it stands now.")
        return _("It was over before your answer came. Here is what happened.")


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
