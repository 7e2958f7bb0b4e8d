"""The page for a campaign that may have been hacked: steps for all visitors, and for staff the form beside them."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaigns.filing_rules import MAX_PHONE_LENGTH
from campaigns.models import Campaign, Filing
from campaigns.queries import is_manager, list_editable_campaigns
from campaigns.request_queries import find_campaign_time_zone
from core.accounts.mfa import is_mfa_required, session_has_mfa
from core.api.current_user import get_current_user
from core.enums import AccessPoint, ViewerKind
from core.models import User
from core.notifications.moments import describe_moment
from core.privacy.contact_logging import render_with_contacts
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.queries.incidents import list_open_incidents
from matching.rules.incident_answers import IncidentBeginning, IncidentKind, sort_incident_kinds
from web.campaigns.filing_fields import validate_phone
from web.design.components import ChoiceLabel
from web.design.form_pages import FormPage

REPORTED_HERE = "incidents_reported_here"
"""Where a session keeps the ids of the incidents that were reported in it: others do not see what was typed."""

READ_PARAMETER = "read"
"""In the address after a sign-in on the way: the steps were read before it, so they are folded."""

_KIND_HINTS = {
    IncidentKind.MAIL: gettext_lazy("Letters that you did not send, or a sign-in that was not yours."),
    IncidentKind.SITE: gettext_lazy("It shows something else, or it is gone."),
    IncidentKind.ACCOUNT: gettext_lazy("You are locked out, or it says what none of you wrote."),
    IncidentKind.MONEY: gettext_lazy("A payment, the bank account or the donation page was touched."),
    IncidentKind.FILES: gettext_lazy("They do not open, or somebody asks for money to open them."),
    IncidentKind.UNSURE: gettext_lazy("Something is odd. That is enough."),
}


@login_not_required
@require_safe
def hacked_page(request: HttpRequest) -> HttpResponse:
    """Say what to do first, to everybody. Staff who are signed in with all that it takes go on to the form."""
    user = request.user if isinstance(request.user, User) else None
    campaigns = list(list_editable_campaigns(user)) if user else []
    is_proven = user is not None and (not is_mfa_required(user) or session_has_mfa(request.session, user))
    are_steps_read = READ_PARAMETER in request.GET
    if len(campaigns) == 1 and is_proven:
        report = reverse("hacked-report", args=[campaigns[0].public_id])
        return redirect(_mark_read(report) if are_steps_read else report)
    context = {"campaigns": campaigns, "is_proven": is_proven, "are_steps_read": are_steps_read}
    return render(request, "campaigns/hacked.html", context)


def _mark_read(address: str) -> str:
    """Return the address of a page for a reader who has read the steps already."""
    return f"{address}?{READ_PARAMETER}=1"


@require_safe
def hacked_sign_in_page(request: HttpRequest) -> HttpResponse:
    """Lead on to the form, or to the choice of a campaign. Who comes here has read the steps, and has signed in."""
    return redirect(_mark_read(reverse("hacked")))


class HackedForm(forms.Form):
    """What happened, since when, and a phone: two taps, and a number to look at."""

    kind = forms.MultipleChoiceField(
        label=gettext_lazy("What happened? Tick all that fits."),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(kind, ChoiceLabel(str(kind.label), str(_KIND_HINTS[kind]))) for kind in IncidentKind],
        error_messages={"required": gettext_lazy("Tick at least one. “We’re not sure” is fine.")},
    )
    since = forms.ChoiceField(
        label=gettext_lazy("Since when?"),
        widget=forms.RadioSelect,
        choices=IncidentBeginning.choices,
        error_messages={"required": gettext_lazy("Choose one. “We don’t know” is fine.")},
    )
    contact = forms.CharField(
        label=gettext_lazy("A phone that is safe"),
        help_text=gettext_lazy("Needed: the one who says yes calls this number only."),
        max_length=MAX_PHONE_LENGTH,
        validators=[validate_phone],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": gettext_lazy("Give a phone on which we reach you without your email.")},
    )

    def __init__(self, *args: Any, is_filled_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_filled_in:
            self.fields["contact"].help_text = _("The one who says yes calls this number only. Is it right?")


class HackedReportPage(FormPage):
    """The steps and the form on one page, for the manager and the staff of a campaign."""

    form_class = HackedForm
    template_name = "campaigns/hacked_report.html"
    heading = gettext_lazy("Get help with a break-in")
    button = gettext_lazy("Ask for help now")

    def load(self, **kwargs: Any) -> None:
        """Find the campaign. Raises Http404 for all who do not ask for volunteers in its name."""
        self.user = get_current_user(self.request)
        campaign = list_editable_campaigns(self.user).filter(public_id=kwargs["campaign_id"]).first()
        if campaign is None:
            raise Http404
        self.campaign = campaign
        self.filing = self.find_shown_filing()

    def find_shown_filing(self) -> Filing | None:
        """Return the filing whose safe phone the reader may see: a manager's campaign's, or the reader's own."""
        filing = Filing.objects.filter(campaign=self.campaign).first()
        is_shown = filing and (filing.safe_phone_of_id == self.user.pk or is_manager(self.user, self.campaign))
        return filing if is_shown else None

    def build_initial(self) -> dict[str, Any]:
        """Show the answers of a person who does not know, and the safe phone that was given with the filing."""
        phone = self.filing.safe_phone if self.filing else ""
        return {"kind": [IncidentKind.UNSURE], "since": IncidentBeginning.UNKNOWN, "contact": phone}

    def build_form_options(self) -> dict[str, Any]:
        """Return whether a phone is filled in, to be looked at."""
        return {"is_filled_in": bool(self.filing and self.filing.safe_phone)}

    def build_context(self) -> dict[str, Any]:
        """Return what is reported already, and what the reader may do besides."""
        zone = find_campaign_time_zone(self.campaign)
        reported = [
            (incident, describe_moment(incident.published_at, zone))
            for incident in list_open_incidents(self.campaign)
            if incident.published_at
        ]
        return {
            "are_steps_read": READ_PARAMETER in self.request.GET,
            "campaign": self.campaign,
            "filing": self.filing,
            "reported": reported,
            "is_verified": self.campaign.state == Campaign.State.VERIFIED,
            "asks_conduct": self.user.conduct_accepted_at is None,
        }

    def render_page(self, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the page, and record that the reader sees the safe phone of a colleague."""
        shown = {"page_form": self.form, "heading": self.heading, "button": self.button}
        return render_with_contacts(
            self.request,
            self.template_name,
            shown | self.build_context() | more,
            viewer=self.user,
            viewer_kind=ViewerKind.CAMPAIGN,
            access_point=AccessPoint.MEMBERS,
            status=status,
        )

    def perform(self, form: forms.Form) -> HttpResponse:
        """Report it. The sentence above the button says that to ask is to agree to the code of conduct."""
        said = form.cleaned_data
        incident = report_incident(
            actor=self.user,
            campaign=self.campaign,
            incident=IncidentDetails(
                kinds=sort_incident_kinds(said["kind"]),
                since=IncidentBeginning(said["since"]).label,
                contact=said["contact"],
            ),
            time_zone=find_campaign_time_zone(self.campaign),
            accepts_code_of_conduct=True,
            at=self.at,
        )
        here = self.request.session.get(REPORTED_HERE, [])
        self.request.session[REPORTED_HERE] = [*here[-9:], str(incident.public_id)]
        return redirect("incident", campaign_id=self.campaign.public_id, request_id=incident.public_id)
