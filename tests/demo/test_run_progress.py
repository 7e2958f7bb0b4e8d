from datetime import timedelta
from io import StringIO

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from demo.run_progress import watch_run
from matching.models import Policy, Run

pytestmark = pytest.mark.django_db


class Clock:
    """Counts the seconds that were slept; at each it lets the worker of the test do its next step."""

    def __init__(self, run: Run, steps: list[dict[str, object]]) -> None:
        self.now, self.run, self.steps = 0.0, run, steps

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += 1.0
        if self.steps:
            Run.objects.filter(pk=self.run.pk).update(**self.steps.pop(0))


@pytest.fixture
def run() -> Run:
    return Run.objects.create(policy=Policy.objects.get(state="active"), requested_at=timezone.now())


RUNNING: dict[str, object] = {"state": "running", "lease_expires_at": timezone.now(), "stage": "snapshot"}


def test_each_stage_is_named_once_as_it_is_reached(run: Run) -> None:
    done: dict[str, object] = {
        "state": "done",
        "stage": "",
        "value": 9,
        "bound": 10,
        "seat_count": 2,
        "filled_count": 1,
    }
    clock, out = Clock(run, [RUNNING, {"stage": "solve"}, {}, {"stage": "polish"}, done]), StringIO()
    clock.steps[2] = {"stage": "solve"}
    assert watch_run(run, out=out, clock=clock, sleep=clock.sleep).filled_count == 1
    assert out.getvalue().splitlines() == [
        "    0.0 s  waiting for a worker",
        "    1.0 s  reading volunteers and requests",
        "    2.0 s  choosing for all seats at once",
        "    4.0 s  polish",
        "    5.0 s  done",
    ]


def test_a_run_that_fails_is_reported_in_its_own_words(run: Run) -> None:
    clock = Clock(run, [RUNNING, {"state": "failed", "error": "The weights are too large to add up."}])
    with pytest.raises(CommandError, match="The weights are too large to add up"):
        watch_run(run, out=StringIO(), clock=clock, sleep=clock.sleep)


def test_a_worker_that_never_comes_is_not_waited_for_for_ever(run: Run) -> None:
    clock = Clock(run, [])
    with pytest.raises(CommandError, match=r"not done after 20 seconds\. Read the matcher's log in var/log"):
        watch_run(run, out=StringIO(), patience=20, clock=clock, sleep=clock.sleep)
    assert clock.now == 21.0


def test_what_a_lost_worker_left_is_queued_again_though_nobody_else_sweeps(run: Run) -> None:
    before = timezone.now() - timedelta(minutes=6)
    left = Run.objects.create(
        policy=run.policy, requested_at=before, state="running", lease_expires_at=before, stage="solve", attempts=1
    )
    clock = Clock(run, [])
    with pytest.raises(CommandError):
        watch_run(run, out=StringIO(), patience=20, clock=clock, sleep=clock.sleep)
    left.refresh_from_db()
    assert left.state == Run.State.QUEUED
