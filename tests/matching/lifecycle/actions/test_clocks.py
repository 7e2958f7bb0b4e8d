"""What happens by itself: every clock of design and policy, once, however late the sweep comes."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from campaigns.actions.campaign_pauses import resume_campaign
from campaigns.models import Campaign
from core.errors import WrongState
from core.models import Notice
from matching.lifecycle.actions.campaign_answers import confirm_match
from matching.lifecycle.actions.clocks import (
    end_orphaned_matches,
    escalate_overdue_reports,
    process_due_matches,
    send_due_reminders,
)
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match, Policy
from matching.rules.states import MatchState
from tests.cast import FRONT_END_ROLE, Cast, create_user, create_volunteer, publish_new_request, publish_team_request
from tests.match_factory import make_accepted_match, make_active_match, make_offered_match, make_proposed_match
from tests.notices import list_notified_names, mark_notices_sent
from tests.run_execution import execute_full_run, execute_queued_runs
from volunteers.models import Volunteer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_review_clock_tells_the_reviewers_every_working_day_and_the_person_once_and_never_approves(
    cast: Cast, now: datetime
) -> None:
    match = make_proposed_match(cast, now)
    due = now + 26 * HOUR  # a working day, and then until 9:00 where the reviewers are
    assert match.due_at == due

    assert [process_due_matches(at=at) for at in (due - HOUR, due, due + HOUR, due + DAY, due + DAY)] == [0, 1, 0, 1, 0]

    match.refresh_from_db()
    assert (match.state, match.escalated_at, list_notified_names("review-overdue")) == (
        MatchState.PROPOSED,
        due + DAY,
        {"rita"},
    )
    assert Notice.objects.filter(kind="review-overdue").count() == 2
    assert [notice.recipient for notice in Notice.objects.filter(kind="review-delayed")] == [cast.alice]


def test_a_reminder_goes_out_half_way_once(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)
    half = now + 25 * HOUR  # of the 50 that it takes to reach a morning

    assert match.remind_at == half.replace(hour=14)  # 9:00 in New York
    assert [
        send_due_reminders(at=half),
        send_due_reminders(at=half + HOUR),
        send_due_reminders(at=half + 2 * HOUR),
    ] == [0, 1, 0]
    assert list_notified_names("offer-reminder") == {"alice"}


def test_an_expired_offer_is_told_and_the_next_person_proposed(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)
    create_volunteer(create_user("erin"), now)

    process_due_matches(at=now + 50 * HOUR)
    execute_queued_runs(now + 50 * HOUR)

    match.refresh_from_db()
    assert (match.state, list_notified_names("offer-expired")) == (MatchState.EXPIRED, {"alice"})
    assert Match.objects.get(state=MatchState.PROPOSED).volunteer.first_name == "Erin"


def test_a_campaigns_silence_is_told_to_reviewers_first_and_then_frees_the_person(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    due = now + 50 * HOUR  # 48, and then until 9:00
    assert match.due_at == due

    process_due_matches(at=due)
    match.refresh_from_db()
    assert (match.state, list_notified_names("answer-overdue"), match.due_at) == (
        MatchState.ACCEPTED,
        {"rita"},
        due + 48 * HOUR,
    )
    process_due_matches(at=match.due_at)
    match.refresh_from_db()

    assert (match.state, match.reason, list_notified_names("match-ended")) == (
        MatchState.RELEASED,
        "campaign_silent",
        {"alice"},
    )
    assert list_notified_names("volunteer-released") == {"carol"}
    assert execute_queued_runs(due + 96 * HOUR) == 1


def test_a_campaigns_time_does_not_run_out_while_a_report_is_looked_at(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    report_problem(actor=cast.alice, match=match, kind="conduct", at=now)
    with pytest.raises(WrongState, match="A reviewer is looking at a report"):
        confirm_match(actor=cast.carol, match=match, at=now)

    process_due_matches(at=now + 50 * HOUR)

    match.refresh_from_db()
    assert (match.state, match.escalated_at, match.due_at) == (MatchState.ACCEPTED, None, now + 98 * HOUR)


def test_the_campaign_is_reminded_half_way(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    assert match.remind_at is not None

    assert send_due_reminders(at=match.remind_at) == 1
    assert list_notified_names("campaign-answer-reminder") == {"carol"}


def test_three_silences_in_a_row_stop_new_offers_until_a_reviewer_has_spoken_with_it(cast: Cast, now: datetime) -> None:
    people = [create_user(name) for name in ("erin", "fred", "gina")]
    for user in people:
        create_volunteer(user, now)
    for number in range(2):
        publish_new_request(cast.carol, cast.campaign, now, title=f"More {number}", roles=[FRONT_END_ROLE])
    execute_full_run(now)
    matches = [
        approve_match(actor=cast.rita, match=match, at=now) for match in Match.objects.filter(state=MatchState.PROPOSED)
    ]
    for match in matches:
        assert match.volunteer.user is not None
        accept_offer(actor=match.volunteer.user, match=match, at=now)
    mark_notices_sent()

    moved = [process_due_matches(at=now + DAY * days) for days in (3, 6, 9)]
    campaign = Campaign.objects.get()
    assert (moved, campaign.paused_at, list_notified_names("campaign-silent")) == ([3, 3, 0], now + 6 * DAY, {"rita"})
    assert list_notified_names("campaign-paused") == {"carol"}
    Match.objects.filter(state=MatchState.PROPOSED).delete()
    Volunteer.objects.update(availability_confirmed_at=now + 6 * DAY)
    assert execute_full_run(now + 6 * DAY).seat_count == 0

    resume_campaign(actor=cast.rita, campaign=campaign)
    assert execute_full_run(now + 6 * DAY).seat_count == 3
    with pytest.raises(WrongState):
        resume_campaign(actor=cast.rita, campaign=campaign)


def test_an_answer_in_between_begins_the_count_anew(cast: Cast, now: datetime) -> None:
    Policy.objects.update(max_unanswered_acceptances=1)
    match = make_accepted_match(cast, now)
    process_due_matches(at=now + 3 * DAY)
    process_due_matches(at=now + 6 * DAY)
    assert Campaign.objects.get().paused_at == now + 6 * DAY

    Campaign.objects.update(paused_at=None)
    Policy.objects.update(max_unanswered_acceptances=2)
    Match.objects.filter(pk=match.pk).update(state=MatchState.ACTIVE, reason="", state_changed_at=now + 7 * DAY)
    assert Campaign.objects.get().paused_at is None


def test_seven_days_without_a_word_from_the_campaign_tell_it_and_the_reviewers_every_week(
    cast: Cast, now: datetime
) -> None:
    match = make_active_match(cast, now)

    write_message(actor=cast.carol, match=match, text="Welcome!", at=now + 2 * DAY)
    assert [send_due_reminders(at=now + DAY * day) for day in (8, 9, 10, 16, 17)] == [0, 1, 0, 1, 0]

    assert (list_notified_names("message-reminder"), list_notified_names("campaign-silent")) == ({"carol"}, {"rita"})
    assert Notice.objects.filter(kind="message-reminder").count() == 2


def test_what_the_volunteer_writes_does_not_break_the_campaigns_silence(cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)

    write_message(actor=cast.alice, match=match, text="Is anybody there?", at=now + 6 * DAY)

    assert send_due_reminders(at=now + 7 * DAY) == 1


def test_the_hand_over_begins_by_itself_and_ends_by_itself(cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    end = match.due_at
    assert end is not None

    assert [process_due_matches(at=end), process_due_matches(at=end)] == [1, 0]
    match.refresh_from_db()
    assert (match.state, match.due_at, list_notified_names("handover-started")) == (
        MatchState.CLOSING,
        end + 14 * DAY,
        {"alice", "carol"},
    )
    assert [process_due_matches(at=end + 14 * DAY), process_due_matches(at=end + 14 * DAY)] == [1, 0]
    match.refresh_from_db()
    assert (match.state, list_notified_names("match-completed"), list_notified_names("handover-ended")) == (
        MatchState.COMPLETED,
        {"alice"},
        {"carol"},
    )


def test_a_team_that_is_not_complete_in_time_is_told_of_and_then_lets_go(cast: Cast, now: datetime) -> None:
    publish_team_request(cast, now)
    execute_full_run(now)
    match = approve_match(actor=cast.rita, match=Match.objects.get(volunteer__user=cast.alice), at=now)
    due = match.due_at
    assert due is not None

    process_due_matches(at=due)
    match.refresh_from_db()
    assert (match.state, list_notified_names("answer-overdue")) == (MatchState.APPROVED, {"rita"})
    process_due_matches(at=match.due_at or due)

    match.refresh_from_db()
    assert (match.state, match.reason, Notice.objects.filter(recipient=cast.alice).count()) == (
        MatchState.SUPERSEDED,
        "team_incomplete",
        0,
    )
    assert execute_queued_runs(due + 9 * DAY) == 1


def test_a_report_that_nobody_looks_at_within_a_day_is_told_again_once(cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    report_problem(actor=cast.alice, match=match, kind="safety", at=now)
    report_problem(actor=cast.carol, match=match, kind="promise", at=now)
    assert Notice.objects.filter(kind="report").count() == 2  # one for each report

    assert [
        escalate_overdue_reports(at=now + DAY + HOUR),  # it would end at seven in the morning: at nine
        escalate_overdue_reports(at=now + DAY + 2 * HOUR),
        escalate_overdue_reports(at=now + DAY + 2 * HOUR),
    ] == [
        0,
        2,
        0,
    ]
    assert Notice.objects.filter(kind="report-overdue").count() == 2


def test_a_sweep_that_was_down_for_a_week_does_everything_once_and_storms_nobody(cast: Cast, now: datetime) -> None:
    make_offered_match(cast, now)
    later = now + 7 * DAY

    for _ in range(3):
        send_due_reminders(at=later)
        process_due_matches(at=later)
        end_orphaned_matches(at=later)

    assert Match.objects.get().state == MatchState.EXPIRED
    kinds = list(Notice.objects.filter(recipient=cast.alice).order_by("kind").values_list("kind", flat=True))
    assert kinds == ["offer", "offer-expired"]  # a reminder of what is over would be noise


def test_a_clock_that_goes_back_moves_nothing_again(cast: Cast, now: datetime) -> None:
    make_offered_match(cast, now)
    process_due_matches(at=now + 50 * HOUR)

    assert process_due_matches(at=now - 9 * DAY) == 0
    assert send_due_reminders(at=now - 9 * DAY) == 0
    assert Match.objects.get().state == MatchState.EXPIRED


def test_one_clock_that_fails_holds_up_no_other(cast: Cast, now: datetime) -> None:
    create_volunteer(create_user("erin"), now)
    publish_new_request(cast.carol, cast.campaign, now, title="Second", roles=[FRONT_END_ROLE])
    execute_full_run(now)
    bad, good = (approve_match(actor=cast.rita, match=match, at=now) for match in Match.objects.order_by("pk"))
    mark_notices_sent()
    with connection.cursor() as cursor:  # a row that no code can move
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            f"ALTER TABLE matching_match ADD CONSTRAINT stuck CHECK (id <> {bad.pk} OR state <> 'expired') NOT VALID"
        )
    later = now + 51 * HOUR

    assert process_due_matches(at=later) == 1

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.due_at, good.state) == (
        MatchState.OFFERED,
        later + timedelta(minutes=15),
        MatchState.EXPIRED,
    )
