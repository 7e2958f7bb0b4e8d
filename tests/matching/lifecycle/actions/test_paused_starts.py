"""While a problem report is open nothing starts by itself; it goes on when the report is closed."""

from datetime import datetime, timedelta

import pytest

from campaigns.actions.request_ends import reduce_seats
from campaigns.models import Request
from core.errors import WrongState
from core.models import Notice
from matching.lifecycle.actions.clocks import advance_ready_teams, broadcast_emergencies, send_due_reminders
from matching.lifecycle.actions.phone_acceptances import record_phone_acceptance
from matching.lifecycle.actions.problem_reports import handle_report, report_problem
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match, ProblemReport
from matching.rules.states import MatchState
from tests.cast import Cast, publish_team_request
from tests.match_factory import create_match, make_accepted_match, make_offered_match
from tests.matching.lifecycle.actions.test_offers import incident, responder

DAY = timedelta(days=1)


def report(match: Match, now: datetime) -> ProblemReport:
    user = match.volunteer.user
    assert user is not None
    return report_problem(actor=user, match=match, kind="conduct", at=now)


def state_of(match: Match) -> str:
    match.refresh_from_db()
    return match.state


@pytest.fixture
def confirming(cast: Cast, now: datetime) -> Match:
    """Alice is asked for a request that confirms itself."""
    Request.objects.filter(pk=cast.request.pk).update(auto_confirm=True)
    return make_offered_match(cast, now)


@pytest.fixture
def team(cast: Cast, now: datetime) -> list[Match]:
    """Alice and Bob are asked for a team of two that confirms itself."""
    request = publish_team_request(cast, now)
    Request.objects.filter(pk=request.pk).update(auto_confirm=True)
    roles = request.roles.order_by("order")
    people = (cast.alice.volunteer, cast.bob.volunteer)
    return [
        create_match(MatchState.OFFERED, volunteer=volunteer, seat=role.seats.get(), at=now)
        for volunteer, role in zip(people, roles, strict=True)
    ]


def test_an_emergency_takes_no_yes_beside_a_report(cast: Cast, now: datetime) -> None:
    erin = responder("erin", now)
    incident(cast, now)
    broadcast_emergencies(at=now)
    match = Match.objects.get(volunteer__user=erin)
    opened = report(match, now)

    with pytest.raises(WrongState, match="a reviewer looks at it first"):
        accept_offer(actor=erin, match=match, at=now)
    with pytest.raises(WrongState, match="Close the report first"):
        record_phone_acceptance(
            actor=cast.rita, match=match, note="Yes.", volunteer_accepts_code_of_conduct=True, at=now
        )
    advance_ready_teams(at=now)
    assert (state_of(match), Notice.objects.filter(kind="work-started").count()) == ("offered", 0)

    handle_report(actor=cast.rita, report=opened, outcome="Spoke with Erin.", at=now)
    accept_offer(actor=erin, match=match, at=now)
    assert (state_of(match), Notice.objects.filter(kind="work-started").count()) == ("active", 1)


def test_a_request_that_confirms_itself_waits_for_each_report(cast: Cast, confirming: Match, now: datetime) -> None:
    first = report(confirming, now)
    accept_offer(actor=cast.alice, match=confirming, at=now)
    confirming.refresh_from_db()
    second = report_problem(actor=cast.carol, match=confirming, kind="other", at=now)

    handle_report(actor=cast.rita, report=first, outcome="Looked.", at=now)
    assert state_of(confirming) == "accepted"
    handle_report(actor=cast.rita, report=second, outcome="Looked.", at=now)

    assert state_of(confirming) == "active"


def test_the_sweep_starts_no_yes_by_phone_meanwhile(cast: Cast, confirming: Match, now: datetime) -> None:
    record_phone_acceptance(actor=cast.rita, match=confirming, note="Called.", at=now)
    opened = report(confirming, now)

    advance_ready_teams(at=now + 2 * DAY)
    assert state_of(confirming) == "accepted"
    handle_report(actor=cast.rita, report=opened, outcome="Looked.", at=now + 2 * DAY)

    assert state_of(confirming) == "active"


def test_a_report_that_is_closed_early_leaves_the_day_to_take_it_back(
    cast: Cast, confirming: Match, now: datetime
) -> None:
    record_phone_acceptance(actor=cast.rita, match=confirming, note="Called.", at=now)

    handle_report(actor=cast.rita, report=report(confirming, now), outcome="Looked.", at=now)

    assert state_of(confirming) == "accepted"
    advance_ready_teams(at=now + 2 * DAY)
    assert state_of(confirming) == "active"


def test_of_a_team_only_the_reported_match_waits(cast: Cast, team: list[Match], now: datetime) -> None:
    alice, bob = team
    opened = report(alice, now)
    accept_offer(actor=cast.alice, match=alice, at=now)
    accept_offer(actor=cast.bob, match=bob, at=now)

    assert (state_of(alice), state_of(bob)) == ("accepted", "active")
    handle_report(actor=cast.rita, report=opened, outcome="Looked.", at=now)

    assert state_of(alice) == "active"


def test_a_team_that_its_campaign_confirms_is_not_asked_about_it_meanwhile(
    cast: Cast, team: list[Match], now: datetime
) -> None:
    alice, bob = team
    Request.objects.filter(pk=alice.request_id).update(auto_confirm=False)
    opened = report(alice, now)
    for user, match in ((cast.alice, alice), (cast.bob, bob)):
        accept_offer(actor=user, match=match, at=now)
        match.refresh_from_db()

    assert (alice.campaign_asked_at, bob.campaign_asked_at) == (None, now)
    handle_report(actor=cast.rita, report=opened, outcome="Looked.", at=now + DAY)

    alice.refresh_from_db()
    assert (alice.campaign_asked_at, alice.due_at is not None and alice.due_at > now + DAY) == (now + DAY, True)


def test_fewer_seats_start_no_reported_match(cast: Cast, team: list[Match], now: datetime) -> None:
    alice, bob = team
    report(alice, now)
    accept_offer(actor=cast.alice, match=alice, at=now)

    reduce_seats(actor=cast.carol, role=bob.seat.role, seat_count=0, at=now)

    assert (state_of(alice), state_of(bob)) == ("accepted", "superseded")


def test_the_campaign_is_not_reminded_of_an_answer_that_it_cannot_give(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    report(match, now)

    send_due_reminders(at=match.remind_at or now)

    assert not Notice.objects.filter(kind="campaign-answer-reminder").exists()


def test_a_report_about_a_request_that_is_over_starts_nothing(cast: Cast, confirming: Match, now: datetime) -> None:
    opened = report(confirming, now)
    accept_offer(actor=cast.alice, match=confirming, at=now)
    Request.objects.filter(pk=confirming.request_id).update(state=Request.State.CANCELLED)

    handle_report(actor=cast.rita, report=opened, outcome="Looked.", at=now)

    assert state_of(confirming) == "accepted"
