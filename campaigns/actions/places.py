"""More roles and places in a request, and fewer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from campaigns.actions.amendments import check_terms, hold_to_amend
from campaigns.actions.requests import write_role
from campaigns.models import Request, Role, Seat
from campaigns.rules import RoleDraft, check_role
from campaigns.signals import narrowed, widened
from core.errors import Invalid
from core.models import User

MOST_SEATS = 50


@transaction.atomic
def add_role(*, actor: User, request: Request, draft: RoleDraft, at: datetime, version: int | None = None) -> Request:
    """One more kind of person; of a published request its places are filled from the next run on.

    Raises NotAllowed, Stale, Invalid, WrongState (over; an emergency).
    """
    request = hold_to_amend(actor, request, version)
    check_terms(request, ["roles"])
    check_role(draft)
    if request.roles.filter(name=draft.name).exists():
        raise Invalid(_("Another role has this name. Give each a name of its own."), field="name")
    order = request.roles.aggregate(last=Max("order"))["last"]
    role = write_role(request, 0 if order is None else order + 1, draft)
    return _widen(request, role, at)


@transaction.atomic
def add_seats(*, actor: User, role: Role, seats: int, at: datetime, version: int | None = None) -> Request:
    """So many places more in a role. Raises NotAllowed, Stale, Invalid (too many), WrongState (over; an emergency)."""
    request = hold_to_amend(actor, role.request, version)
    check_terms(request, ["seats"])
    there = role.seats.filter(cut_at=None).count()
    if not 1 <= seats <= MOST_SEATS - there:
        told = {"most": str(MOST_SEATS), "there": str(there)}
        raise Invalid(_("A role has at most %(most)s places, and this one has %(there)s.") % told, field="seats")
    last = role.seats.aggregate(last=Max("number"))["last"] or 0
    Seat.objects.bulk_create(Seat(role=role, number=last + number) for number in range(1, seats + 1))
    return _widen(request, role, at)


@transaction.atomic
def close_seat(*, actor: User, seat: Seat, at: datetime, version: int | None = None) -> Request:
    """This place is not needed any more; whoever has it is told. Closed before, it stays closed.

    Raises NotAllowed, Stale, WrongState (over), Invalid (the last place of the request).
    """
    request = hold_to_amend(actor, seat.role.request, version)
    return _close(request, Seat.objects.filter(pk=seat.pk), at)


@transaction.atomic
def close_role(*, actor: User, role: Role, at: datetime, version: int | None = None) -> Request:
    """The same for all places of a role; a draft loses it altogether."""
    request = hold_to_amend(actor, role.request, version)
    if request.state == Request.State.DRAFT:
        _keep_one(request, list(role.seats.filter(cut_at=None)))
        role.delete()
        request.version += 1
        request.save()
        return request
    return _close(request, role.seats.all(), at)


def _widen(request: Request, role: Role, at: datetime) -> Request:
    request.version += 1
    request.save()
    if request.state == Request.State.PUBLISHED:
        widened.send(Request, request=request, roles=[role], at=at)
    return request


def _close(request: Request, seats: "QuerySet[Seat]", at: datetime) -> Request:
    # All of the request's are locked, in their order, as by everybody who cuts some.
    every = list(Seat.objects.filter(role__request=request).order_by("pk").select_for_update(no_key=True))
    wanted = set(seats.values_list("pk", flat=True))
    closing = [one for one in every if one.pk in wanted and one.cut_at is None]
    if not closing:
        return request
    _keep_one(request, closing)
    if request.state == Request.State.DRAFT:
        Seat.objects.filter(pk__in=[one.pk for one in closing]).delete()
    else:
        Seat.objects.filter(pk__in=[one.pk for one in closing]).update(cut_at=at)
    request.version += 1
    request.save()
    if request.state == Request.State.PUBLISHED:
        narrowed.send(Request, requests=[request], at=at)
    return request


def _keep_one(request: Request, closing: Sequence[Seat]) -> None:
    others = Seat.objects.filter(role__request=request, cut_at=None).exclude(pk__in=[one.pk for one in closing])
    if not others.exists():
        raise Invalid(_("Nobody would be asked for any more. Call the request off instead."), field="seats")
