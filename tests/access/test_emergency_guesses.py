"""Who is asked in an emergency tells nobody on call which campaign it is, before both sides have said yes."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from campaigns.actions.registration import register_campaign
from campaigns.models import Campaign, Member
from campaigns.queries import users_of_unverified_campaigns
from core.conflict_of_interest import check_shares_no_contest
from core.errors import NotAllowed
from core.models import User
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match
from tests.cast import Cast, build_candidacy, create_user, verify_by_phone
from tests.matching.lifecycle.actions.test_offers import incident, responder


def list_asked(cast: Cast, now: datetime) -> set[str]:
    incident(cast, now)
    broadcast_emergencies(at=now)
    return set(Match.objects.values_list("volunteer__first_name", flat=True))


def register(user: User, now: datetime, *, district: str) -> Campaign:
    candidacy = build_candidacy("Pat Roe", now, district=district)
    return register_campaign(actor=user, candidacy=candidacy, name="Roe", at=now)


@pytest.fixture
def erin(cast: Cast, now: datetime) -> User:
    responder("fred", now)
    return responder("erin", now)


@pytest.mark.parametrize("is_opponent", [True, False])
def test_who_registers_a_campaign_is_asked_in_no_emergency(
    cast: Cast, erin: User, now: datetime, is_opponent: bool
) -> None:
    district = cast.campaign.candidate.contest.district if is_opponent else "77"
    campaign = register(erin, now, district=district)
    assert (campaign.candidate.contest_id == cast.campaign.candidate.contest_id) is is_opponent

    assert list_asked(cast, now) == {"Fred"}


@pytest.mark.parametrize("is_opponent", [True, False])
def test_a_verified_campaign_counts_in_its_own_contest(
    cast: Cast, erin: User, now: datetime, is_opponent: bool
) -> None:
    campaign = register(erin, now, district=cast.campaign.candidate.contest.district if is_opponent else "77")
    verify_by_phone(actor=cast.rita, campaign=campaign, at=now)

    assert list_asked(cast, now) == ({"Fred"} if is_opponent else {"Fred", "Erin"})


def test_a_membership_that_ended_counts_for_a_year(cast: Cast, erin: User, now: datetime) -> None:
    register(erin, now, district="77")
    Member.objects.filter(user=erin).delete()
    today = timezone.now()

    assert list(users_of_unverified_campaigns(at=today + timedelta(days=364))) == [erin]
    assert list(users_of_unverified_campaigns(at=today + timedelta(days=366))) == []


def test_a_reviewer_of_the_contest_is_not_told_that_a_person_is_asked(cast: Cast, erin: User, now: datetime) -> None:
    ruth = create_user("ruth", reviewer=True)
    Member.objects.create(campaign=cast.campaign, user=ruth, position="treasurer", since=now)
    list_asked(cast, now)

    check_shares_no_contest(ruth, erin)

    accept_offer(actor=erin, match=Match.objects.get(volunteer__user=erin), at=now)
    with pytest.raises(NotAllowed, match="a contest of this person"):
        check_shares_no_contest(ruth, erin)
