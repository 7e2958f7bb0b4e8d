from datetime import datetime, timedelta

import pytest

from core.errors import Invalid, NotAllowed, WrongState
from core.models import Notice
from matching.lifecycle.actions.clocks import process_due_matches
from matching.lifecycle.actions.volunteer_answers import accept_offer, decline_offer, withdraw_from_match
from matching.models import Match, Message, Run, Veto
from matching.rules.reasons import DeclineReason
from matching.rules.states import MatchState
from tests.cast import Cast, create_user, create_volunteer
from tests.match_factory import make_accepted_match, make_active_match, make_offered_match
from tests.run_execution import execute_full_run, execute_queued_runs
from volunteers.models import LevelQuestion, Volunteer


def test_the_note_of_a_yes_is_its_first_message(cast: Cast, now: datetime) -> None:
    accept_offer(actor=cast.alice, match=make_offered_match(cast, now), note="I have done two of these.", at=now)

    assert [(one.side, one.text) for one in Message.objects.all()] == [("volunteer", "I have done two of these.")]


def test_a_first_yes_needs_the_code_of_conduct_and_changes_nothing_without(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)
    cast.alice.conduct_accepted_at = None
    cast.alice.save()

    with pytest.raises(Invalid, match="read the code of conduct") as refused:
        accept_offer(actor=cast.alice, match=match, at=now)

    match.refresh_from_db()
    assert (refused.value.field, match.state, Notice.objects.filter(kind="offer-accepted").count()) == (
        "accepts_code_of_conduct",
        "offered",
        0,
    )
    assert (
        accept_offer(actor=cast.alice, match=match, accepts_code_of_conduct=True, at=now).state == MatchState.ACCEPTED
    )


def test_a_second_click_is_told_so_and_has_no_second_effect(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)

    with pytest.raises(WrongState, match="by now it says “Accepted”"):
        accept_offer(actor=cast.alice, match=match, at=now)

    assert Notice.objects.filter(kind="offer-accepted").count() == 1


@pytest.mark.parametrize("answer", [accept_offer, decline_offer])
def test_a_late_click_on_an_expired_offer_is_answered_kindly(cast: Cast, now: datetime, answer) -> None:  # type: ignore[no-untyped-def]
    match = make_offered_match(cast, now)
    process_due_matches(at=now + timedelta(hours=50))

    with pytest.raises(WrongState, match="Sorry: the time to answer was over"):
        answer(actor=cast.alice, match=match, at=now + timedelta(hours=51))

    match.refresh_from_db()
    assert match.state == MatchState.EXPIRED


def test_a_decline_has_the_seat_matched_anew_at_once(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)
    create_volunteer(create_user("erin"), now)

    decline_offer(actor=cast.alice, match=match, at=now)
    [run] = Run.objects.filter(state=Run.State.QUEUED, volunteers=None)
    assert (run.is_limited, list(run.roles.all())) == (True, [match.seat.role])
    execute_queued_runs(now)

    [again] = Match.objects.filter(state=MatchState.PROPOSED)
    assert (again.volunteer.first_name, again.seat) == ("Erin", match.seat)


def test_a_decline_for_time_narrows_the_hours_if_the_person_says_so(cast: Cast, now: datetime) -> None:
    decline_offer(actor=cast.alice, match=make_offered_match(cast, now), reason="time", max_hours_per_week=2, at=now)

    assert Volunteer.objects.get(user=cast.alice).max_hours_per_week == 2


@pytest.mark.parametrize(("reason", "hours"), [("time", 4), ("time", 0), ("task", 2)])
def test_hours_that_are_not_fewer_or_not_the_reason_are_refused(
    cast: Cast, now: datetime, reason: str, hours: int
) -> None:
    match = make_offered_match(cast, now)

    with pytest.raises(Invalid):
        decline_offer(actor=cast.alice, match=match, reason=reason, max_hours_per_week=hours, at=now)

    match.refresh_from_db()
    assert (match.state, Volunteer.objects.get(user=cast.alice).max_hours_per_week) == (MatchState.OFFERED, 4)


def test_never_this_campaign_is_a_veto(cast: Cast, now: datetime) -> None:
    decline_offer(actor=cast.alice, match=make_offered_match(cast, now), reason="never", at=now)

    veto = Veto.objects.get()
    assert (veto.volunteer.user, veto.campaign, veto.side) == (cast.alice, cast.campaign, "volunteer")


def test_a_level_that_the_volunteer_doubts_is_put_to_them(cast: Cast, now: datetime) -> None:
    decline_offer(actor=cast.alice, match=make_offered_match(cast, now), reason=DeclineReason.LEVEL, at=now)

    question = LevelQuestion.objects.get()
    assert (question.volunteer.user, question.skill.code) == (cast.alice, "front-end")
    assert Notice.objects.get(kind="level-question").recipient == cast.alice


def test_a_decline_costs_no_turn_and_bars_this_request_only(cast: Cast, now: datetime) -> None:
    before = Volunteer.objects.get(user=cast.alice).waiting_since
    decline_offer(actor=cast.alice, match=make_offered_match(cast, now), at=now)

    assert Volunteer.objects.get(user=cast.alice).waiting_since == before
    execute_full_run(now)
    assert not Match.objects.filter(state=MatchState.PROPOSED).exists()


@pytest.mark.parametrize("stage", [make_accepted_match, make_active_match])
def test_i_need_out_is_one_tap_tells_the_campaign_and_finds_somebody_else(  # type: ignore[no-untyped-def]
    cast: Cast, now: datetime, stage
) -> None:
    match = stage(cast, now)
    create_volunteer(create_user("erin"), now)

    withdraw_from_match(actor=cast.alice, match=match, at=now)
    execute_queued_runs(now)

    match.refresh_from_db()
    assert (match.state, match.reason) == (MatchState.WITHDRAWN, "")
    assert Notice.objects.get(kind="volunteer-withdrew").recipient == cast.carol
    assert Match.objects.get(state=MatchState.PROPOSED).volunteer.first_name == "Erin"


def test_nobody_withdraws_for_somebody_else(cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)

    for stranger in (cast.bob, cast.carol, cast.rita):
        with pytest.raises(NotAllowed):
            withdraw_from_match(actor=stranger, match=match, at=now)
