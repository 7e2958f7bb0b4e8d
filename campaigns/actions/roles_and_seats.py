"""Add roles and seats to a request, and close them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from campaigns.actions.amendable_requests import lock_request_to_amend, refuse_emergency_amendment
from campaigns.actions.drafts import resolve_role
from campaigns.actions.request_checks import check_change_count, is_role_name_taken
from campaigns.actions.request_ends import check_seats_to_keep, lower_minimums
from campaigns.actions.requests import create_role
from campaigns.draft_rules import MAX_SEATS_PER_ROLE, RoleDraft, check_amounts
from campaigns.models import Request, Role, Seat
from campaigns.signals import request_extended, requests_reduced
from core.errors import Invalid
from core.field_errors import FieldErrors
from core.models import Skill, User


@transaction.atomic
def add_role(*, actor: User, request: Request, draft: RoleDraft, at: datetime, version: int | None = None) -> Request:
    """Add a role to a request; in a published one its seats are filled from the next run on.

    Raises NotAllowed, Stale, Invalid, WrongState (over; an emergency).
    """
    request = lock_request_to_amend(actor, request, version)
    refuse_emergency_amendment(request, ["roles"])
    skills = check_new_role(request, draft)
    check_change_count(request, at=at)
    order = request.roles.aggregate(last=Max("order"))["last"]
    role = create_role(request, 0 if order is None else order + 1, draft, skills)
    return save_extended_request(request, role, at)


def check_new_role(request: Request, draft: RoleDraft) -> dict[str, Skill]:
    """Check a role that is to be added to the request, and return its skills by code. Raises Invalid."""
    errors, skills = FieldErrors(), dict[str, Skill]()
    with errors.collect():
        skills = resolve_role(draft)
    if is_role_name_taken(request, draft.name):
        errors.add("name", _("Another role has this name. Give each a name of its own."))
    with errors.collect():
        check_room(request, roles=1, seats=draft.seat_count)
    errors.raise_if_any()
    return skills


@transaction.atomic
def add_seats(*, actor: User, role: Role, seat_count: int, at: datetime, version: int | None = None) -> Request:
    """Add this many seats to a role. Raises NotAllowed, Stale, Invalid (too many), WrongState (over; an emergency)."""
    request = lock_request_to_amend(actor, role.request, version)
    refuse_emergency_amendment(request, ["seat_count"])
    check_new_seats(role, seat_count)
    check_change_count(request, at=at)
    append_seats(role, seat_count)
    return save_extended_request(request, role, at)


def check_new_seats(role: Role, seat_count: int) -> None:
    """Check how many seats are added to a role. Raises Invalid (too many for the role, or for the request)."""
    open_count = role.seats.filter(closed_at=None).count()
    if not 1 <= seat_count <= MAX_SEATS_PER_ROLE - open_count:
        params = {"limit": MAX_SEATS_PER_ROLE, "count": open_count}
        raise Invalid(
            _("A role has at most %(limit)s seats, and this one has %(count)s. Add fewer.") % params, field="seat_count"
        )
    check_room(role.request, roles=0, seats=seat_count)


@transaction.atomic
def close_seat(*, actor: User, seat: Seat, at: datetime, version: int | None = None) -> Request:
    """Close a seat that is not needed any more; the volunteer in it is informed. Closing it twice is safe.

    Raises NotAllowed, Stale, WrongState (over), Invalid (the last seat of the request).
    """
    request = lock_request_to_amend(actor, seat.role.request, version)
    return _close_seats(request, Seat.objects.filter(pk=seat.pk), at)


@transaction.atomic
def remove_draft_seats(*, actor: User, role: Role, seat_count: int, at: datetime) -> Request:
    """Leave a role of a draft only its first `seat_count` seats.

    Raises NotAllowed, WrongState (over), Invalid (not fewer, or none in the whole request).
    """
    request = lock_request_to_amend(actor, role.request, None)
    check_seats_to_keep(role, seat_count)
    surplus = role.seats.filter(closed_at=None).order_by("number").values_list("pk", flat=True)[seat_count:]
    return _close_seats(request, Seat.objects.filter(pk__in=list(surplus)), at)


@transaction.atomic
def close_role(*, actor: User, role: Role, at: datetime, version: int | None = None) -> Request:
    """Close all seats of a role; a draft loses the role altogether. Raises as `close_seat`.

    Work in them is handed over, unlike in a request that is closed. Close the free seats alone to keep those at work.
    """
    request = lock_request_to_amend(actor, role.request, version)
    if request.state == Request.State.DRAFT:
        _check_seat_remains(request, list(role.seats.filter(closed_at=None)))
        role.delete()
        request.version += 1
        request.save()
        return request
    return _close_seats(request, role.seats.all(), at)


def check_room(request: Request, *, roles: int, seats: int) -> None:
    """Raise Invalid when the request, locked to be sure, has no room for so many more roles and seats."""
    check_amounts(
        roles=request.roles.count() + roles,
        seats=Seat.objects.filter(role__request=request).count() + seats,
        roles_field="",
        seats_field="seat_count",
    )


def append_seats(role: Role, seat_count: int) -> None:
    """Give a role of a locked request so many more seats, which were checked."""
    last = role.seats.aggregate(last=Max("number"))["last"] or 0
    Seat.objects.bulk_create(Seat(role=role, number=last + number) for number in range(1, seat_count + 1))


def save_extended_request(request: Request, role: Role, at: datetime) -> Request:
    """Save a request that got a role, or more seats in one, as a new version; a published one is filled from now on."""
    request.version += 1
    request.save()
    if request.state == Request.State.PUBLISHED:
        request_extended.send(Request, request=request, roles=[role], at=at)
    return request


def _close_seats(request: Request, seats: "QuerySet[Seat]", at: datetime) -> Request:
    # Lock all seats of the request in order, as `reduce_seats` does, so that two calls cannot deadlock.
    request_seats = list(Seat.objects.filter(role__request=request).order_by("pk").select_for_update(no_key=True))
    wanted_ids = set(seats.values_list("pk", flat=True))
    closing = [seat for seat in request_seats if seat.pk in wanted_ids and seat.closed_at is None]
    if not closing:
        return request
    _check_seat_remains(request, closing)
    if request.state == Request.State.DRAFT:
        Seat.objects.filter(pk__in=[seat.pk for seat in closing]).delete()
    else:
        Seat.objects.filter(pk__in=[seat.pk for seat in closing]).update(closed_at=at)
    lower_minimums(request)
    request.version += 1
    request.save()
    if request.state == Request.State.PUBLISHED:
        requests_reduced.send(Request, requests=[request], at=at)
    return request


def _check_seat_remains(request: Request, closing: Sequence[Seat]) -> None:
    remaining_seats = Seat.objects.filter(role__request=request, closed_at=None).exclude(
        pk__in=[seat.pk for seat in closing]
    )
    if not remaining_seats.exists():
        raise Invalid(_("The request would have no seats left. Cancel it instead."), field="seat_count")
