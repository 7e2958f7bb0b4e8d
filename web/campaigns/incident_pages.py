"""What happens after a report: where it stands, the false alarm, and signing everyone else out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from campaigns.actions.request_ends import cancel_request
from campaigns.actions.sessions import sign_out_members
from campaigns.member_queries import list_memberships
from campaigns.models import Campaign, Member, Request
from campaigns.queries import is_manager
from core.api.current_user import get_current_user
from core.enums import AccessPoint, ViewerKind
from core.errors import NotFound, WrongState
from core.privacy.contact_logging import render_with_contacts
from core.time_zones import name_time_zone
from matching.lifecycle.queries.incidents import IncidentStep, find_incident, read_incident_status
from web.campaigns.hacked_pages import REPORTED_HERE
from web.campaigns.incident_words import describe_incident, list_false_alarm_effects
from web.design.components import Link
from web.design.confirm_pages import ConfirmPage


@require_safe
def incident_page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Show where a reported incident stands, by its stored times. Loading it again brings what is new."""
    user = get_current_user(request)
    try:
        incident = find_incident(user, **kwargs)
    except NotFound as error:
        raise Http404 from error
    status = read_incident_status(incident)
    context = {
        "incident": incident,
        "campaign": incident.campaign,
        "words": describe_incident(incident, status, at=timezone.now()),
        "helper": status.helper,
        "zone": name_time_zone(incident.time_zone),
        "is_open": incident.state == Request.State.PUBLISHED,
        "is_ours": str(incident.public_id) in request.session.get(REPORTED_HERE, []),
        "may_report": incident.campaign.state != Campaign.State.ENDED and not status.has(IncidentStep.STOPPED),
        "may_sign_out": is_manager(user, incident.campaign) and incident.campaign.state != Campaign.State.ENDED,
    }
    return render_with_contacts(
        request,
        "campaigns/incident.html",
        context,
        viewer=user,
        viewer_kind=ViewerKind.CAMPAIGN,
        access_point=AccessPoint.REQUEST,
    )


class FalseAlarmPage(ConfirmPage):
    """Call an incident off."""

    heading: str | Promise = gettext_lazy("Was it a false alarm?")
    button: str | Promise = gettext_lazy("Yes, it was a false alarm")
    undo = gettext_lazy("You can report it again at any time.")
    keep_label = gettext_lazy("No, we still need help")

    def load(self, **kwargs: Any) -> None:
        """Find the incident."""
        self.user = get_current_user(self.request)
        self.incident = find_incident(self.user, **kwargs)
        status = read_incident_status(self.incident)
        self.what_happens = list_false_alarm_effects(status)
        if status.helper is not None:
            self.heading, self.button = _("Is it over, or was it a false alarm?"), _("Yes, end it")

    def build_back(self) -> Link:
        """Return the way back to where it stands."""
        return Link(reverse("incident", kwargs=self.kwargs), _("Where it stands"))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, or lead to how it ended."""
        if self.incident.state != Request.State.PUBLISHED:
            return redirect(self.build_back().href)
        return super().get(request, **kwargs)

    def perform(self, form: Any) -> HttpResponse:
        """Call it off; where it is over already, the next page says how it ended."""
        try:
            cancel_request(actor=self.user, request=self.incident, at=self.at)
        except WrongState:
            messages.info(self.request, _("It was over already. Here is what happened."))
        return redirect(self.build_back().href)


class SignOutMembersPage(ConfirmPage):
    """Sign everyone else of a campaign out, for its managers."""

    heading = gettext_lazy("Sign out everyone else of your campaign?")
    button = gettext_lazy("Sign everyone else out")
    what_happens = (
        gettext_lazy(
            "Each member of your campaign is signed out everywhere, on every device. So are you, but not here."
        ),
        gettext_lazy("Programs that use a personal token of a member stop, too."),
        gettext_lazy("No letter tells them, as their email may be read. Tell them by phone."),
    )
    undo = gettext_lazy("They can sign in again, so change the passwords first.")

    def load(self, **kwargs: Any) -> None:
        """Find the campaign. Raises Http404 for all but its managers, and when it is over."""
        self.user = get_current_user(self.request)
        managed = list_memberships(self.user).filter(position=Member.Position.MANAGER)
        live = managed.exclude(campaign__state=Campaign.State.ENDED)
        member = live.filter(campaign__public_id=kwargs["campaign_id"]).first()
        if member is None:
            raise Http404
        self.campaign = member.campaign

    def build_back(self) -> Link:
        """Return the way back to the campaign."""
        return Link(reverse("campaign-desk", args=[self.campaign.public_id]), _("Your campaign"))

    def perform(self, form: Any) -> HttpResponse:
        """Sign them out."""
        count = sign_out_members(actor=self.user, campaign=self.campaign, session=self.request.session)
        done = ngettext(
            "Done. %(count)d other member is signed out, and you stay signed in here only.",
            "Done. %(count)d other members are signed out, and you stay signed in here only.",
            count,
        )
        messages.success(self.request, done % {"count": count})
        return redirect("campaign-desk", campaign_id=self.campaign.public_id)
