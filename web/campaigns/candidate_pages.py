"""The pages behind the link in the candidate's letter. The link is the proof of who the candidate is.

Only buttons change anything, so a mail scanner that opens a link cannot.
"""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.candidate_links import record_candidate_consent
from campaigns.actions.candidate_stops import stop_campaign
from campaigns.actions.manager_ends import end_manager_access
from campaigns.candidate_queries import (
    MAX_REQUESTS_SHOWN,
    find_latest_stop,
    find_link_of_any_campaign,
    find_replacement,
    list_requests_in_name,
)
from campaigns.member_queries import managers_of, open_manager_invitations
from campaigns.models import Campaign, CandidateLink, CandidateStop
from campaigns.models.candidate_stop import MAX_STOP_TEXT_LENGTH
from campaigns.request_queries import find_campaign_time_zone
from core.enums import AccessPoint, ViewerKind
from core.notifications.moments import describe_day, describe_weekday
from core.privacy.contact_logging import render_with_contacts
from web.campaigns.desk_pages import FALLBACK_ZONE
from web.campaigns.words import build_clock
from web.design.components import Clock, Link
from web.design.form_pages import ConfirmPage, FormPage

MAX_ADDRESS_LENGTH = 254
REQUESTS_SHOWN_OPEN = 3
"""So many requests stand above the buttons; earlier ones are folded away."""


class CandidateLinkPage(FormPage):
    """Base of the pages behind the candidate's link. Where there is nothing to decide, they say why."""

    login_required = False
    page_title = gettext_lazy("A question for you")
    link: CandidateLink
    campaign: Campaign
    zone: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer a link that was replaced, or whose campaign is over, with a page of its own."""
        self.at = timezone.now()
        link = find_link_of_any_campaign(kwargs["token"])
        if link is None:
            return self.render_replaced(kwargs["token"])
        self.link, self.campaign = link, link.campaign
        self.zone = find_campaign_time_zone(link.campaign)
        if link.campaign.state == Campaign.State.ENDED:
            return self.render_over()
        return super().dispatch(request, *args, **kwargs)

    def render_replaced(self, token: str) -> HttpResponse:
        """Say when a newer letter was sent, and nothing else: this one may have gone to a wrong address."""
        replaced_at = find_replacement(token)
        if replaced_at is None:
            raise Http404
        day = describe_weekday(replaced_at, FALLBACK_ZONE)
        return render(self.request, "campaigns/candidate_replaced.html", {"day": day}, status=HTTPStatus.GONE)

    def render_over(self) -> HttpResponse:
        """Say that the campaign is over, and what the candidate had decided."""
        return render(
            self.request,
            "campaigns/candidate_over.html",
            {"campaign": self.campaign} | _describe_stop(find_latest_stop(self.campaign), self.zone, self),
        )

    def return_to_question(self) -> HttpResponse:
        """Lead back to the first page of the link."""
        return redirect("candidate", token=self.kwargs["token"])

    def build_context(self) -> dict[str, Any]:
        """Return the campaign."""
        return {"campaign": self.campaign, "page_title": self.page_title, "token": self.kwargs["token"]}

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Show the page, and record that the candidate sees the managers' addresses."""
        shown = {"page_form": self.form, "heading": self.heading, "button": self.button}
        return render_with_contacts(
            self.request,
            self.template_name,
            shown | self.build_context() | more,
            viewer=None,
            viewer_kind=ViewerKind.CANDIDATE,
            access_point=AccessPoint.CANDIDATE,
            status=status,
        )


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
            | _describe_stop(self.open_stop, self.zone, self)
            | {
                "candidate": self.campaign.candidate.name,
                "consented_on": describe_day(consented_at, self.zone) if consented_at else "",
                "managers": managers,
                "awaited": not managers and open_manager_invitations(self.campaign, at=self.at).exists(),
                "asked": asked[:REQUESTS_SHOWN_OPEN],
                "asked_before": asked[REQUESTS_SHOWN_OPEN:MAX_REQUESTS_SHOWN],
                "has_more": len(asked) > MAX_REQUESTS_SHOWN,
            }
        )

    def perform(self, form: forms.Form) -> HttpResponse:
        """Say yes."""
        record_candidate_consent(token=self.kwargs["token"], at=self.at)
        messages.success(self.request, _("Thank you. We have written it down, and you can change your mind here."))
        return self.return_to_question()


class CandidateConfirmPage(CandidateLinkPage, ConfirmPage):
    """Base of the candidate's pages that ask once more."""

    template_name = "campaigns/candidate_confirm.html"
    keep_label = gettext_lazy("No, go back")

    def build_back(self) -> Link:
        """Return the way back to the question."""
        return Link(reverse("candidate", args=[self.kwargs["token"]]), _("The question"))

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Return the page with its button."""
        words = {"what_happens": self.what_happens, "undo": self.undo, "back": self.build_back()}
        return super().render_page(status=status, **(words | {"keep_label": self.keep_label} | more))


class StopForm(forms.Form):
    """Why, if the candidate likes to say."""

    reason = forms.CharField(
        label=gettext_lazy("May we know why?"),
        help_text=gettext_lazy("Only the people who call you read it."),
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


class SuccessorForm(forms.Form):
    """Who manages the campaign next, if the candidate knows one."""

    successor = forms.EmailField(
        label=gettext_lazy("Who is to manage the campaign instead?"),
        help_text=gettext_lazy(
            "An email address. If they act for the campaign, they manage it at once. If not, we write to them, and "
            "they manage it once they say yes."
        ),
        required=False,
        max_length=MAX_ADDRESS_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class EndManagerPage(CandidateConfirmPage):
    """End the access of one manager. A successor may be named."""

    form_class = SuccessorForm
    heading = gettext_lazy("End this manager’s access?")
    button = gettext_lazy("End the access at once")
    undo = gettext_lazy("You can’t undo it here. Another manager can invite them again.")

    def load(self, **kwargs: Any) -> None:
        """Find the manager, and what follows for the campaign."""
        managers = list(managers_of(self.campaign))
        self.manager = next((member for member in managers if member.public_id == kwargs["member_id"]), None)
        follows = _("Another manager answers the volunteers from now on.")
        if len(managers) == 1:
            follows = _("No one else manages the campaign. Until another person does, no one new is asked.")
        self.what_happens = [
            _("They see and change nothing here from now on. They hear it today."),
            follows,
            _("Invitations that they sent are taken back. We hear of it, too."),
        ]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, unless it is done."""
        return super().get(request, **kwargs) if self.manager is not None else self.say_done()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """End the access, unless it is done."""
        return super().post(request, **kwargs) if self.manager is not None else self.say_done()

    def say_done(self) -> HttpResponse:
        """Lead a second tap, or a page that was left open, to who manages the campaign now."""
        messages.info(self.request, _("They don’t manage the campaign any more. Here is who does."))
        return self.return_to_question()

    def build_context(self) -> dict[str, Any]:
        """Return the manager."""
        return super().build_context() | {"manager": self.manager}

    def perform(self, form: forms.Form) -> HttpResponse:
        """End the access."""
        end_manager_access(
            token=self.kwargs["token"],
            manager=self.kwargs["member_id"],
            successor=form.cleaned_data["successor"],
            at=self.at,
        )
        messages.success(self.request, _("Their access has ended."))
        return self.return_to_question()


def _describe_stop(stop: CandidateStop | None, zone: str, page: FormPage) -> dict[str, Any]:
    """Return when the candidate stopped the campaign, and until when a reviewer calls, if that is still to come."""
    if stop is None:
        return {"stopped_on": "", "call": None}
    is_open = stop.handled_at is None
    return {
        "stopped_on": describe_day(stop.stopped_at, zone),
        "call": _build_call_clock(stop, zone, page) if is_open else None,
    }


def _build_call_clock(stop: CandidateStop, zone: str, page: FormPage) -> Clock:
    is_late = stop.answer_due_at <= page.at
    return build_clock(
        _("We meant to call you by %(until)s")
        if is_late
        else _("We call the number in your public filing by %(until)s"),
        stop.answer_due_at,
        began_at=stop.stopped_at,
        zone=zone,
        at=page.at,
        after=_("We are late, and have been reminded.") if is_late else "",
    )
