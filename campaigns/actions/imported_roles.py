"""The role of a row: create it in an imported request, or amend it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from campaigns.actions.amendable_requests import AMENDABLE_STATES, save_amended_request
from campaigns.actions.role_amendments import apply_role_change, list_role_changes
from campaigns.actions.roles_and_seats import append_seats, check_new_seats, check_room, save_extended_request
from campaigns.change_rules import RoleChange
from campaigns.models import Request, Role
from core.errors import Invalid
from core.field_errors import FieldErrors
from core.imports.importers import ImportOutcome, ImportRow
from core.models import Skill
from core.text_folding import fold_name


def create_imported_role(request: Request, row: ImportRow) -> Role:
    """Create the role of a row with its seats. Raises Invalid (too many)."""
    seats = row.values.get("seat_count", 1)
    check_room(request, roles=1, seats=seats)
    skill = Skill.objects.get(code=row.values["skill"])
    role = Role.objects.create(
        request=request,
        order=request.roles.count(),
        name=row.values["role"],
        skill=skill,
        level=row.values.get("level", 3),
        hours_per_week=row.values["hours_per_week"],
        min_to_start=1,
        vetted_for=skill.vetted_for,
    )
    append_seats(role, seats)
    return role


def save_imported_role(request: Request, row: ImportRow, at: datetime) -> ImportOutcome:
    """Create the role of a row in a request that is here, or amend it: seats are added, and none is closed.

    Raises Invalid for what cannot change, and for what an earlier row of the file says otherwise.
    """
    role = find_role_by_name(request, row.values["role"])
    if role is None:
        if request.state not in AMENDABLE_STATES:
            raise Invalid(describe_over(request), field="role")
        role = create_imported_role(request, row)
        if request.created_at != at:
            save_extended_request(request, role, at)
        return ImportOutcome.UPDATED if row.is_first else ImportOutcome.JOINED
    role.request = request
    change = RoleChange(hours_per_week=row.values["hours_per_week"], level=row.values.get("level"))
    open_count = role.seats.filter(closed_at=None).count()
    changes = list_role_changes(role, change)
    for name, stored in (("skill", role.skill.code), ("seat_count", open_count)):
        if row.values.get(name, stored) != stored:
            changes[name] = row.values[name]
    if not changes:
        return ImportOutcome.UNCHANGED
    _check_changes(request, changes, row, open_count)
    _amend_role(role, change, at)
    if "seat_count" in changes:
        new_seats = changes["seat_count"] - open_count
        check_new_seats(role, new_seats)
        append_seats(role, new_seats)
        save_extended_request(request, role, at)
    return ImportOutcome.UPDATED


def find_role_by_name(request: Request, name: str) -> Role | None:
    """Return the request's role of this name; else the first whose name differs in spelling alone, as “Front-end”."""
    roles = list(request.roles.select_related("skill").order_by("order", "pk"))
    same_words = [role for role in roles if fold_name(role.name) == fold_name(name)]
    return next((role for role in same_words if role.name == name), same_words[0] if same_words else None)


def describe_over(request: Request) -> str:
    """Say that a request is over, and what to do."""
    params = {"state": request.get_state_display().lower()}
    return _("This request is %(state)s, so it can no longer be changed. Draft a new one.") % params


def _check_changes(request: Request, changes: dict[str, Any], row: ImportRow, open_count: int) -> None:
    errors = FieldErrors()
    refusal = ""
    if not row.is_first_of_part:
        refusal = _("An earlier row gives this role another value. Correct one of them, or name each role differently.")
    elif request.state not in AMENDABLE_STATES:
        refusal = describe_over(request)
    for name in changes if refusal else ():
        errors.add(name, refusal)
    if not refusal and "skill" in changes:
        errors.add("skill", _("This role is here with another skill, and keeps it. Give the new role another name."))
    if not refusal and changes.get("seat_count", open_count) < open_count:
        message = _("This role has %(count)s seats here, and an import closes none. Close them there, or give as many.")
        errors.add("seat_count", message % {"count": open_count})
    errors.raise_if_any()


def _amend_role(role: Role, change: RoleChange, at: datetime) -> None:
    changes, _skills = apply_role_change(role, change)
    if changes:
        role.save()
        agreed, sought = "hours_per_week" in changes, "level" in changes
        save_amended_request(role.request, [role], words=False, sought=sought, agreed=agreed, at=at)
