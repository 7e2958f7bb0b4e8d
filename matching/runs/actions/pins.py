"""Saying “this person, this place” before any run, and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Seat
from core.errors import Invalid, WrongState
from core.models import User
from matching.lifecycle import explanations
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.permissions import check_may_review
from matching.lifecycle.queries.eligibility import assess_pair
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Pin
from matching.runs.actions.scheduling import queue_run_for_role
from volunteers.models import Volunteer


@transaction.atomic
def pin_volunteer(*, actor: User, volunteer: Volunteer, seat: Seat, reason: str, at: datetime) -> Pin:
    """A reviewer with no part in the contest gives a place to somebody: the run that follows takes the pair first.

    No rule gives way to a pin. The same again changes nothing. Raises NotAllowed, Invalid (no reason; the first rule
    that the pair breaks, in words), WrongState (pinned to somebody else, or the person elsewhere in the request).
    """
    request = seat.role.request
    check_may_review(actor, request)
    if not reason.strip():
        raise Invalid(_("Write down why, for the next reviewer."), field="reason")
    lock_rows(requests=[request.pk], seats=[seat.pk], volunteers=[volunteer.pk])
    there = Pin.objects.filter(seat=seat).first()
    if there is not None and there.volunteer_id == volunteer.pk:
        return there
    if there is not None:
        raise WrongState(_("This place is pinned to somebody else. Lift that pin first."))
    if Pin.objects.filter(volunteer=volunteer, seat__role__request=request).exists():
        raise WrongState(_("This person is pinned to another place of this request. Lift that pin first."))
    failing = assess_pair(Match(volunteer=volunteer, seat=seat), policy=get_active_policy(), at=at).failing
    if failing:
        raise Invalid(explanations.explain_misfit(failing[0]), field="volunteer")
    made = Pin.objects.create(volunteer=volunteer, seat=seat, made_by=actor, made_at=at, reason=reason.strip())
    queue_run_for_role(seat.role, at=at)
    return made


@transaction.atomic
def lift_pin(*, actor: User, pin: Pin) -> None:
    """Takes a pin back; what a run has proposed by it stays until the next one. Raises NotAllowed."""
    check_may_review(actor, pin.seat.role.request)
    Pin.objects.filter(pk=pin.pk).delete()
