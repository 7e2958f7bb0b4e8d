"""The base of the pages behind the link in the candidate's letter. The link is the proof of who the candidate is.

Only buttons change anything, so a mail scanner that opens a link cannot.
"""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.candidate_queries import find_latest_stop, find_link_of_any_campaign, find_replacement
from campaigns.models import Campaign, CandidateLink, CandidateStop
from campaigns.request_queries import find_campaign_time_zone
from core.enums import AccessPoint, ViewerKind
from core.notifications.moments import describe_day, describe_weekday
from core.privacy.contact_logging import render_with_contacts
from web.campaigns.desk_pages import FALLBACK_ZONE
from web.campaigns.words import build_clock
from web.design.components import Clock, Link
from web.design.confirm_pages import ConfirmPage
from web.design.form_pages import FormPage


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
            {"campaign": self.campaign} | describe_stop(find_latest_stop(self.campaign), self.zone, self),
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


def describe_stop(stop: CandidateStop | None, zone: str, page: FormPage) -> dict[str, Any]:
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
