"""The base of the pages that ask once more before something ends for a person."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from matching.models import Match
from matching.rules.states import STATES_BOTH_SIDES_KNOW
from matching.rules.transitions import ActorKind, is_closed_in_emergency
from web.campaigns.person_form_pages import PersonFormPage
from web.design.confirm_pages import ConfirmPage


class PersonConfirmPage(PersonFormPage, ConfirmPage):
    """Base of the pages that ask once more."""

    template_name = "campaigns/confirm_person.html"
    keep_label = gettext_lazy("No, go back")
    action: ClassVar[str] = ""
    """The action of the match; where it is closed in an emergency, the page leads to the one that calls it off."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask once more, or lead to where an emergency is called off."""
        incident = self.match.request
        if incident.emergency and is_closed_in_emergency(self.action, ActorKind.CAMPAIGN):
            return redirect("incident-false-alarm", campaign_id=kwargs["campaign_id"], request_id=incident.public_id)
        return super().get(request, **kwargs)

    def perform(self, form: forms.Form) -> HttpResponse:
        """Act, and return to the person, or to the desk where the person is gone by it."""
        response = super().perform(form)
        is_gone = not Match.objects.filter(pk=self.match.pk, state__in=STATES_BOTH_SIDES_KNOW).exists()
        return redirect("campaign-desk", campaign_id=self.kwargs["campaign_id"]) if is_gone else response

    def list_consequences(self) -> Sequence[str]:
        """Return in whole sentences what happens, and when."""
        raise NotImplementedError

    def load(self, **kwargs: Any) -> None:
        """Find the person, and what happens to them."""
        super().load(**kwargs)
        self.what_happens = self.list_consequences()
