"""More roles and places in a request, and fewer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from campaigns.actions.amendments import lock_request_to_amend, refuse_emergency_amendment
from campaigns.actions.requests import create_role
from campaigns.models import Request, Role, Seat
from campaigns.rules import RoleDraft, check_role
from campaigns.signals import request_extended, requests_reduced
from core.errors import Invalid
from core.models import User

MAX_SEATS_PER_ROLE = 50


@transaction.atomic
def add_role(*, actor: User, request: Request, draft: RoleDraft, at: datetime, version: int | None = None) -> Request:
    """One more kind of person; of a published request its places are filled from the next run on.

    Raises NotAllowed, Stale, Invalid, WrongState (over; an emergency).
    """
    request = lock_request_to_amend(actor, request, version)
    refuse_emergency_amendment(request, ["roles"])
    check_role(draft)
    if request.roles.filter(name=draft.name).exists():
        raise Invalid(_("Another role has this name. Give each a name of its own."), field="name")
    order = request.roles.aggregate(last=Max("order"))["last"]
    role = create_role(request, 0 if order is None else order + 1, draft)
    return _save_extended_request(request, role, at)


@transaction.atomic
def add_seats(*, actor: User, role: Role, seats: int, at: datetime, version: int | None = None) -> Request:
    """So many places more in a role. Raises NotAllowed, Stale, Invalid (too many), WrongState (over; an emergency)."""
    request = lock_request_to_amend(actor, role.request, version)
    refuse_emergency_amendment(request, ["seats"])
    there = role.seats.filter(closed_at=None).count()
    if not 1 <= seats <= MAX_SEATS_PER_ROLE - there:
        told = {"most": str(MAX_SEATS_PER_ROLE), "there": str(there)}
        raise Invalid(_("A role has at most %(most)s places, and this one has %(there)s.") % told, field="seat_count")
    last = role.seats.aggregate(last=Max("number"))["last"] or 0
    Seat.objects.bulk_create(Seat(role=role, number=last + number) for number in range(1, seats + 1))
    return _save_extended_request(request, role, at)


@transaction.atomic
def close_seat(*, actor: User, seat: Seat, at: datetime, version: int | None = None) -> Request:
    """This place is not needed any more; whoever has it is told. Closed before, it stays closed.

    Raises NotAllowed, Stale, WrongState (over), Invalid (the last place of the request).
    """
    request = lock_request_to_amend(actor, seat.role.request, version)
    return _close_seats(request, Seat.objects.filter(pk=seat.pk), at)


@transaction.atomic
def close_role(*, actor: User, role: Role, at: datetime, version: int | None = None) -> Request:
    """The same for all places of a role; a draft loses it altogether."""
    request = lock_request_to_amend(actor, role.request, version)
    if request.state == Request.State.DRAFT:
        _check_seat_remains(request, list(role.seats.filter(closed_at=None)))
        role.delete()
        request.version += 1
        request.save()
        return request
    return _close_seats(request, role.seats.all(), at)


def _save_extended_request(request: Request, role: Role, at: datetime) -> Request:
    request.version += 1
    request.save()
    if request.state == Request.State.PUBLISHED:
        request_extended.send(Request, request=request, roles=[role], at=at)
    return request


def _close_seats(request: Request, seats: "QuerySet[Seat]", at: datetime) -> Request:
    # All of the request's are locked, in their order, as by everybody who cuts some.
    every = list(Seat.objects.filter(role__request=request).order_by("pk").select_for_update(no_key=True))
    wanted = set(seats.values_list("pk", flat=True))
    closing = [one for one in every if one.pk in wanted and one.closed_at is None]
    if not closing:
        return request
    _check_seat_remains(request, closing)
    if request.state == Request.State.DRAFT:
        Seat.objects.filter(pk__in=[one.pk for one in closing]).delete()
    else:
        Seat.objects.filter(pk__in=[one.pk for one in closing]).update(closed_at=at)
    request.version += 1
    request.save()
    if request.state == Request.State.PUBLISHED:
        requests_reduced.send(Request, requests=[request], at=at)
    return request


def _check_seat_remains(request: Request, closing: Sequence[Seat]) -> None:
    others = Seat.objects.filter(role__request=request, closed_at=None).exclude(pk__in=[one.pk for one in closing])
    if not others.exists():
        raise Invalid(_("Nobody would be asked for any more. Call the request off instead."), field="seat_count")
