"""While an emergency hides its campaign, nothing that a volunteer does elsewhere tells which contest it is in."""

from datetime import datetime, timedelta

import pytest

from campaigns.actions.registration import register_campaign
from campaigns.models import Campaign, Member, Request, Seat
from core.errors import Full, Invalid, WrongState
from core.models import User
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.phone_acceptances import record_phone_acceptance
from matching.lifecycle.actions.review import approve_alternate
from matching.lifecycle.actions.volunteer_answers import accept_offer, decline_offer
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy, create_user, publish_new_request, verify_by_phone
from tests.match_factory import create_match, make_offered_match
from tests.matching.lifecycle.actions.test_offers import responder
from tests.run_execution import execute_full_run

LATER = timedelta(minutes=5)


@pytest.fixture
def erin(cast: Cast, now: datetime) -> User:
    """Erin is on call for incidents, and builds web pages too."""
    claims = [("incident-response", 4, True), ("front-end", 4, True)]
    return responder("erin", now, claims=claims, max_projects=3, max_hours_per_week=12)


def register_other(cast: Cast, now: datetime, *, is_rival: bool) -> Campaign:
    """A campaign of the same contest, or of another one."""
    name, district = ("Mei Li", cast.campaign.candidate.contest.district) if is_rival else ("Pat Roe", "9")
    candidacy = build_candidacy(name, now, district=district)
    manager = create_user(name.split()[0].lower())
    campaign = register_campaign(actor=manager, candidacy=candidacy, name=name, at=now)
    return verify_by_phone(actor=cast.rita, campaign=campaign, at=now)


def publish_for(campaign: Campaign, now: datetime) -> Request:
    manager = Member.objects.get(campaign=campaign).user
    return publish_new_request(manager, campaign, now, roles=[FRONT_END_ROLE], meetings=[])


def ask(cast: Cast, now: datetime) -> Match | None:
    """Report an incident of Carol's campaign, and return Erin's offer."""
    incident = IncidentDetails(description="Odd mail", since="Monday", contact="+1 555 0100")
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=incident, time_zone="UTC", at=now)
    broadcast_emergencies(at=now)
    return Match.objects.filter(request__emergency=True, volunteer__first_name="Erin").first()


@pytest.mark.parametrize("is_rival", [True, False])
def test_a_yes_elsewhere_waits_whatever_its_contest(cast: Cast, erin: User, now: datetime, is_rival: bool) -> None:
    seat = Seat.objects.filter(role__request=cast.request).earliest("pk")
    ordinary = create_match(MatchState.OFFERED, volunteer=erin.volunteer, seat=seat, at=now)
    emergency = ask(cast, now)
    assert emergency is not None
    Request.objects.filter(pk=cast.request.pk).update(campaign=register_other(cast, now, is_rival=is_rival))

    with pytest.raises(WrongState) as own:
        accept_offer(actor=erin, match=ordinary, at=now)
    with pytest.raises(WrongState) as on_the_phone:
        record_phone_acceptance(actor=cast.rita, match=ordinary, note="Rang them", at=now)
    accepted = accept_offer(actor=erin, match=emergency, at=now)

    assert accepted.state == MatchState.ACTIVE
    assert {own.value.message, on_the_phone.value.message} == {
        "You are asked in an emergency, and do not know yet for whom. Answer that first, then answer this."
    }


def test_after_a_no_in_the_emergency_they_say_yes_elsewhere(cast: Cast, erin: User, now: datetime) -> None:
    seat = Seat.objects.filter(role__request=cast.request).earliest("pk")
    ordinary = create_match(MatchState.OFFERED, volunteer=erin.volunteer, seat=seat, at=now)
    emergency = ask(cast, now)
    assert emergency is not None
    decline_offer(actor=erin, match=emergency, at=now)

    assert accept_offer(actor=erin, match=ordinary, at=now).state == MatchState.ACCEPTED


@pytest.mark.parametrize("is_rival", [True, False])
def test_who_joins_a_campaign_meanwhile_gets_one_answer(cast: Cast, erin: User, now: datetime, is_rival: bool) -> None:
    emergency = ask(cast, now)
    assert emergency is not None
    other = register_other(cast, now, is_rival=is_rival)
    Member.objects.create(campaign=other, user=erin, position="staff", since=now + LATER)

    with pytest.raises(Full, match="You joined a campaign after you were asked"):
        accept_offer(actor=erin, match=emergency, at=now + LATER)


def test_who_is_asked_in_an_emergency_hears_of_no_opponent(cast: Cast, erin: User, now: datetime) -> None:
    rival, other = (publish_for(register_other(cast, now, is_rival=is_rival), now) for is_rival in (True, False))
    ask(cast, now)

    with pytest.raises(Invalid, match="serves another campaign in the same contest"):
        approve_alternate(actor=cast.rita, seat=Seat.objects.get(role__request=rival), volunteer=erin.volunteer, at=now)
    offered = approve_alternate(
        actor=cast.rita, seat=Seat.objects.get(role__request=other), volunteer=erin.volunteer, at=now
    )

    assert offered.state == MatchState.OFFERED


@pytest.mark.parametrize("has_left", [True, False])
@pytest.mark.parametrize("position", ["manager", "staff", "treasurer"])
@pytest.mark.parametrize("is_rival", [True, False])
def test_who_acts_for_an_opponent_is_not_asked(
    cast: Cast, erin: User, now: datetime, is_rival: bool, position: str, has_left: bool
) -> None:
    other = register_other(cast, now, is_rival=is_rival)
    Campaign.objects.filter(pk=other.pk).update(state=Campaign.State.UNVERIFIED)
    member = Member.objects.create(campaign=other, user=erin, position=position, since=now - LATER)
    if has_left:
        member.delete()

    assert (ask(cast, now) is None) == is_rival


def test_who_acts_for_an_opponent_is_neither_proposed_nor_chosen(cast: Cast, now: datetime) -> None:
    rival = register_other(cast, now, is_rival=True)
    Member.objects.create(campaign=rival, user=cast.alice, position="staff", since=now)
    seat = Seat.objects.get(role__request=cast.request)

    execute_full_run(now)

    assert not Match.objects.exists()
    with pytest.raises(Invalid, match="serves another campaign in the same contest"):
        approve_alternate(actor=cast.rita, seat=seat, volunteer=cast.alice.volunteer, at=now)


def test_who_joined_an_opponent_after_an_offer_cannot_say_yes(cast: Cast, now: datetime) -> None:
    offered = make_offered_match(cast, now)
    rival = register_other(cast, now, is_rival=True)
    Member.objects.create(campaign=rival, user=cast.alice, position="staff", since=now)

    with pytest.raises(Full, match="another campaign in this contest"):
        accept_offer(actor=cast.alice, match=offered, at=now)


def test_who_has_an_offer_of_an_opponent_is_not_asked(cast: Cast, erin: User, now: datetime) -> None:
    rival = publish_for(register_other(cast, now, is_rival=True), now)
    approve_alternate(actor=cast.rita, seat=Seat.objects.get(role__request=rival), volunteer=erin.volunteer, at=now)

    assert ask(cast, now) is None
