"""Who is put on duty, by whom, and for how long."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import HandraiserError, Invalid, NotAllowed, TooMany, WrongState
from core.models import User
from matching.lifecycle.actions.duty_shifts import add_duty_shift, end_duty_shift
from matching.models import DutyShift
from matching.rules import duty_limits
from tests.cast import Cast, create_user

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def ada(cast: Cast) -> User:
    """An administrator."""
    user = create_user("ada", reviewer=True)
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    return User.objects.get(pk=user.pk)


def plan(
    user: User, now: datetime, begin: timedelta = DAY, length: timedelta = DAY, by: User | None = None
) -> DutyShift:
    starts_at = now + begin
    return add_duty_shift(actor=by or user, reviewer=user, starts_at=starts_at, ends_at=starts_at + length, at=now)


def test_reviewers_plan_for_themselves_and_administrators_for_each_reviewer(
    cast: Cast, ada: User, now: datetime
) -> None:
    mine, theirs = plan(cast.rita, now), plan(cast.rita, now, 2 * DAY, by=ada)

    assert (plan(cast.rita, now), DutyShift.objects.count()) == (mine, 2)
    assert plan(ada, now).reviewer == ada  # two are on duty at once
    with pytest.raises(NotAllowed, match="Ask an administrator"):
        plan(ada, now, 3 * DAY, by=cast.rita)
    with pytest.raises(NotAllowed):
        plan(cast.dave, now)
    with pytest.raises(NotAllowed):
        end_duty_shift(actor=cast.rita, shift=DutyShift.objects.get(reviewer=ada), at=now)
    with pytest.raises(Invalid, match="Only reviewers are on duty"):
        plan(cast.dave, now, by=ada)
    end_duty_shift(actor=ada, shift=theirs, at=now)


@pytest.mark.parametrize(
    ("begin", "length", "path"),
    [
        (-2 * DAY, 2 * DAY, "ends_at"),
        (DAY, timedelta(0), "ends_at"),
        (DAY, -SECOND, "ends_at"),
        (DAY, 14 * DAY + SECOND, "ends_at"),
        (365 * DAY + SECOND, DAY, "starts_at"),
        (-14 * DAY - SECOND, 14 * DAY + 2 * SECOND, "starts_at"),
    ],
)
def test_times_out_of_bounds_are_named(
    cast: Cast, now: datetime, begin: timedelta, length: timedelta, path: str
) -> None:
    with pytest.raises(Invalid) as refused:
        plan(cast.rita, now, begin, length)
    assert refused.value.errors[0].path == path


def test_the_longest_and_the_latest_shift_are_taken(cast: Cast, now: datetime) -> None:
    assert plan(cast.rita, now, 365 * DAY, 14 * DAY).pk


def test_shifts_of_one_person_do_not_overlap_and_may_touch(cast: Cast, now: datetime) -> None:
    plan(cast.rita, now)
    plan(cast.rita, now, 2 * DAY)

    with pytest.raises(WrongState, match="has a shift at that time already"):
        plan(cast.rita, now, 1.5 * DAY)


@pytest.mark.parametrize(("begin", "end"), [(DAY, DAY), (DAY, 15 * DAY + SECOND), (DAY / 2, 1.5 * DAY)])
def test_the_database_refuses_the_same(cast: Cast, now: datetime, begin: timedelta, end: timedelta) -> None:
    DutyShift.objects.create(reviewer=cast.rita, starts_at=now, ends_at=now + DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        DutyShift.objects.create(reviewer=cast.rita, starts_at=now + begin, ends_at=now + end)


def test_so_many_shifts_are_planned_and_no_more(cast: Cast, ada: User, now: datetime) -> None:
    hours = [timedelta(hours=number) for number in range(duty_limits.MAX_DUTY_SHIFTS_AHEAD)]
    shifts = [DutyShift(reviewer=cast.rita, starts_at=now + hour, ends_at=now + hour + SECOND) for hour in hours]
    DutyShift.objects.bulk_create(shifts)

    with pytest.raises(TooMany, match="30 shifts are planned"):
        plan(cast.rita, now, 3 * DAY)
    assert plan(ada, now)  # another reviewer's do not count
    assert plan(cast.rita, now + 2 * SECOND, 3 * DAY)


def test_a_shift_that_runs_ends_now_and_one_to_come_is_deleted(cast: Cast, now: datetime) -> None:
    running, coming = plan(cast.rita, now, timedelta(0)), plan(cast.rita, now, 2 * DAY)

    for shift in (running, coming):
        end_duty_shift(actor=cast.rita, shift=shift, at=now + SECOND)

    assert list(DutyShift.objects.values_list("ends_at", flat=True)) == [now + SECOND]
    with pytest.raises(HandraiserError, match="over already"):
        end_duty_shift(actor=cast.rita, shift=running, at=now + DAY)


@pytest.mark.parametrize("field", ["is_staff", "is_active"])
def test_the_duty_of_a_former_reviewer_ends(cast: Cast, field: str) -> None:
    now = timezone.now()
    plan(cast.rita, now - SECOND, timedelta(0))
    plan(cast.rita, now, 2 * DAY)
    cast.rita.save()
    assert DutyShift.objects.filter(ends_at__gt=now + SECOND).count() == 2

    setattr(cast.rita, field, False)
    cast.rita.save(update_fields=[field])

    assert DutyShift.objects.get().ends_at <= timezone.now()
