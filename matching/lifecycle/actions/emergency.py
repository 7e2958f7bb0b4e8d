"""“We think we have been hacked”: a request of its own kind, which waits for nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from campaigns.actions.requests import draft_request, publish_request
from campaigns.models import Campaign, Request
from campaigns.queries import may_edit
from campaigns.rules import RequestDraft, RoleDraft
from core.enums import VettingArea
from core.models import User
from matching.lifecycle.actions.notifications import notify_reviewers_about_request

INCIDENT_REQUEST_DAYS = 7
INCIDENT_FIRST_STEPS = (
    "Do not switch anything off and delete nothing: it may be needed to see what happened.",
    "From a device that is surely clean, change the password of the mail account first, then of everything else.",
    "Sign out all other sessions, and turn on two-step sign-in with an app or a key, not by text message.",
    "Write down what you saw and when. Do not talk about it over the accounts that may be read.",
    "Tell your party committee's security contact and, in the United States, report it to the FBI at ic3.gov.",
)
"""What a campaign can do while somebody is being found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDetails:
    """Three questions: what happened, since when, and how to reach you on a channel that is surely yours."""

    what: str
    since: str
    reach: str


@transaction.atomic
def report_incident(
    *, actor: User, campaign: Campaign, incident: IncidentDetails, time_zone: str, conduct: bool = False, at: datetime
) -> Request:
    """Publishes an emergency request and pages the reviewers; vetted people on call are asked as soon as it commits.

    Nobody is told the campaign's name before they have said yes. Saying the same again while people are being asked
    changes nothing. `conduct` says that `actor` accepts the code of conduct, if they have not before. Raises
    NotAllowed, Invalid.
    """
    # A double click: the second one waits, and finds what the first one made.
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    today = at.date()
    draft = RequestDraft(
        title="A security incident",
        summary="A campaign may have been hacked and needs somebody who has handled incidents, now.",
        brief=f"What happened: {incident.what}\nSince when: {incident.since}",
        starts_on=today,
        ends_on=today + timedelta(days=INCIDENT_REQUEST_DAYS),
        time_zone=time_zone,
        priority=5,
        urgent=True,
        staffing="rolling",
        auto_confirm=True,
        emergency=True,
        channel=incident.reach,
        roles=[
            RoleDraft(
                name="Incident responder",
                skill="incident-response",
                level=3,
                hours=1,
                vetted_for=VettingArea.INCIDENTS.value,
            )
        ],
    )
    same = Request.objects.filter(campaign=campaign, state=Request.State.PUBLISHED, emergency=True, brief=draft.brief)
    if may_edit(actor, campaign) and (known := same.first()) is not None:
        return known
    request = draft_request(actor=actor, campaign=campaign, draft=draft, at=at)
    request = publish_request(actor=actor, request=request, conduct=conduct, at=at)
    notify_reviewers_about_request("incident", request, at=at)
    return request
