"""A request of the year 9999, which came past the constraints, breaks nobody's list and stops no clock."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from campaigns.models import Contest, Request
from core.models import User
from matching.lifecycle.actions.calendar_feed import open_calendar_feed
from matching.lifecycle.actions.clocks import (
    advance_ready_teams,
    broadcast_emergencies,
    end_orphaned_matches,
    process_due_matches,
    send_due_reminders,
)
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.lifecycle.queries.calendar import build_calendar
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import advance_match, make_active_match, make_offered_match
from tests.unchecked_rows import drop_checks

FAR = date(9999, 12, 31)
FARTHEST_CALENDAR_BYTES = 20_000  # the rules of a zone for eight thousand years would take a megabyte


def _break_days(starts_on: date | None = None) -> None:
    drop_checks(Request, Contest)
    Contest.objects.update(election_on=FAR)
    Request.objects.update(ends_on=FAR, **({"starts_on": starts_on} if starts_on else {}))


@pytest.fixture(params=[None, FAR, date(1, 1, 1)], ids=["far end", "far start", "first day"])
def match(request: pytest.FixtureRequest, cast: Cast, now: datetime) -> Match:
    """Alice works on a request whose days are out of this world."""
    made = make_active_match(cast, now)
    _break_days(request.param)
    return Match.objects.get(pk=made.pk)


def test_every_list_and_page_with_it_is_answered(
    match: Match, cast: Cast, api: Callable[[User | None], APIClient]
) -> None:
    readers = {
        cast.alice: ["me/matches", f"me/matches/{match.public_id}", f"requests/{match.request.public_id}/team"],
        cast.carol: ["requests", "placements", "campaigns", f"requests/{match.request.public_id}/team"],
        cast.rita: ["matches", "requests", "campaigns", "runs", f"matches/{match.public_id}"],
        cast.bob: ["me/matches", "me/notices"],
    }
    answers = {
        (user.email, path): api(user).get(f"/api/v1/{path}").status_code
        for user, paths in readers.items()
        for path in paths
    }

    assert {place: code for place, code in answers.items() if code != 200} == {}


def test_the_admin_shows_it(match: Match, reviewer_client: Client) -> None:
    names = ("campaigns_request", "campaigns_contest", "campaigns_campaign", "matching_match", "matching_proposal")
    codes = {name: reviewer_client.get(reverse(f"admin:{name}_changelist")).status_code for name in names}
    codes["change"] = reviewer_client.get(
        reverse("admin:campaigns_request_change", args=[match.request_id])
    ).status_code

    assert {name: code for name, code in codes.items() if code != 200} == {}


def test_the_calendar_is_served_and_stays_small(match: Match, cast: Cast, client: Client, now: datetime) -> None:
    open_calendar_feed(actor=cast.alice, secret="calendar-secret", authenticated_at=now, at=now)

    answer = client.get(reverse("calendar", args=["calendar-secret"]))

    assert answer.status_code == 200
    assert len(answer.content) < FARTHEST_CALENDAR_BYTES
    assert len(build_calendar(match.volunteer, at=now)) < FARTHEST_CALENDAR_BYTES


def test_its_supply_estimate_refuses_it_by_name(
    match: Match, cast: Cast, api: Callable[[User | None], APIClient]
) -> None:
    answer = api(cast.carol).post(f"/api/v1/requests/{match.request.public_id}/supply-estimate", {})

    assert answer.status_code == 400
    assert set(answer.json()["errors"]) <= {"starts_on", "ends_on"}


def test_the_sweeps_go_on(match: Match, now: datetime) -> None:
    later = now + timedelta(days=30)
    Match.objects.update(due_at=now, remind_at=now)

    for sweep in (process_due_matches, send_due_reminders, end_orphaned_matches, advance_ready_teams):
        sweep(at=later)
    broadcast_emergencies(at=later)

    match.refresh_from_db()
    assert match.state == MatchState.CLOSING


def test_the_offer_of_it_can_be_answered_and_confirmed(cast: Cast, now: datetime) -> None:
    offered = make_offered_match(cast, now)
    _break_days()

    accept_offer(actor=cast.alice, match=Match.objects.get(pk=offered.pk), at=now)
    active = advance_match(Match.objects.get(pk=offered.pk), MatchState.ACTIVE, at=now)

    assert active.due_at is not None
    assert active.due_at.date() < date(2040, 1, 1)
