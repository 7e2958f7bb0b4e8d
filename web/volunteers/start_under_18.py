"""The end of a first visit of a person who is under 18."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from web.design.components import Link
from web.design.confirm_pages import ConfirmPage
from web.volunteers.start_drafts import forget_draft
from web.volunteers.start_pages import StartPage


class UnderAgePage(StartPage, ConfirmPage):
    """Ask before everything that a person under 18 has said is erased."""

    heading = gettext_lazy("Are you under 18?")
    button = gettext_lazy("Yes, erase what I said")
    what_happens = (
        gettext_lazy("Handraiser is for people of 18 or over."),
        gettext_lazy("We erase what you told us here about your skills and times."),
    )
    keep_label = gettext_lazy("No, I am 18 or over")

    def build_back(self) -> Link:
        """Return the way to the last questions."""
        return Link(self.draft.build_address("start-you"), _("The last questions"))

    def perform(self, form: forms.Form) -> HttpResponse:
        """Erase the draft."""
        forget_draft(self.request, self.draft, at=self.at)
        return redirect("start-under-18")


@login_not_required
@require_safe
def under_18_page(request: HttpRequest) -> HttpResponse:
    """End kindly with a person who is not of age."""
    return render(request, "volunteers/start_under_18.html")
