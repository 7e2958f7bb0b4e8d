"""The base of the pages about one person who said yes to a campaign."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.api.current_user import get_current_user
from core.errors import Stale, WrongState
from core.models import User
from matching.lifecycle.queries.placements import find_placement
from matching.models import Match
from matching.rules.states import STATES_BOTH_SIDES_KNOW, MatchState
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
