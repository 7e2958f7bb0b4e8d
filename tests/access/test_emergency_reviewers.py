"""A reviewer is not asked in an emergency: their lists without the contest would name what the offer hides."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from rest_framework.test import APIClient

from campaigns.models import Seat
from core.conflict_of_interest import list_contests_of
from core.errors import Full, HandraiserError, NotAllowed
from core.models import User
from matching.lifecycle.actions.broadcasts import start_broadcast
from matching.lifecycle.actions.clocks import broadcast_emergencies, end_orphaned_matches
from matching.lifecycle.actions.phone_acceptances import record_phone_acceptance
from matching.lifecycle.actions.review import approve_alternate
from matching.lifecycle.actions.volunteer_answers import accept_offer, withdraw_from_match
from matching.lifecycle.queries.alternates import find_alternates
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.rules.states import MatchState
from matching.runs.actions.pins import pin_volunteer
from tests.cast import Cast, sign_in_browser
from tests.matching.lifecycle.actions.test_offers import incident, responder
from volunteers.actions.availability import set_on_call
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]


def make_reviewer(user: User) -> User:
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    return user


def list_campaigns(api: Api, user: User) -> list[str]:
    return [row["id"] for row in api(user).get("/api/v1/campaigns").json()["results"]]


@pytest.fixture
def ruth(cast: Cast, now: datetime) -> User:
    """Ruth handles incidents and was on call before she became a reviewer."""
    return make_reviewer(responder("ruth", now))


@pytest.fixture
def asked(cast: Cast, now: datetime) -> Match:
    """Erin is asked, and becomes a reviewer before the answer."""
    erin = responder("erin", now)
    incident(cast, now)
    broadcast_emergencies(at=now)
    make_reviewer(erin)
    return Match.objects.get(volunteer__user=erin)


def test_the_sweep_asks_no_reviewer(api: Api, cast: Cast, ruth: User, now: datetime) -> None:
    erin, before = responder("erin", now), list_campaigns(api, ruth)

    incident(cast, now)
    broadcast_emergencies(at=now)

    assert [match.volunteer.user for match in Match.objects.all()] == [erin]
    assert list_campaigns(api, ruth) == before


def test_the_admin_counts_the_campaign_as_before(cast: Cast, ruth: User, now: datetime) -> None:
    browser = Client()
    sign_in_browser(browser, ruth)
    campaigns = "/admin/campaigns/campaign/"
    before = browser.get(campaigns).context["cl"].result_count

    incident(cast, now)
    broadcast_emergencies(at=now)

    assert browser.get(campaigns).context["cl"].result_count == before


def test_no_reviewer_chooses_another_for_it(cast: Cast, ruth: User, now: datetime) -> None:
    seat = Seat.objects.get(role__request=incident(cast, now))

    assert find_alternates(seat, policy=get_active_policy(), at=now, most=5) == []
    for choose in (
        lambda: approve_alternate(actor=cast.rita, seat=seat, volunteer=ruth.volunteer, at=now),
        lambda: pin_volunteer(actor=cast.rita, volunteer=ruth.volunteer, seat=seat, reason="Good.", at=now),
        lambda: start_broadcast(actor=cast.rita, seat=seat, at=now),
    ):
        with pytest.raises(HandraiserError):
            choose()
    assert not Match.objects.exists()


def test_a_reviewer_cannot_be_on_call(api: Api, ruth: User, now: datetime) -> None:
    answer = api(ruth).post("/api/v1/me/availability/on-call", {"on_call": True})

    assert (answer.status_code, "Reviewers are not asked" in answer.json()["detail"]) == (403, True)
    assert api(ruth).post("/api/v1/me/availability/on-call", {"on_call": False}).status_code == 200


def test_a_volunteer_may_still_be_on_call(cast: Cast, now: datetime) -> None:
    assert set_on_call(actor=cast.alice, on_call=True, at=now).on_call


def test_an_offer_of_somebody_who_became_a_reviewer_hides_nothing_from_them(api: Api, cast: Cast, asked: Match) -> None:
    user = asked.volunteer.user
    assert user is not None

    assert list_contests_of(user) == set()
    assert list_campaigns(api, user) == list_campaigns(api, cast.rita)
    assert api(user).get(f"/api/v1/matches/{asked.public_id}").status_code == 404


def test_they_can_no_longer_say_yes(cast: Cast, asked: Match, now: datetime) -> None:
    user = asked.volunteer.user
    assert user is not None

    with pytest.raises(Full, match="reviewers are not asked in emergencies"):
        accept_offer(actor=user, match=asked, accepts_code_of_conduct=True, at=now)
    with pytest.raises(Full, match="reviewers are not asked in emergencies"):
        record_phone_acceptance(actor=cast.rita, match=asked, note="Called.", at=now)
    with pytest.raises(NotAllowed, match="Nobody decides about themselves"):
        record_phone_acceptance(actor=user, match=asked, note="Called.", at=now)


@pytest.mark.parametrize("state", [MatchState.OFFERED, MatchState.ACCEPTED])
def test_the_sweep_ends_their_offer_and_hides_nothing_afterwards(
    api: Api, cast: Cast, asked: Match, now: datetime, state: MatchState
) -> None:
    Match.objects.filter(pk=asked.pk).update(state=state)
    user = asked.volunteer.user
    assert user is not None

    assert end_orphaned_matches(at=now) == 1

    asked.refresh_from_db()
    assert asked.state in (MatchState.SUPERSEDED, MatchState.RELEASED)
    assert asked.reason == "plans_changed"
    assert list_campaigns(api, user) == list_campaigns(api, cast.rita)
    assert end_orphaned_matches(at=now) == 0


def test_one_who_worked_there_before_has_a_part_afterwards_too(cast: Cast, now: datetime) -> None:
    erin = responder("erin", now)
    incident(cast, now)
    broadcast_emergencies(at=now)
    match = Match.objects.get(volunteer__user=erin)
    accept_offer(actor=erin, match=match, accepts_code_of_conduct=True, at=now)
    make_reviewer(erin)
    contest = cast.campaign.candidate.contest_id
    assert list_contests_of(erin) == {contest}

    withdraw_from_match(actor=erin, match=match, at=now)

    assert list_contests_of(erin) == {contest}
    assert end_orphaned_matches(at=now) == 0


def test_a_volunteer_who_is_asked_has_no_part_that_a_reviewer_of_the_contest_meets(cast: Cast, now: datetime) -> None:
    erin = responder("erin", now)
    incident(cast, now)
    broadcast_emergencies(at=now)

    assert list_contests_of(erin) == set()


def test_an_incident_without_others_on_call_tells_the_reviewers(cast: Cast, ruth: User, now: datetime) -> None:
    Volunteer.objects.filter(user=ruth).update(on_call=True)  # as from before reviewers were taken off
    incident(cast, now)

    assert broadcast_emergencies(at=now) == 0
    assert set(cast.rita.notices.values_list("kind", flat=True)) >= {"incident", "nobody-on-call"}
