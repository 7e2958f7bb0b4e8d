"""Saying “this person, this place” before any run, and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Seat
from core.errors import Invalid, WrongState
from core.models import User
from matching import wording
from matching.actions.runs import refill
from matching.actions.steps import hold_rows, may_review
from matching.models import Match, Pin
from matching.queries.explain import standing
from matching.queries.matches import active_policy
from volunteers.models import Volunteer


@transaction.atomic
def pin(*, actor: User, volunteer: Volunteer, seat: Seat, reason: str, at: datetime) -> Pin:
    """A reviewer with no part in the contest gives a place to somebody: the run that follows takes the pair first.

    No rule gives way to a pin. The same again changes nothing. Raises NotAllowed, Invalid (no reason; the first rule
    that the pair breaks, in words), WrongState (pinned to somebody else, or the person elsewhere in the request).
    """
    request = seat.role.request
    may_review(actor, request)
    if not reason.strip():
        raise Invalid(_("Write down why, for the next reviewer."), field="reason")
    hold_rows(requests=[request.pk], seats=[seat.pk], volunteers=[volunteer.pk])
    there = Pin.objects.filter(seat=seat).first()
    if there is not None and there.volunteer_id == volunteer.pk:
        return there
    if there is not None:
        raise WrongState(_("This place is pinned to somebody else. Lift that pin first."))
    if Pin.objects.filter(volunteer=volunteer, seat__role__request=request).exists():
        raise WrongState(_("This person is pinned to another place of this request. Lift that pin first."))
    failing = standing(Match(volunteer=volunteer, seat=seat), policy=active_policy(), at=at).failing
    if failing:
        raise Invalid(wording.does_not_fit(failing[0]), field="volunteer")
    made = Pin.objects.create(volunteer=volunteer, seat=seat, made_by=actor, made_at=at, reason=reason.strip())
    refill(seat.role, at=at)
    return made


@transaction.atomic
def lift_pin(*, actor: User, pin: Pin) -> None:
    """Takes a pin back; what a run has proposed by it stays until the next one. Raises NotAllowed."""
    may_review(actor, pin.seat.role.request)
    Pin.objects.filter(pk=pin.pk).delete()
