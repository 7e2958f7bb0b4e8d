"""How each state of an offer comes about."""

from datetime import datetime, timedelta

from campaigns.actions.amendments import amend_request
from campaigns.actions.request_ends import cancel_request
from campaigns.change_rules import RequestChange
from campaigns.models import PlaybookRole, Request, Role
from core.models import User
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_match, make_offered_match
from tests.matching.lifecycle.actions.test_offers import responder
from tests.web.volunteers.state_rows import change_volunteer, make_other_request, match_in

INCIDENT = IncidentDetails(description="Strange sign-ins.", since="This morning", contact="+1 555 0100")


def offer_of(match: Match) -> str:
    return f"/me/offers/{match.public_id}/"


def make_offer(cast: Cast, now: datetime) -> str:
    tasks = PlaybookRole.objects.get(playbook__code="website", name="Front end").tasks
    Role.objects.filter(request=cast.request).update(tasks=tasks)
    return offer_of(make_offered_match(cast, now))


def make_first_offer(cast: Cast, now: datetime) -> str:
    User.objects.filter(pk=cast.alice.pk).update(conduct_accepted_at=None)
    return make_offer(cast, now)


def make_last_hours_of_offer(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now - timedelta(days=1, hours=20))
    Match.objects.filter(pk=match.pk).update(due_at=now + timedelta(hours=3))
    return offer_of(match)


def make_expired_offer(cast: Cast, now: datetime) -> str:
    return offer_of(make_match(cast, now - timedelta(days=4), MatchState.EXPIRED))


def make_declined_offer(cast: Cast, now: datetime) -> str:
    return offer_of(make_match(cast, now, MatchState.DECLINED))


def make_broadcast_offer(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now)
    Match.objects.filter(pk=match.pk).update(is_broadcast=True)
    return offer_of(match)


def make_lost_offer(cast: Cast, now: datetime) -> str:
    """Two are asked at once, and the other one is quicker."""
    responder("erin", now)
    responder("fred", now)
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=INCIDENT, time_zone="America/New_York", at=now)
    broadcast_emergencies(at=now)
    lost, won = Match.objects.filter(is_broadcast=True).order_by("volunteer__first_name")
    assert won.volunteer.user
    accept_offer(actor=won.volunteer.user, match=won, at=now)
    return offer_of(lost)


def make_emergency_offer(cast: Cast, now: datetime) -> str:
    responder("erin", now)
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=INCIDENT, time_zone="America/New_York", at=now)
    broadcast_emergencies(at=now)
    return offer_of(Match.objects.get(is_broadcast=True))


def make_changed_offer(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now - timedelta(hours=20))
    change = RequestChange(ends_on=cast.request.ends_on + timedelta(days=7))
    amend_request(actor=cast.carol, request=Request.objects.get(pk=cast.request.pk), change=change, at=now)
    return offer_of(match)


def make_cancelled_offer(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now)
    cancel_request(actor=cast.carol, request=Request.objects.get(pk=cast.request.pk), at=now)
    return offer_of(match)


def make_offer_beside_work(cast: Cast, now: datetime) -> str:
    change_volunteer(cast, max_hours_per_week=8, max_projects=2)
    match_in(make_other_request(cast, now), cast, now, MatchState.ACTIVE)
    return offer_of(make_offered_match(cast, now))


def make_offer_in_kathmandu(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now)
    change_volunteer(cast, time_zone="Asia/Kathmandu")
    return offer_of(match)


def make_reported_offer(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now)
    report_problem(actor=cast.alice, match=match, kind="other", at=now)
    return offer_of(match)


def make_no(cast: Cast, now: datetime) -> str:
    return make_offer(cast, now) + "no/"
