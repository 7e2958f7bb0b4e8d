"""An incident of the cast's campaign, in each of its states, for the pages about it."""

from datetime import datetime, timedelta

from django.urls import reverse

from campaigns.actions.campaign_ends import end_campaign
from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.candidate_stops import stop_campaign
from campaigns.actions.request_ends import cancel_request
from campaigns.link_tokens import derive_link_token
from campaigns.models import Request
from campaigns.notice_types import CampaignNotice
from matching.lifecycle.actions.clocks import broadcast_emergencies, process_due_matches
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.incident_watch import take_incident
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match
from matching.rules.incident_answers import IncidentBeginning, IncidentKind
from tests.cast import Cast
from tests.matching.lifecycle.actions.test_offers import responder

HALF_AN_HOUR = timedelta(minutes=30)
SAFE_PHONE = "+1 503 555 0188"


def report(cast: Cast, at: datetime) -> Request:
    """Carol reports that the mail was broken into."""
    details = IncidentDetails(kinds=(IncidentKind.MAIL,), since=IncidentBeginning.TODAY.label, contact=SAFE_PHONE)
    zone = cast.request.time_zone
    return report_incident(actor=cast.carol, campaign=cast.campaign, incident=details, time_zone=zone, at=at)


def find_address(incident: Request, page: str = "incident") -> str:
    return reverse(page, args=[incident.campaign.public_id, incident.public_id])


def make_report_form(cast: Cast, at: datetime) -> str:
    return reverse("hacked-report", args=[cast.campaign.public_id])


def make_report_again(cast: Cast, at: datetime) -> str:
    """Something is reported already."""
    report(cast, at)
    return make_report_form(cast, at)


def make_sign_out(cast: Cast, at: datetime) -> str:
    return reverse("hacked-sign-out", args=[cast.campaign.public_id])


def make_new(cast: Cast, at: datetime) -> str:
    """It is reported, and the sweep has not asked people yet."""
    return find_address(report(cast, at))


def make_asked(cast: Cast, at: datetime) -> str:
    """Two people are being asked."""
    for name in ("erin", "fred"):
        responder(name, at)
    incident = report(cast, at)
    broadcast_emergencies(at=at)
    return find_address(incident)


def make_taken(cast: Cast, at: datetime) -> str:
    """Rita has it since five minutes after the report."""
    incident = report(cast, at)
    take_incident(actor=cast.rita, incident=incident, at=at + timedelta(minutes=5))
    return find_address(incident)


def make_asked_again(cast: Cast, at: datetime) -> str:
    """Five people have not answered, and the sixth is being asked."""
    for name in ("erin", "fred", "gina", "hugo", "iris", "jack"):
        responder(name, at - HALF_AN_HOUR)
    incident = report(cast, at - HALF_AN_HOUR)
    broadcast_emergencies(at=at - HALF_AN_HOUR)
    process_due_matches(at=at)
    broadcast_emergencies(at=at)
    return find_address(incident)


def make_nobody(cast: Cast, at: datetime) -> str:
    """Nobody is on call."""
    incident = report(cast, at)
    broadcast_emergencies(at=at)
    return find_address(incident)


def make_helped(cast: Cast, at: datetime) -> str:
    """Erin said yes."""
    address = make_asked(cast, at)
    match = Match.objects.get(volunteer__first_name="Erin")
    accept_offer(actor=match.volunteer.user, match=match, at=at + timedelta(minutes=7))  # type: ignore[arg-type]
    return address


def make_false_alarm(cast: Cast, at: datetime) -> str:
    """It is about to be called off."""
    return make_asked(cast, at) + "false-alarm/"


def make_stopped(cast: Cast, at: datetime) -> str:
    """The candidate has said no to the campaign."""
    address = make_asked(cast, at)
    link = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.net", at=at)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)
    stop_campaign(token=token, at=at + timedelta(minutes=3))
    return address


def make_ended(cast: Cast, at: datetime) -> str:
    """The campaign has ended."""
    address = make_asked(cast, at)
    end_campaign(actor=cast.carol, campaign=cast.campaign, at=at + timedelta(minutes=3))
    return address


def make_called_off(cast: Cast, at: datetime) -> str:
    address = make_asked(cast, at)
    cancel_request(actor=cast.carol, request=Request.objects.get(emergency=True), at=at + timedelta(minutes=2))
    return address
