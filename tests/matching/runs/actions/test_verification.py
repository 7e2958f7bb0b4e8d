"""Checks of a run's result, asked for by a reviewer and done by a worker."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import NotAllowed, WrongState
from matching.engine.digest import pack_solution, unpack_solution
from matching.models import Run, RunArrays
from matching.runs.actions import verification
from matching.runs.actions.arrays import unlink_volunteers_from_arrays
from matching.runs.actions.verification_requests import request_verification
from matching.runs.explanations import explain_certificate, explain_verdict
from tests.cast import FRONT_END_ROLE, Cast, publish_new_request
from tests.run_execution import execute_full_run


def check(run: Run, cast: Cast, at: datetime) -> Run:
    request_verification(run, actor=cast.rita, at=at)
    checked = verification.verify_run(run.pk, at=at + timedelta(seconds=9))
    assert checked is not None
    return checked


def test_a_right_result_is_said_to_be_right(cast: Cast, now: datetime) -> None:
    publish_new_request(cast.carol, cast.campaign, now, title="More", roles=[FRONT_END_ROLE])
    run = execute_full_run(now)
    assert explain_certificate(run) == (
        "1 of 2 places are filled. The result is the best there is: no other one is worth more."
    )
    assert explain_verdict(run) == ""

    run = check(run, cast, now)

    assert (run.verified_at, run.verified_digest) == (now + timedelta(seconds=9), run.input_digest)
    assert (run.verification_faults, run.is_bound_verified, run.fillable_count) == ([], True, 2)
    assert explain_verdict(run) == "The checker finds every rule kept and every number right."
    # Alice fits both, one at a time: nothing here counts that.
    assert "1 of 2 places are filled. At most 1 more place could be filled." in explain_certificate(run)


def test_a_certificate_rounds_to_the_safe_side() -> None:
    run = Run(value=99_699, bound=100_000, seat_count=9, filled_count=9)

    assert explain_certificate(run) == "9 of 9 places are filled. The result is at least 99.6 % of the best."


def test_a_wrong_result_is_told_with_its_faults(cast: Cast, now: datetime) -> None:
    run = execute_full_run(now)
    solution = unpack_solution(bytes(RunArrays.objects.get(run=run).solution))
    RunArrays.objects.update(solution=pack_solution(replace(solution, value=solution.value + 1)))

    run = check(run, cast, now)

    assert len(run.verification_faults) == 2
    assert explain_verdict(run).startswith("The checker found faults.")


def test_a_very_large_run_is_checked_without_its_bound(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "MAX_PAIRS_RECOUNTED", 0)

    run = check(execute_full_run(now), cast, now)

    assert (run.is_bound_verified, run.fillable_count, run.verification_faults) == (False, None, [])


def test_an_erased_volunteer_changes_the_digest_and_not_the_verdict(cast: Cast, now: datetime) -> None:
    run = execute_full_run(now)
    unlink_volunteers_from_arrays({cast.alice.volunteer.pk})

    run = check(run, cast, now)

    assert run.verified_digest != run.input_digest
    assert explain_verdict(run).endswith("People have been erased since the run.")


def test_one_check_goes_on_at_a_time_and_a_lost_one_is_sent_again(cast: Cast, now: datetime) -> None:
    run = execute_full_run(now)
    request_verification(run, actor=cast.rita, at=now)

    with pytest.raises(WrongState, match="under way"):
        request_verification(run, actor=cast.rita, at=now)
    assert verification.resend_due_verifications(at=now) == 0
    assert verification.resend_due_verifications(at=now + timedelta(minutes=15)) == 1

    RunArrays.objects.all().delete()
    checked = verification.verify_run(run.pk, at=now)
    assert checked is not None
    assert "nothing could be checked" in checked.verification_faults[0]
    assert verification.verify_run(run.pk, at=now) is None
    with pytest.raises(WrongState, match="have been deleted"):
        request_verification(run, actor=cast.rita, at=now)


def test_only_a_reviewer_asks_about_a_run_that_is_done(cast: Cast, now: datetime) -> None:
    run = execute_full_run(now)
    with pytest.raises(NotAllowed):
        request_verification(run, actor=cast.alice, at=now)
    Run.objects.update(state=Run.State.CANCELLED)
    with pytest.raises(WrongState):
        request_verification(Run.objects.get(), actor=cast.rita, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.update(verification_asked_at=now)
