"""The pages on which the candidate says whether a campaign acts for them, and stops it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.candidate_links import record_candidate_consent
from campaigns.actions.candidate_stops import stop_campaign
from campaigns.candidate_queries import MAX_REQUESTS_SHOWN, find_latest_stop, list_requests_in_name
from campaigns.member_queries import managers_of, open_manager_invitations
from campaigns.models import Campaign
from campaigns.models.candidate_stop import MAX_STOP_TEXT_LENGTH
from core.notifications.moments import describe_day
from web.campaigns.candidate_link_pages import CandidateConfirmPage, CandidateLinkPage, describe_stop

REQUESTS_SHOWN_OPEN = 3
"""So many requests stand above the buttons; earlier ones are folded away."""


class CandidatePage(CandidateLinkPage):
    """Ask whether the campaign acts for the candidate: who manages it, and what was asked for in their name.

    Its button says yes; a no has a page of its own.
    """

    template_name = "campaigns/candidate.html"
    button = gettext_lazy("Yes, they act for me")

    def load(self, **kwargs: Any) -> None:
        """Find what the candidate has decided."""
        stop = find_latest_stop(self.campaign)
        self.open_stop = stop if stop is not None and stop.handled_at is None else None
        self.heading = _("Does this campaign act for you?")
        if self.open_stop is not None:
            self.heading = _("You have stopped this campaign")
        elif self.link.consented_at is not None:
            self.heading = _("You said that this campaign acts for you")

    def build_context(self) -> dict[str, Any]:
        """Return who manages the campaign, what was asked for, and what the candidate has decided."""
        asked = list(list_requests_in_name(self.campaign)[: MAX_REQUESTS_SHOWN + 1])
        consented_at = self.link.consented_at
        managers = [
            {"member": member, "since": describe_day(member.since, self.zone)} for member in managers_of(self.campaign)
        ]
        return (
            super().build_context()
            | describe_stop(self.open_stop, self.zone, self)
            | {
                "candidate": self.campaign.candidate.name,
                "written": self.open_stop.reason if self.open_stop else "",
                **self._describe_answers(),
                "consented_on": describe_day(consented_at, self.zone) if consented_at else "",
                "managers": managers,
                "awaited": not managers and open_manager_invitations(self.campaign, at=self.at).exists(),
                "asked": asked[:REQUESTS_SHOWN_OPEN],
                "asked_before": asked[REQUESTS_SHOWN_OPEN:MAX_REQUESTS_SHOWN],
                "has_more": len(asked) > MAX_REQUESTS_SHOWN,
            }
        )

    def _describe_answers(self) -> dict[str, str]:
        """Return what follows if the candidate does nothing, and if they say yes; nothing once they have said yes."""
        if self.link.consented_at is not None:
            return {"if_nothing": "", "if_yes": ""}
        if self.campaign.state == Campaign.State.VERIFIED:
            return {
                "if_nothing": _("If you do nothing, the campaign goes on as it does now."),
                "if_yes": _("If you say yes, the campaign may go on asking volunteers to help you."),
            }
        return {
            "if_nothing": _(
                "If you do nothing, no volunteer is asked until we know by another way that they act for you."
            ),
            "if_yes": _("If you say yes, and we have checked the campaign, it may ask volunteers to help you."),
        }

    def perform(self, form: forms.Form) -> HttpResponse:
        """Say yes."""
        record_candidate_consent(token=self.kwargs["token"], at=self.at)
        messages.success(self.request, _("Thank you. We have written it down, and you can change your mind here."))
        return self.return_to_question()


class StopForm(forms.Form):
    """Why, if the candidate likes to say."""

    reason = forms.CharField(
        label=gettext_lazy("May we know why?"),
        help_text=gettext_lazy("The people who call you read it, and it stands on your page here."),
        required=False,
        max_length=MAX_STOP_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CandidateStopPage(CandidateConfirmPage):
    """The candidate's no: what stops, for whom, and what we do."""

    form_class = StopForm
    heading = gettext_lazy("Stop everything that is done in your name?")
    button = gettext_lazy("Stop everything")
    what_happens = (
        gettext_lazy("Everything stops at once. No one new is asked, and all projects are called off."),
        gettext_lazy("People who were asked or are at work hear that it was stopped. They are free."),
        gettext_lazy("The managers hear that you said no. They can ask for no one until we have spoken with you."),
        gettext_lazy("We call the number in your public filing. The next page says by when."),
    )
    undo = gettext_lazy("What has ended stays ended. If you tell us so when we call, the campaign may begin again.")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page; where everything has stopped already, the first page says so."""
        stop = find_latest_stop(self.campaign)
        if stop is not None and stop.handled_at is None:
            return self.return_to_question()
        return super().get(request, **kwargs)

    def perform(self, form: forms.Form) -> HttpResponse:
        """Stop the campaign."""
        stop_campaign(token=self.kwargs["token"], reason=form.cleaned_data["reason"], at=self.at)
        return self.return_to_question()
