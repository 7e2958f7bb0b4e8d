"""Whole teams: heard together, begun together, repaired seat by seat."""

from datetime import datetime, time, timedelta

import pytest

from campaigns.actions.request_ends import reduce_seats
from campaigns.models import Seat
from core.errors import Full, Invalid, WrongState
from core.models import Notice
from core.notifications.notice_types import RenderedNotice, render_notices
from core.week_mask import Window
from matching.lifecycle.actions.campaign_answers import confirm_match
from matching.lifecycle.actions.clocks import advance_ready_teams
from matching.lifecycle.actions.review import approve_match, reject_match
from matching.lifecycle.actions.volunteer_answers import accept_offer, decline_offer, withdraw_from_match
from matching.lifecycle.queries.teams import (
    MissingRole,
    compute_team_hours,
    find_missing_roles,
    list_team_members,
    may_see_team_names,
)
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, create_user, create_volunteer, publish_team_request
from tests.notices import list_notified_names
from tests.run_execution import execute_full_run, execute_queued_runs


@pytest.fixture
def team(cast: Cast, now: datetime) -> dict[str, Match]:
    """Alice and Bob, proposed for the two seats of a request that is staffed whole."""
    publish_team_request(cast, now)
    execute_full_run(now)
    return {match.volunteer.first_name: match for match in Match.objects.filter(state=MatchState.PROPOSED)}


def states() -> dict[str, str]:
    return dict(Match.objects.order_by("pk").values_list("volunteer__first_name", "state"))


def test_offers_leave_together(cast: Cast, now: datetime, team: dict[str, Match]) -> None:
    approve_match(actor=cast.rita, match=team["Alice"], at=now)
    assert (states(), Notice.objects.count()) == ({"Alice": "approved", "Bob": "proposed"}, 0)

    approve_match(actor=cast.rita, match=team["Bob"], at=now)
    assert (states(), Notice.objects.filter(kind="offer").count()) == ({"Alice": "offered", "Bob": "offered"}, 2)


def test_somebody_approved_can_still_be_rejected_and_the_seat_is_matched_anew(
    cast: Cast, now: datetime, team: dict[str, Match]
) -> None:
    approve_match(actor=cast.rita, match=team["Alice"], at=now)
    create_volunteer(create_user("erin"), now)

    reject_match(actor=cast.rita, match=team["Alice"], reason="conflict", at=now)
    execute_queued_runs(now)

    assert states() == {"Alice": "rejected", "Bob": "proposed", "Erin": "proposed"}


def test_nobody_begins_before_every_role_has_its_minimum_and_it_says_who_is_missing(
    cast: Cast, now: datetime, team: dict[str, Match]
) -> None:
    for match in team.values():
        approve_match(actor=cast.rita, match=match, at=now)
    accept_offer(actor=cast.alice, match=team["Alice"], at=now)
    team["Alice"].refresh_from_db()
    copy = team["Alice"].request.roles.get(name="Copy")
    assert find_missing_roles(team["Alice"].request) == [MissingRole("Copy", 0, 1, copy.public_id)]
    assert not Notice.objects.filter(kind="offer-accepted").exists()  # the campaign hears when there is something to do

    with pytest.raises(WrongState, match=r"The team begins together, and somebody is missing: Copy \(0 of 1\)"):
        confirm_match(actor=cast.carol, match=team["Alice"], at=now)

    accept_offer(actor=cast.bob, match=team["Bob"], at=now)
    assert Notice.objects.filter(kind="offer-accepted", recipient=cast.carol).count() == 2
    for match in team.values():
        confirm_match(actor=cast.carol, match=match, at=now)
    assert states() == {"Alice": "active", "Bob": "active"}


def test_the_campaigns_clock_starts_for_all_when_the_last_has_said_yes(
    cast: Cast, now: datetime, team: dict[str, Match]
) -> None:
    for match in team.values():
        approve_match(actor=cast.rita, match=match, at=now)
    accept_offer(actor=cast.alice, match=team["Alice"], at=now)
    later = now + timedelta(days=1)
    accept_offer(actor=cast.bob, match=team["Bob"], at=later)

    assert set(Match.objects.values_list("due_at", flat=True)) == {later + timedelta(hours=50)}


def test_a_team_below_its_minimum_of_one_begins_without_the_other(cast: Cast, now: datetime) -> None:
    publish_team_request(cast, now, minimum=0)
    execute_full_run(now)
    for match in Match.objects.all():
        approve_match(actor=cast.rita, match=match, at=now)

    alice = accept_offer(actor=cast.alice, match=Match.objects.get(volunteer__user=cast.alice), at=now)

    assert confirm_match(actor=cast.carol, match=alice, at=now).state == MatchState.ACTIVE


def test_a_drop_out_is_repaired_without_touching_the_others(cast: Cast, now: datetime, team: dict[str, Match]) -> None:
    for match in team.values():
        approve_match(actor=cast.rita, match=match, at=now)
    accept_offer(actor=cast.alice, match=team["Alice"], at=now)
    before = Match.objects.get(pk=team["Alice"].pk)
    create_volunteer(create_user("erin"), now, claims=[("copywriting", 4, True)])

    decline_offer(actor=cast.bob, match=team["Bob"], at=now)
    execute_queued_runs(now)
    assert states() == {"Alice": "accepted", "Bob": "declined", "Erin": "proposed"}
    erin = approve_match(actor=cast.rita, match=Match.objects.get(volunteer__first_name="Erin"), at=now)

    assert erin.state == MatchState.OFFERED  # the others are there: nothing to wait for
    after = Match.objects.get(pk=team["Alice"].pk)
    assert (after.state, after.version, after.due_at) == (before.state, before.version, before.due_at)
    assert Notice.objects.filter(recipient=cast.alice).count() == 1


def test_a_drop_out_of_a_team_at_work_is_repaired_while_the_others_work(
    cast: Cast, now: datetime, team: dict[str, Match]
) -> None:
    for match in team.values():
        approve_match(actor=cast.rita, match=match, at=now)
    for user, name in ((cast.alice, "Alice"), (cast.bob, "Bob")):
        accept_offer(actor=user, match=team[name], at=now)
    for match in team.values():
        confirm_match(actor=cast.carol, match=match, at=now)
    create_volunteer(create_user("erin"), now, claims=[("copywriting", 4, True)])

    withdraw_from_match(actor=cast.bob, match=team["Bob"], at=now)
    execute_queued_runs(now)
    erin = approve_match(actor=cast.rita, match=Match.objects.get(volunteer__first_name="Erin"), at=now)
    assert erin.volunteer.user is not None
    accept_offer(actor=erin.volunteer.user, match=erin, at=now)
    confirm_match(actor=cast.carol, match=erin, at=now)

    assert states() == {"Alice": "active", "Bob": "withdrawn", "Erin": "active"}


def test_a_team_that_confirms_itself_begins_with_the_last_yes(
    cast: Cast, now: datetime, team: dict[str, Match]
) -> None:
    request = team["Alice"].request
    request.auto_confirm = True
    request.save()
    for match in team.values():
        approve_match(actor=cast.rita, match=match, at=now)

    accept_offer(actor=cast.alice, match=team["Alice"], at=now)
    assert states() == {"Alice": "accepted", "Bob": "offered"}
    accept_offer(actor=cast.bob, match=team["Bob"], at=now)
    assert states() == {"Alice": "active", "Bob": "active"}


def test_the_hours_that_everybody_has_are_worked_out(cast: Cast, now: datetime, team: dict[str, Match]) -> None:
    create_volunteer(
        cast.bob, now, claims=[("copywriting", 5, True)], windows=[Window(1, datetime.min.time(), now.time())]
    )
    evenings = compute_team_hours(team["Alice"].request, at=now)
    assert (evenings.people, evenings.windows) == (0, [])

    for match in team.values():
        Match.objects.filter(pk=match.pk).update(state=MatchState.APPROVED)
    assert (
        compute_team_hours(team["Alice"].request, at=now).people,
        compute_team_hours(team["Alice"].request, at=now).hours,
    ) == (2, 0.0)
    create_volunteer(cast.bob, now, claims=[("copywriting", 5, True)])
    both = compute_team_hours(team["Alice"].request, at=now)
    assert (both.hours, both.windows[0]) == (20.0, Window(0, now.time().replace(18), now.time().replace(22)))


def test_team_mates_have_names_between_those_who_work(cast: Cast, now: datetime, team: dict[str, Match]) -> None:
    request = team["Alice"].request
    for match in team.values():
        approve_match(actor=cast.rita, match=match, at=now)
    for user, name in ((cast.alice, "Alice"), (cast.bob, "Bob")):
        accept_offer(actor=user, match=team[name], at=now)
    confirm_match(actor=cast.carol, match=team["Alice"], at=now)

    assert [may_see_team_names(user, request) for user in (cast.alice, cast.bob, cast.carol, cast.dave)] == [
        True,
        False,
        True,
        False,
    ]
    shown = [(one.role, one.first_name, one.contact) for one in list_team_members(request, named=True)]
    assert shown == [("Front end", "Alice", "alice@example.org"), ("Copy", "", "")]
    assert {(one.first_name, one.contact) for one in list_team_members(request, named=False)} == {("", "")}


def test_a_cut_that_completes_a_team_has_its_offers_leave(cast: Cast, now: datetime, team: dict[str, Match]) -> None:
    approve_match(actor=cast.rita, match=team["Alice"], at=now)

    reduce_seats(actor=cast.carol, role=team["Bob"].seat.role, seat_count=0, at=now)

    assert states() == {"Alice": "offered", "Bob": "superseded"}


def test_a_cut_that_completes_a_team_has_the_campaign_asked(cast: Cast, now: datetime, team: dict[str, Match]) -> None:
    for match in team.values():
        approve_match(actor=cast.rita, match=match, at=now)
    accept_offer(actor=cast.alice, match=team["Alice"], at=now)
    assert advance_ready_teams(at=now) == 1  # looked at, and still somebody is missing
    assert not Notice.objects.filter(kind="offer-accepted").exists()

    reduce_seats(actor=cast.carol, role=team["Bob"].seat.role, seat_count=0, at=now)

    assert Notice.objects.get(kind="offer-accepted").recipient == cast.carol
    assert Match.objects.get(pk=team["Alice"].pk).campaign_asked_at == now
    assert advance_ready_teams(at=now) == 0


def test_a_team_that_was_completed_unheard_is_found_by_the_sweep(
    cast: Cast, now: datetime, team: dict[str, Match]
) -> None:
    approve_match(actor=cast.rita, match=team["Alice"], at=now)
    Seat.objects.filter(pk=team["Bob"].seat_id).update(closed_at=now)

    advance_ready_teams(at=now)

    assert states() == {"Alice": "offered", "Bob": "proposed"}


def test_a_later_yes_does_not_begin_the_others_clock_anew(cast: Cast, now: datetime) -> None:
    publish_team_request(cast, now, minimum=0)
    execute_full_run(now)
    for match in Match.objects.all():
        approve_match(actor=cast.rita, match=match, at=now)
    alice, bob = (Match.objects.get(volunteer__user=user) for user in (cast.alice, cast.bob))
    first = accept_offer(actor=cast.alice, match=alice, at=now)
    later = now + timedelta(days=1)

    second = accept_offer(actor=cast.bob, match=bob, at=later)

    alice.refresh_from_db()
    assert (alice.due_at, alice.version, alice.campaign_asked_at) == (first.due_at, first.version, now)
    assert (second.due_at, second.campaign_asked_at) == (later + timedelta(hours=50), later)


def test_a_seat_that_is_taken_is_not_chosen_for_again(cast: Cast, now: datetime, team: dict[str, Match]) -> None:
    approve_match(actor=cast.rita, match=team["Alice"], at=now)

    with pytest.raises((Full, Invalid, WrongState)):
        approve_match(actor=cast.rita, match=team["Alice"], at=now)


def test_a_team_without_an_hour_in_common_begins_and_is_told_so(
    cast: Cast, now: datetime, team: dict[str, Match]
) -> None:
    for match in team.values():
        approve_match(actor=cast.rita, match=match, at=now)
    mornings = [Window(day, time(6), time(9)) for day in range(5)]
    create_volunteer(cast.bob, now, claims=[("copywriting", 5, True)], windows=mornings)
    accept_offer(actor=cast.alice, match=team["Alice"], at=now)
    assert list_notified_names("team-without-common-hours") == set()

    accept_offer(actor=cast.bob, match=team["Bob"], at=now)

    assert (states(), list_notified_names("team-without-common-hours")) == (
        {"Alice": "accepted", "Bob": "accepted"},
        {"carol", "rita"},
    )
    for notice in Notice.objects.filter(kind="team-without-common-hours"):
        letter = render_notices([notice], language="en", at=now)[notice.pk]
        assert isinstance(letter, RenderedNotice)
        assert "no hour in the week" in letter.text


def test_a_team_with_hours_in_common_is_told_of_none(cast: Cast, now: datetime, team: dict[str, Match]) -> None:
    for match in team.values():
        approve_match(actor=cast.rita, match=match, at=now)
    accept_offer(actor=cast.alice, match=team["Alice"], at=now)
    accept_offer(actor=cast.bob, match=team["Bob"], at=now)

    assert list_notified_names("team-without-common-hours") == set()


def test_that_letter_does_not_tell_the_hours_of_the_one_who_is_only_asked(cast: Cast, now: datetime) -> None:
    publish_team_request(cast, now, minimum=0)
    execute_full_run(now)
    team = {match.volunteer.first_name: match for match in Match.objects.filter(state=MatchState.PROPOSED)}
    for match in team.values():
        approve_match(actor=cast.rita, match=match, at=now)
    mornings = [Window(day, time(6), time(9)) for day in range(5)]
    create_volunteer(cast.bob, now, claims=[("copywriting", 5, True)], windows=mornings)

    accept_offer(actor=cast.alice, match=team["Alice"], at=now)

    assert states() == {"Alice": "accepted", "Bob": "offered"}
    assert list_notified_names("offer-accepted") == {"carol"}
    assert list_notified_names("team-without-common-hours") == set()
