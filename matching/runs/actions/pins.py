"""Pin a volunteer to a seat before any run, and lift a pin."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Seat
from core.errors import Invalid, WrongState
from core.models import User
from matching.lifecycle import explanations
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.permissions import check_may_choose, check_may_review
from matching.lifecycle.named_obstacles import assess_pair_for
from matching.lifecycle.queries.eligibility import NO_ROOM, SideUnavailable
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Pin
from matching.runs.actions.automatic_runs import queue_run_for_role
from volunteers.actions.erased_profiles import check_not_erased
from volunteers.models import Volunteer


@transaction.atomic
def pin_volunteer(*, actor: User, volunteer: Volunteer, seat: Seat, reason: str, at: datetime) -> Pin:
    """Pin a volunteer to a seat, as a reviewer without a part in the contest: the next run takes this pair first.

    A pair that breaks a rule cannot be pinned. Pinning the same pair again changes nothing. Raises NotAllowed; Invalid
    for a missing reason or a broken rule; WrongState when the seat is held or closed, when the volunteer is not
    available, or when either is pinned otherwise in this request. To a reviewer with a part in a contest, each reason
    that comes from what else the volunteer does is one WrongState that does not name it.
    """
    request = seat.role.request
    check_may_choose(actor, volunteer, request.campaign)
    if not reason.strip():
        raise Invalid(_("There is no reason. Write down why, for the next reviewer."), field="reason")
    lock_rows(requests=[request.pk], seats=[seat.pk], volunteers=[volunteer.pk])
    check_not_erased([volunteer.pk])
    existing_pin = Pin.objects.filter(seat=seat).first()
    if existing_pin is not None and existing_pin.volunteer_id == volunteer.pk:
        return existing_pin
    if existing_pin is not None:
        raise WrongState(_("This seat is pinned to another volunteer. Lift that pin first."))
    if Pin.objects.filter(volunteer=volunteer, seat__role__request=request).exists():
        raise WrongState(_("This volunteer is pinned to another seat of this request. Lift that pin first."))
    _check_fits(actor, volunteer, seat, at=at)
    pin = Pin.objects.create(volunteer=volunteer, seat=seat, created_by=actor, created_at=at, reason=reason.strip())
    queue_run_for_role(seat.role, at=at)
    return pin


def check_pin(actor: User, volunteer: Volunteer, seat: Seat, *, at: datetime) -> None:
    """Check whether the pair could be pinned. Raises as `pin_volunteer` does, and stores nothing."""
    check_may_choose(actor, volunteer, seat.role.request.campaign)
    _check_fits(actor, volunteer, seat, at=at)


def _check_fits(actor: User, volunteer: Volunteer, seat: Seat, *, at: datetime) -> None:
    match = Match(volunteer=volunteer, seat=seat)
    failing = assess_pair_for(actor, match, policy=get_active_policy(), at=at).failing
    if failing == [NO_ROOM]:
        raise WrongState(explanations.explain_misfit(NO_ROOM), field="volunteer")
    if failing and isinstance(failing[0], SideUnavailable):
        raise WrongState(explanations.explain_misfit(failing[0]), field=failing[0].side)
    if failing:
        raise Invalid(explanations.explain_misfit(failing[0]), field="volunteer", reads=("seat",))


@transaction.atomic
def lift_pin(*, actor: User, pin: Pin) -> None:
    """Lift a pin. Proposals that a run made because of it stay until the next run. Raises NotAllowed."""
    check_may_review(actor, pin.seat.role.request)
    Pin.objects.filter(pk=pin.pk).delete()
