"""End a request, wholly or in part: call it off, close it to new people, cut its seats."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from campaigns.actions.request_checks import check_editor, lock_request
from campaigns.models import Request, Role, Seat
from campaigns.signals import find_occupied_seats, requests_reduced
from core.errors import Invalid, WrongState
from core.models import User


@transaction.atomic
def cancel_request(
    *, actor: User, request: Request, reason: str = "", at: datetime, version: int | None = None
) -> Request:
    """Cancel a request. Everyone who was asked or has said yes is informed, and work is handed over.

    `reason` is a `Request.CancelReason`, which only the campaign and reviewers read. Raises NotAllowed, Stale, Invalid
    (the reason), WrongState (over already).
    """
    request = lock_request(request, version)
    check_editor(actor, request.campaign)
    if reason not in Request.CancelReason.values:
        raise Invalid(_("Choose one of the reasons, or leave it out."), field="reason")
    if request.state not in (Request.State.DRAFT, Request.State.PUBLISHED):
        params = {"state": request.get_state_display().lower()}
        raise WrongState(_("This request is %(state)s already.") % params)
    request.state, request.cancel_reason = Request.State.CANCELLED, reason
    request.version += 1
    request.save()
    requests_reduced.send(Request, requests=[request], at=at, called_off=True)
    return request


@transaction.atomic
def close_request(*, actor: User, request: Request, at: datetime, version: int | None = None) -> Request:
    """Close a published request to new people. Work that has begun goes on until its own end.

    Everyone who was asked, or has said yes and not begun, is informed. Raises NotAllowed, Stale, WrongState (not
    published; an emergency, which is cancelled instead).
    """
    request = lock_request(request, version)
    check_editor(actor, request.campaign)
    if request.emergency:
        raise WrongState(_("An emergency is not closed. Cancel it when it is over."))
    if request.state != Request.State.PUBLISHED:
        params = {"state": request.get_state_display().lower()}
        raise WrongState(_("This request is %(state)s, so it looks for nobody.") % params)
    request.state = Request.State.CLOSED
    request.version += 1
    request.save()
    requests_reduced.send(Request, requests=[request], at=at)
    return request


@transaction.atomic
def reduce_seats(*, actor: User, role: Role, seat_count: int, at: datetime, version: int | None = None) -> Request:
    """Leave a role of a published request only `seat_count` seats: empty ones go first, then the highest numbers.

    Raises NotAllowed, Stale, WrongState (not published), Invalid (not fewer, or none in the whole request).
    """
    request = lock_request(role.request, version)
    check_editor(actor, request.campaign)
    if request.state != Request.State.PUBLISHED:
        raise WrongState(_("Seats can be cut from a published request only. Rewrite the draft instead."))
    # Lock all seats of the request, not this role's alone: every action that locks several locks them in this order.
    request_seats = (
        Seat.objects.filter(role__request=request, closed_at=None).order_by("pk").select_for_update(no_key=True)
    )
    open_seats = [seat for seat in request_seats if seat.role_id == role.pk]
    check_seats_to_keep(role, seat_count)
    occupied_ids = find_occupied_seats(open_seats)
    order = sorted(open_seats, key=lambda seat: (seat.pk not in occupied_ids, seat.number))
    Seat.objects.filter(pk__in=[seat.pk for seat in order[seat_count:]]).update(closed_at=at)
    lower_minimums(request)
    request.version += 1
    request.save()
    requests_reduced.send(Request, requests=[request], at=at)
    return request


def check_seats_to_keep(role: Role, seat_count: int) -> None:
    """Check how many seats a role keeps. Raises Invalid (not fewer than it has, or none in the whole request)."""
    open_seats = Seat.objects.filter(role__request=role.request_id, closed_at=None)
    open_count = open_seats.filter(role=role).count()
    if not 0 <= seat_count < open_count:
        params = {"count": open_count}
        message = _("This role has %(count)s seats. Give a smaller number.") % params
        raise Invalid(message, field="seat_count", reads=("role",))
    if not seat_count and not open_seats.exclude(role=role).exists():
        message = _("The request would have no seats left. Cancel it instead.")
        raise Invalid(message, field="seat_count", reads=("role",))


def lower_minimums(request: Request) -> None:
    """Lower each role's minimum to begin to its open seats, after seats of the locked request were closed."""
    open_count = Count("seats", filter=Q(seats__closed_at=None))
    for role in request.roles.annotate(open_count=open_count).filter(min_to_start__gt=F("open_count")):
        role.min_to_start = role.open_count
        role.save(update_fields=["min_to_start"])


@transaction.atomic
def close_ended_requests(*, at: datetime) -> int:
    """Close published requests whose last day is over everywhere on Earth; return how many.

    Work that goes on is handed over at its own deadline; matches that have not begun are ended by the sweep. A request
    that is being changed is left to the next sweep.
    """
    # Zones are up to twelve hours behind UTC, so a day is over everywhere only when the next one is in UTC.
    ended = Request.objects.filter(state=Request.State.PUBLISHED, ends_on__lt=at.date() - timedelta(days=1))
    free = ended.order_by("pk").select_for_update(no_key=True, skip_locked=True)
    closing = Request.objects.filter(pk__in=list(free.values_list("pk", flat=True)))
    return closing.update(state=Request.State.CLOSED, version=F("version") + 1)
