"""The page on which a campaign looks for no more people for a request."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.actions.request_ends import close_request
from campaigns.models import Request
from matching.lifecycle.actions.rehearsal import act_if
from matching.rules.request_ends import STATES_ENDED_BY_CLOSING
from matching.rules.states import MatchState
from web.campaigns.request_end_pages import EndRequestPage
from web.campaigns.words import describe_date
from web.design.form_pages import VERSION_FIELD


class CloseRequestPage(EndRequestPage):
    """Look for no more people."""

    heading = gettext_lazy("Stop looking for people?")
    button = gettext_lazy("Stop looking")
    ended_states = STATES_ENDED_BY_CLOSING
    open_states = (Request.State.PUBLISHED,)

    def list_consequences(self) -> Iterator[str]:
        """Yield what ends today, and that the work goes on."""
        yield from self.describe_asked()
        if self.count_ended(MatchState.ACCEPTED):
            yield _("Would you like to keep them? Then go back, and start with them first.")
        if active := self.counts.get(MatchState.ACTIVE, 0):
            text = ngettext(
                "%(count)d person is at work and goes on until %(day)s, as agreed.",
                "%(count)d people are at work and go on until %(day)s, as agreed.",
                active,
            )
            yield text % {"count": active, "day": describe_date(self.stored.ends_on)}
        yield _("From today nobody new is asked, and the plan stays as it is.")

    def perform(self, form: forms.Form) -> HttpResponse:
        """Close it."""
        version = form.cleaned_data[VERSION_FIELD]
        act_if(
            self.stored,
            lambda: close_request(actor=self.user, request=self.stored, at=self.at, version=version),
            check=self.check_told,
        )
        messages.success(self.request, _("Nobody new is asked from now on. Who is at work goes on."))
        return redirect(self.build_back().href)
