from datetime import datetime, timedelta

import pytest

from campaigns.draft_rules import RoleDraft
from campaigns.models import Request, Seat
from core.errors import Full, Invalid, NotAllowed, Stale, WrongState
from core.models import Notice, User
from matching.lifecycle.actions.campaign_answers import confirm_match
from matching.lifecycle.actions.clocks import advance_ready_teams, process_due_matches
from matching.lifecycle.actions.offers import send_broadcast_offer
from matching.lifecycle.actions.phone_acceptances import record_phone_acceptance
from matching.lifecycle.actions.review import approve_alternate, approve_match, reject_match
from matching.lifecycle.actions.volunteer_answers import accept_offer, decline_offer
from matching.lifecycle.queries.alternates import find_alternates
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.rules.states import MatchState
from matching.rules.transitions import PHONE_ACCEPTANCE_REVOCABLE_FOR, ActorKind
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run
from tests.cast import Cast, create_user, create_volunteer, publish_new_request
from tests.match_factory import make_offered_match
from tests.notices import mark_notices_sent
from volunteers.actions.weeks import add_time_off
from volunteers.models import Volunteer


@pytest.fixture
def proposal(cast: Cast, now: datetime) -> Match:
    return propose(cast, now)


def propose(cast: Cast, now: datetime) -> Match:
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)
    return Match.objects.get(volunteer__user=cast.alice, state=MatchState.PROPOSED)


def test_approving_offers_at_once_starts_the_clock_and_owes_a_notice(
    cast: Cast, proposal: Match, now: datetime
) -> None:
    match = approve_match(actor=cast.rita, match=proposal, at=now)

    assert (match.state, match.due_at) == (
        MatchState.OFFERED,
        now + timedelta(hours=50),
    )  # not 7:00 in New York, but 9:00
    notice = Notice.objects.get(kind="offer")
    assert (notice.recipient, notice.kind) == (cast.alice, "offer")


def test_history_holds_every_step_from_approval_on_and_nothing_personal(
    cast: Cast, proposal: Match, now: datetime
) -> None:
    match = approve_match(actor=cast.rita, match=proposal, at=now)
    accept_offer(actor=cast.alice, match=match, at=now)

    events = match.events.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.state for event in events] == ["approved", "offered", "accepted"]
    assert {field.name for field in events.model._meta.fields} & {"note", "score_parts"} == set()


def test_a_whole_team_hears_together(cast: Cast, now: datetime) -> None:
    create_volunteer(cast.bob, now)
    roles = [
        RoleDraft(name="One", skill="front-end", hours_per_week=4),
        RoleDraft(name="Two", skill="front-end", hours_per_week=4),
    ]
    Match.objects.all().delete()
    cast.request.roles.all().delete()
    publish_new_request(cast.carol, cast.campaign, now, title="Team", roles=roles, staffing="whole")
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)
    first, second = Match.objects.order_by("pk")

    waiting = approve_match(actor=cast.rita, match=first, at=now)
    assert (waiting.state, Notice.objects.count()) == (MatchState.APPROVED, 0)
    approve_match(actor=cast.rita, match=second, at=now)

    assert set(Match.objects.values_list("state", flat=True)) == {MatchState.OFFERED}
    assert Notice.objects.count() == 2


def test_approving_checks_again(cast: Cast, proposal: Match, now: datetime) -> None:
    create_volunteer(cast.alice, now, max_hours_per_week=2)

    with pytest.raises(Invalid, match="this person has too few hours left"):
        approve_match(actor=cast.rita, match=proposal, at=now)

    proposal.refresh_from_db()
    assert proposal.state == MatchState.PROPOSED


@pytest.mark.parametrize("days_after_start", [-3, 14, 39])
def test_nothing_is_offered_for_days_that_are_within_time_off(
    cast: Cast, proposal: Match, now: datetime, days_after_start: int
) -> None:
    """It began before, lies within, or ends after the work: the matcher, a reviewer and alternates all keep to it."""
    first = cast.request.starts_on + timedelta(days=days_after_start)
    add_time_off(actor=cast.alice, starts_on=first, ends_on=first + timedelta(days=6), at=now)
    seat, alice = proposal.seat, cast.alice.volunteer

    with pytest.raises(Invalid, match="away"):
        approve_match(actor=cast.rita, match=proposal, at=now)
    with pytest.raises(Invalid, match="away"):
        approve_alternate(actor=cast.rita, seat=seat, volunteer=alice, at=now)
    assert alice not in [one.volunteer for one in find_alternates(seat, policy=get_active_policy(), at=now, most=5)]
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)
    assert not Match.objects.filter(volunteer=alice, state__in=[MatchState.PROPOSED, MatchState.OFFERED]).exists()


def test_approving_somebody_who_has_left_says_so(cast: Cast, proposal: Match, now: datetime) -> None:
    Volunteer.objects.filter(user=cast.alice).update(state=Volunteer.State.PAUSED, answer_due_at=None)

    with pytest.raises(Invalid, match="this person is no longer available"):
        approve_match(actor=cast.rita, match=proposal, at=now)


def test_a_seat_is_never_held_twice(cast: Cast, proposal: Match, now: datetime) -> None:
    other = create_volunteer(create_user("erin"), now)
    twin = Match.objects.create(
        volunteer=other,
        seat=proposal.seat,
        request=proposal.request,
        state=MatchState.SUPERSEDED,
        score=0,
        score_parts={},
        proposed_at=now,
        state_changed_at=now,
    )
    approve_match(actor=cast.rita, match=proposal, at=now)
    Match.objects.filter(pk=twin.pk).update(state=MatchState.PROPOSED)

    with pytest.raises((Full, Invalid)):
        approve_match(actor=cast.rita, match=twin, at=now)


def test_a_place_that_is_no_longer_needed_is_not_given_though_its_role_has_another(cast: Cast, now: datetime) -> None:
    roles = [RoleDraft(name="Coder", skill="front-end", hours_per_week=4, seat_count=2)]
    wide = publish_new_request(cast.carol, cast.campaign, now, title="Wide", roles=roles)
    first = Seat.objects.filter(role__request=wide).order_by("number")[0]
    match = propose_for(first, cast, now)
    Seat.objects.filter(pk=first.pk).update(closed_at=now)

    with pytest.raises(Invalid, match="this place is no longer open"):
        approve_match(actor=cast.rita, match=match, at=now)


def test_a_yes_on_the_phone_comes_too_late_for_a_place_that_somebody_has(cast: Cast, now: datetime) -> None:
    roles = [RoleDraft(name="Coder", skill="front-end", hours_per_week=4, seat_count=2)]
    wide = publish_new_request(cast.carol, cast.campaign, now, title="Wide", roles=roles)
    seat = Seat.objects.filter(role__request=wide).order_by("number")[0]
    asked = propose_for(seat, cast, now)
    send_broadcast_offer(asked, ActorKind.REVIEWER, at=now)
    other = Match.objects.create(
        volunteer=create_volunteer(create_user("erin"), now),
        seat=seat,
        request=wide,
        score=0,
        score_parts={},
        proposed_at=now,
        state_changed_at=now,
    )
    Match.objects.filter(pk=other.pk).update(state=MatchState.ACCEPTED)

    with pytest.raises(Full):
        record_phone_acceptance(actor=cast.rita, match=asked, note="On the phone at noon.", at=now)


def propose_for(seat: Seat, cast: Cast, now: datetime) -> Match:
    return Match.objects.create(
        volunteer=Volunteer.objects.get(user=cast.alice),
        seat=seat,
        request=seat.role.request,
        score=0,
        score_parts={},
        proposed_at=now,
        state_changed_at=now,
    )


def test_rejecting_needs_a_known_reason_and_bars_the_pair(cast: Cast, proposal: Match, now: datetime) -> None:
    with pytest.raises(Invalid, match="Choose one of these reasons: fit, level, conflict, trust, timing, other"):
        reject_match(actor=cast.rita, match=proposal, reason="mood", at=now)

    match = reject_match(actor=cast.rita, match=proposal, reason="conflict", note="Married to the opponent.", at=now)
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)

    assert (match.state, match.reason, match.note) == (MatchState.REJECTED, "conflict", "Married to the opponent.")
    assert Match.objects.count() == 1


def test_only_reviewers_decide(cast: Cast, proposal: Match, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        approve_match(actor=cast.carol, match=proposal, at=now)
    with pytest.raises(NotAllowed):
        reject_match(actor=cast.alice, match=proposal, reason="fit", at=now)


def test_a_stale_page_changes_nothing(cast: Cast, proposal: Match, now: datetime) -> None:
    with pytest.raises(Stale):
        approve_match(actor=cast.rita, match=proposal, at=now, version=proposal.version + 1)
    approve_match(actor=cast.rita, match=proposal, at=now, version=proposal.version)

    with pytest.raises(WrongState, match="Offered"):
        approve_match(actor=cast.rita, match=proposal, at=now)


def test_a_volunteer_accepts_and_the_campaign_is_told(cast: Cast, proposal: Match, now: datetime) -> None:
    approve_match(actor=cast.rita, match=proposal, at=now)

    match = accept_offer(actor=cast.alice, match=proposal, at=now + timedelta(hours=47))

    assert match.state == MatchState.ACCEPTED
    assert Notice.objects.get(kind="offer-accepted").recipient == cast.carol


def test_a_late_yes_is_told_kindly_and_changes_nothing(cast: Cast, proposal: Match, now: datetime) -> None:
    approve_match(actor=cast.rita, match=proposal, at=now)
    mark_notices_sent()

    with pytest.raises(WrongState, match="the time to answer was over"):
        accept_offer(actor=cast.alice, match=proposal, at=now + timedelta(hours=50))

    proposal.refresh_from_db()
    assert proposal.state == MatchState.OFFERED


def test_nobody_answers_for_somebody_else(cast: Cast, proposal: Match, now: datetime) -> None:
    approve_match(actor=cast.rita, match=proposal, at=now)

    for stranger in (cast.bob, cast.carol, cast.rita, cast.dave):
        with pytest.raises(NotAllowed):
            accept_offer(actor=stranger, match=proposal, at=now)


def test_a_decline_frees_the_seat_and_is_not_asked_again(cast: Cast, proposal: Match, now: datetime) -> None:
    approve_match(actor=cast.rita, match=proposal, at=now)

    match = decline_offer(actor=cast.alice, match=proposal, reason="time", at=now)
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)

    assert (match.state, match.reason) == (MatchState.DECLINED, "time")
    assert not Match.objects.filter(state=MatchState.PROPOSED).exists()


def test_an_offer_without_an_answer_expires_once(cast: Cast, proposal: Match, now: datetime) -> None:
    approve_match(actor=cast.rita, match=proposal, at=now)
    mark_notices_sent()

    assert process_due_matches(at=now + timedelta(hours=49)) == 0
    assert process_due_matches(at=now + timedelta(hours=50)) == 1
    assert process_due_matches(at=now + timedelta(hours=50)) == 0

    proposal.refresh_from_db()
    assert proposal.state == MatchState.EXPIRED
    assert Notice.objects.get(kind="offer-expired").recipient == cast.alice


def test_a_request_that_confirms_itself_is_active_at_once(cast: Cast, proposal: Match, now: datetime) -> None:
    proposal.request.auto_confirm = True
    proposal.request.save()
    approve_match(actor=cast.rita, match=proposal, at=now)

    assert accept_offer(actor=cast.alice, match=proposal, at=now).state == MatchState.ACTIVE


def test_a_yes_on_the_phone_can_be_taken_back_for_a_day_before_the_campaign_begins(cast: Cast, now: datetime) -> None:
    match = record_phone_acceptance(
        actor=cast.rita, match=make_offered_match(cast, now), note="On the phone at noon.", at=now
    )

    assert match.due_at is not None
    assert match.due_at >= now + PHONE_ACCEPTANCE_REVOCABLE_FOR + timedelta(hours=12)
    with pytest.raises(WrongState, match="take it back in writing until"):
        confirm_match(actor=cast.carol, match=match, at=now + PHONE_ACCEPTANCE_REVOCABLE_FOR - timedelta(minutes=1))
    assert (
        confirm_match(actor=cast.carol, match=match, at=now + PHONE_ACCEPTANCE_REVOCABLE_FOR).state == MatchState.ACTIVE
    )


def test_a_request_that_confirms_itself_waits_for_the_day_too_and_the_sweep_begins_it(
    cast: Cast, now: datetime
) -> None:
    Request.objects.update(auto_confirm=True)
    match = record_phone_acceptance(
        actor=cast.rita, match=make_offered_match(cast, now), note="On the phone at noon.", at=now
    )
    assert match.state == MatchState.ACCEPTED

    advance_ready_teams(at=now + PHONE_ACCEPTANCE_REVOCABLE_FOR - timedelta(minutes=1))
    match.refresh_from_db()
    assert match.state == MatchState.ACCEPTED

    advance_ready_teams(at=now + PHONE_ACCEPTANCE_REVOCABLE_FOR)
    match.refresh_from_db()
    assert match.state == MatchState.ACTIVE


def test_whoever_says_yes_on_the_phone_for_the_first_time_is_asked_about_conduct_there(
    cast: Cast, now: datetime
) -> None:
    User.objects.filter(pk=cast.alice.pk).update(conduct_accepted_at=None)
    match = make_offered_match(cast, now)

    with pytest.raises(Invalid, match="whether they keep to the code of conduct") as refused:
        record_phone_acceptance(actor=cast.rita, match=match, note="On the phone at noon.", at=now)
    assert refused.value.field == "volunteer_accepts_code_of_conduct"
    record_phone_acceptance(
        actor=cast.rita, match=match, note="On the phone at noon.", volunteer_accepts_code_of_conduct=True, at=now
    )

    assert User.objects.get(pk=cast.alice.pk).conduct_accepted_at == now
