from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.draft_rules import RoleDraft
from campaigns.models import Request
from core.errors import Invalid, NotAllowed, TooMany, WrongState
from core.models import Notice
from matching.engine.digest import unpack, unpack_solution
from matching.engine.verify import verify
from matching.models import Match, Policy, Run, RunArrays
from matching.rules.run_limits import MAX_WAITING_RUNS
from matching.rules.states import MatchState
from matching.runs.actions.automatic_runs import requeue_lost_runs
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import cancel_run, queue_run
from matching.runs.queries.runs import runs_visible_to
from tests.cast import Cast, authenticate_client, build_candidacy, create_user, create_volunteer, publish_new_request
from tests.unchecked_rows import drop_checks


def execute(run: Run, at: datetime) -> Run:
    done = execute_run(run.pk, now=lambda: at, seconds=lambda: 0.0)
    assert done is not None
    return done


def test_a_run_proposes_whoever_fits_and_says_how_good_that_is(cast: Cast, now: datetime) -> None:
    run = execute(queue_run(actor=cast.rita, at=now), now)

    assert (run.state, run.error) == (Run.State.DONE, "")
    assert (run.volunteer_count, run.seat_count, run.filled_count, run.stored_count, run.pair_count) == (2, 1, 1, 1, 1)
    assert run.gap == 0.0
    match = Match.objects.get()
    assert (match.volunteer.user, match.state, match.run) == (cast.alice, MatchState.PROPOSED, run)
    assert match.score == sum(match.score_parts.values()) == run.value
    assert match.request == cast.request


def test_the_kept_arrays_verify(cast: Cast, now: datetime) -> None:
    run = execute(queue_run(actor=cast.rita, at=now), now)

    kept = RunArrays.objects.get(run=run)

    assert verify(unpack(bytes(kept.problem)), unpack_solution(bytes(kept.solution))) == []


def test_a_repeated_pair_keeps_its_row(cast: Cast, now: datetime) -> None:
    execute(queue_run(actor=cast.rita, at=now), now)
    before = Match.objects.get()

    later = now + timedelta(hours=1)
    again = execute(queue_run(actor=cast.rita, at=later), later)

    after = Match.objects.get()
    assert (after.pk, after.proposed_at, after.run) == (before.pk, now, again)


def test_a_pair_that_a_run_no_longer_finds_is_superseded(cast: Cast, now: datetime) -> None:
    execute(queue_run(actor=cast.rita, at=now), now)
    create_volunteer(cast.alice, now, max_hours_per_week=1)

    execute(queue_run(actor=cast.rita, at=now), now)

    assert Match.objects.get().state == MatchState.SUPERSEDED


def test_a_dry_run_writes_no_match_and_owes_nobody_a_word(cast: Cast, now: datetime) -> None:
    run = execute(queue_run(actor=cast.rita, at=now, dry_run=True), now)

    assert (run.filled_count, run.stored_count) == (1, 0)
    assert (Match.objects.count(), Notice.objects.count()) == (0, 0)


def test_the_same_state_gives_the_same_digest_and_answer(cast: Cast, now: datetime) -> None:
    first = execute(queue_run(actor=cast.rita, at=now, dry_run=True), now)
    second = execute(queue_run(actor=cast.rita, at=now, dry_run=True), now)

    assert (first.input_digest, first.value, first.bound) == (second.input_digest, second.value, second.bound)
    one, two = (bytes(RunArrays.objects.get(run=run).solution) for run in (first, second))
    assert (unpack_solution(one).volunteer == unpack_solution(two).volunteer).all()


def test_a_limited_run_leaves_other_proposals_alone(cast: Cast, now: datetime) -> None:
    execute(queue_run(actor=cast.rita, at=now), now)
    other = publish_new_request(
        cast.carol,
        cast.campaign,
        now,
        title="Texts",
        roles=[RoleDraft(name="Writer", skill="copywriting", hours_per_week=2)],
    )

    run = execute(queue_run(actor=cast.rita, at=now, roles=list(other.roles.all())), now)

    assert run.seat_count == 1
    proposed = Match.objects.filter(state=MatchState.PROPOSED).order_by("pk")
    assert [match.volunteer.user for match in proposed] == [cast.alice, cast.bob]


def test_a_limited_run_takes_other_proposals_for_taken_hours(cast: Cast, now: datetime) -> None:
    execute(queue_run(actor=cast.rita, at=now), now)
    other = publish_new_request(
        cast.carol,
        cast.campaign,
        now,
        title="More",
        roles=[RoleDraft(name="Coder", skill="front-end", hours_per_week=2)],
    )

    run = execute(queue_run(actor=cast.rita, at=now, roles=list(other.roles.all())), now)

    assert run.filled_count == 0


def test_only_one_full_run_is_executed_at_a_time(cast: Cast, now: datetime) -> None:
    first, second = queue_run(actor=cast.rita, at=now), queue_run(actor=cast.rita, at=now)
    Run.objects.filter(pk=first.pk).update(state=Run.State.RUNNING, lease_expires_at=now + timedelta(minutes=5))

    assert execute_run(second.pk, now=lambda: now, seconds=lambda: 0.0) is None

    assert Run.objects.get(pk=second.pk).state == Run.State.QUEUED
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=second.pk).update(state=Run.State.RUNNING, lease_expires_at=now)


def test_a_run_is_executed_once_however_often_its_message_comes(cast: Cast, now: datetime) -> None:
    run = queue_run(actor=cast.rita, at=now)
    execute(run, now)

    assert execute_run(run.pk, now=lambda: now, seconds=lambda: 0.0) is None


def test_a_run_whose_worker_is_gone_is_queued_again(cast: Cast, now: datetime) -> None:
    Run.objects.all().delete()
    run = queue_run(actor=cast.rita, at=now)
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.RUNNING, attempts=1, lease_expires_at=now - timedelta(seconds=1)
    )

    assert requeue_lost_runs(at=now) == 1

    assert execute(run, now).state == Run.State.DONE


def test_a_run_that_lost_three_workers_fails_and_says_so(cast: Cast, now: datetime) -> None:
    run = queue_run(actor=cast.rita, at=now)
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.RUNNING, attempts=3, lease_expires_at=now - timedelta(seconds=1)
    )

    requeue_lost_runs(at=now)

    run.refresh_from_db()
    assert run.state == Run.State.FAILED
    assert run.error == "The worker stopped unexpectedly 3 times. Read its log, then request a new run."


def test_a_failed_run_says_why_and_leaves_proposals_as_they_were(cast: Cast, now: datetime) -> None:
    execute(queue_run(actor=cast.rita, at=now), now)
    create_volunteer(cast.alice, now, time_zone="America/Chicago")
    run = queue_run(actor=cast.rita, at=now)
    drop_checks(Policy)
    Policy.objects.update(weight_level=-1)

    failed = execute(run, now)

    assert failed.state == Run.State.FAILED
    assert failed.error
    assert Match.objects.get().state == MatchState.PROPOSED


def test_a_worker_that_was_taken_for_dead_stores_nothing(cast: Cast, now: datetime) -> None:
    run = queue_run(actor=cast.rita, at=now)
    ticks = iter([now] * 2)

    def overtaken() -> datetime:
        moment = next(ticks, None)
        if moment is None:
            Run.objects.filter(pk=run.pk).update(attempts=2)
        return moment or now

    execute_run(run.pk, now=overtaken, seconds=lambda: 0.0)

    run.refresh_from_db()
    assert (run.state, run.attempts) == (Run.State.RUNNING, 2)
    assert Match.objects.count() == 0


def test_only_reviewers_ask_for_a_run(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotAllowed, match="Only reviewers"):
        queue_run(actor=cast.alice, at=now)


def test_a_reviewer_asks_for_no_run_over_themselves_nor_over_a_contest_of_their_own(cast: Cast, now: datetime) -> None:
    roles = list(cast.request.roles.all())
    own_profile = create_volunteer(cast.rita, now)
    with pytest.raises(NotAllowed, match="about themselves"):
        queue_run(actor=cast.rita, at=now, volunteers=[own_profile])
    limited = queue_run(actor=cast.rita, at=now, roles=roles)
    register_campaign(actor=cast.rita, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)

    with pytest.raises(NotAllowed, match="a part in the contest"):
        queue_run(actor=cast.rita, at=now, roles=roles)
    with pytest.raises(NotAllowed):
        cancel_run(limited, actor=cast.rita, at=now)
    with pytest.raises(NotAllowed, match="covers a contest"):
        queue_run(actor=cast.rita, at=now)


def test_the_unclaimed_are_counted_in_dry_runs_only(cast: Cast, now: datetime) -> None:
    with pytest.raises(Invalid, match="dry run only"):
        queue_run(actor=cast.rita, at=now, include_unclaimed=True)
    volunteer = create_volunteer(create_user("erin"), now)
    type(volunteer).objects.filter(pk=volunteer.pk).update(user=None, claimed_at=None, answer_due_at=None)

    counted = execute(queue_run(actor=cast.rita, at=now, dry_run=True, include_unclaimed=True), now)
    proposed = execute(queue_run(actor=cast.rita, at=now), now)

    assert (counted.volunteer_count, proposed.volunteer_count) == (3, 2)


def test_a_run_that_waits_can_be_cancelled_and_is_never_executed(cast: Cast, now: datetime) -> None:
    run = cancel_run(queue_run(actor=cast.rita, at=now), actor=cast.rita, at=now)

    assert run.state == Run.State.CANCELLED
    assert execute_run(run.pk, now=lambda: now, seconds=lambda: 0.0) is None
    with pytest.raises(WrongState):
        cancel_run(run, actor=cast.rita, at=now)


def test_a_run_that_is_cancelled_while_it_goes_on_stores_nothing(cast: Cast, now: datetime) -> None:
    run = queue_run(actor=cast.rita, at=now)
    told = []

    def now_and_cancel() -> datetime:
        told.append(now)
        if len(told) == 3:
            cancel_run(run, actor=cast.rita, at=now)
        return now

    execute_run(run.pk, now=now_and_cancel, seconds=lambda: 0.0)

    run.refresh_from_db()
    assert (run.state, run.value) == (Run.State.CANCELLED, None)
    assert not Match.objects.exists()


def test_only_reviewers_cancel_a_run(cast: Cast, now: datetime) -> None:
    run = queue_run(actor=cast.rita, at=now)

    with pytest.raises(NotAllowed):
        cancel_run(run, actor=cast.alice, at=now)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_reviewer_with_a_part_asks_for_no_run_over_their_contest_and_sees_none(
    cast: Cast, now: datetime, dry_run: bool
) -> None:
    """Two runs, before and after a change of a rival's request, would tell what changed."""
    whole, mine = queue_run(actor=None, at=now), queue_run(actor=cast.rita, at=now, dry_run=dry_run)
    both = runs_visible_to(cast.rita).filter(pk__in=[whole.pk, mine.pk])
    assert both.count() == 2
    register_campaign(actor=cast.rita, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)

    with pytest.raises(NotAllowed, match="covers a contest in which you have a part"):
        queue_run(actor=cast.rita, at=now, dry_run=dry_run)
    with pytest.raises(NotAllowed, match="covers a contest in which you have a part"):
        queue_run(actor=cast.rita, at=now, volunteers=[cast.bob.volunteer], dry_run=dry_run)

    assert not runs_visible_to(cast.rita).filter(pk__in=[whole.pk, mine.pk]).exists()
    Request.objects.update(state=Request.State.CLOSED)
    assert runs_visible_to(cast.rita).filter(pk__in=[whole.pk, mine.pk]).count() == 2


def test_so_many_requested_runs_wait_at_once(cast: Cast, now: datetime) -> None:
    waiting = [queue_run(actor=cast.rita, at=now, dry_run=True) for _number in range(MAX_WAITING_RUNS)]

    with pytest.raises(TooMany, match="10 runs wait already"):
        queue_run(actor=cast.rita, at=now)
    assert Run.objects.filter(requested_by=cast.rita).count() == MAX_WAITING_RUNS

    queue_run(actor=None, at=now)  # the application's own are not refused, and do not count
    cancel_run(waiting[0], actor=cast.rita, at=now)
    queue_run(actor=cast.rita, at=now)
    with pytest.raises(TooMany):
        queue_run(actor=cast.rita, at=now)


def test_the_api_refuses_one_run_too_many(cast: Cast, now: datetime) -> None:
    for _number in range(MAX_WAITING_RUNS):
        queue_run(actor=cast.rita, at=now, dry_run=True)

    client = APIClient()
    authenticate_client(client, cast.rita)
    answer = client.post("/api/v1/runs", {"dry_run": True}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many")
