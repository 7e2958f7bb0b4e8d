"""Change when a volunteer is free: the week, and times off. Both confirm that the hours are right."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import WrongState
from core.models import User
from core.week_mask import Window
from volunteers.actions.profile_changes import count_profile_change
from volunteers.models import AvailabilityWindow, TimeOff, Volunteer
from volunteers.profile_rules import no_profile_error, stale_profile_error
from volunteers.signals import volunteer_updated
from volunteers.week_rules import check_times_off, check_week


@transaction.atomic
def replace_week(
    *,
    actor: User,
    max_hours_per_week: int,
    time_zone: str,
    windows: Sequence[Window],
    at: datetime,
    version: int | None = None,
) -> Volunteer:
    """Replace the user's hours a week, time zone and windows; `version` is the one that they saw.

    Matches that they have keep their hours and meetings. Raises Invalid (with the paths of a profile), NotFound (no
    profile), WrongState (they have left), Stale.
    """
    check_week(max_hours_per_week=max_hours_per_week, time_zone=time_zone, windows=windows)
    volunteer = lock_own_volunteer(actor, at=at, version=version)
    volunteer.max_hours_per_week, volunteer.time_zone = max_hours_per_week, time_zone
    volunteer.windows.all().delete()
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(volunteer=volunteer, weekday=window.weekday, starts=window.starts, ends=window.ends)
        for window in dict.fromkeys(windows)
    )
    assumed = {"max_hours_per_week", "time_zone", "windows"}
    volunteer.assumed = [name for name in volunteer.assumed if name not in assumed]
    return _save_confirmed(volunteer, at)


@transaction.atomic
def add_time_off(*, actor: User, starts_on: date, ends_on: date, at: datetime) -> Volunteer:
    """Add days off, both days included. Raises Invalid, NotFound (no profile), WrongState (they have left)."""
    volunteer = lock_own_volunteer(actor, at=at)
    others = list(volunteer.time_off.values_list("starts_on", "ends_on"))
    check_times_off([(starts_on, ends_on), *others], today=at.date())
    TimeOff.objects.create(volunteer=volunteer, starts_on=starts_on, ends_on=ends_on)
    return _save_confirmed(volunteer, at)


@transaction.atomic
def remove_time_off(*, actor: User, starts_on: date, at: datetime) -> Volunteer:
    """Remove the days off that start on a day; without such days nothing changes.

    Raises NotFound (no profile), WrongState (they have left).
    """
    volunteer = lock_own_volunteer(actor, at=at)
    if not volunteer.time_off.filter(starts_on=starts_on).delete()[0]:
        return volunteer
    return _save_confirmed(volunteer, at)


def lock_own_volunteer(actor: User, *, at: datetime, version: int | None = None) -> Volunteer:
    """Lock the profile of a user, who changes it, and return it; `version` is the one that they saw, if that matters.

    Raises NotFound (no profile), WrongState (they have left), Stale, Invalid (too many changes today).
    """
    volunteer = Volunteer.objects.select_for_update(no_key=True).filter(user=actor).first()
    if volunteer is None:
        raise no_profile_error()
    if volunteer.state == Volunteer.State.LEFT:
        raise WrongState(_("You have left, so there is nothing to change. Come back first."))
    if version is not None and version != volunteer.version:
        raise stale_profile_error()
    count_profile_change(actor, at=at)
    return volunteer


def _save_confirmed(volunteer: Volunteer, at: datetime) -> Volunteer:
    volunteer.availability_confirmed_at = at
    volunteer.version += 1
    volunteer.save()
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer
