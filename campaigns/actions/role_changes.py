"""Change a role and its number of seats at once, as the page of a role does."""

from datetime import datetime

from django.db import transaction

from campaigns.actions.request_ends import reduce_seats
from campaigns.actions.role_amendments import amend_role
from campaigns.actions.roles_and_seats import add_seats, remove_draft_seats
from campaigns.change_rules import RoleChange
from campaigns.models import Request, Role
from core.models import User


@transaction.atomic
def change_role(
    *, actor: User, role: Role, change: RoleChange, seat_count: int, at: datetime, version: int | None = None
) -> Request:
    """Amend a role, and leave it `seat_count` open seats. `version` is the version of its request.

    Of a published request empty seats go first, and the volunteer of a seat that is closed is informed. Raises as
    `amend_role`, `add_seats` and `reduce_seats`.
    """
    missing = seat_count - role.seats.filter(closed_at=None).count()
    if missing > 0:  # first, so that a role whose seats were all closed is judged with those that it has again
        role.request = add_seats(actor=actor, role=role, seat_count=missing, at=at, version=version)
        return amend_role(actor=actor, role=role, change=change, at=at)
    request = amend_role(actor=actor, role=role, change=change, at=at, version=version)
    role.request = request
    if missing == 0:
        return request
    if request.state == Request.State.DRAFT:
        return remove_draft_seats(actor=actor, role=role, seat_count=seat_count, at=at)
    return reduce_seats(actor=actor, role=role, seat_count=seat_count, at=at)
