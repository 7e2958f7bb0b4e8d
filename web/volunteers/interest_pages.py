"""The page on which a volunteer takes back that they would like a place."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.api.current_user import get_current_user
from matching.lifecycle.actions.interests import withdraw_interest
from matching.open_roles.queries.interests import build_own_interests, interests_of
from web.design.components import Link
from web.design.confirm_pages import ConfirmPage


class TakeBackPage(ConfirmPage):
    """Ask before an interest ends. Those of other people are not there."""

    heading = gettext_lazy("Take it back?")
    button = gettext_lazy("Take it back")
    undo = gettext_lazy("You can ask for it again, as long as it is open.")
    keep_label = gettext_lazy("No, I’d still like it")
    gone_words = gettext_lazy("You don’t wait for this place any more.")
    mfa_required = False

    def load(self, **kwargs: Any) -> None:
        """Find the interest."""
        self.user = get_current_user(self.request)
        interest = interests_of(self.user).filter(public_id=kwargs["interest"]).first()
        if interest is None:
            raise Http404
        self.interest = interest
        (shown,) = build_own_interests([interest])
        self.what_happens = [
            _("You asked for this place: %(role)s.") % {"role": shown.role_name},
            _("When places are given out, we no longer count that you’d like it."),
        ]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, unless it has ended already."""
        if self.interest.ended_at is not None:
            messages.info(request, self.gone_words)
            return redirect("volunteer-desk")
        return super().get(request, **kwargs)

    def build_back(self) -> Link:
        """Return the way back to the volunteer's page."""
        return Link(reverse("volunteer-desk"), _("My page"))

    def perform(self, form: forms.Form) -> HttpResponse:
        """End the interest."""
        if withdraw_interest(actor=self.user, interest=self.interest, at=self.at):
            messages.success(self.request, _("Taken back. Everything else goes on as before."))
        else:
            messages.info(self.request, self.gone_words)
        return redirect("volunteer-desk")
