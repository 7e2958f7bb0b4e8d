"""Amend a request after it was drafted, also when it is published. docs/flow.md says what follows for its people."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.drafts import check_days_of_campaign, find_skills
from campaigns.actions.requests import check_change_count, check_editor, find_contact_member, lock_request
from campaigns.draft_rules import (
    EMERGENCY_OFFER_FIELDS,
    REQUEST_PLAIN_FIELDS,
    REQUEST_TERM_FIELDS,
    REQUEST_TEXT_FIELDS,
    ROLE_ELIGIBILITY_FIELDS,
    ROLE_TERM_FIELDS,
    ROLE_TEXT_FIELDS,
    RequestChange,
    RoleChange,
    RoleDraft,
    check_amended_request,
    check_role,
    check_windows,
)
from campaigns.models import Request, RequestWindow, Role
from campaigns.signals import request_amended
from core.errors import WrongState
from core.field_errors import FieldErrors
from core.models import Skill, User
from core.reference.codes import index_paths
from core.week_mask import Window

AMENDABLE_STATES = (Request.State.DRAFT, Request.State.PUBLISHED)


@transaction.atomic
def amend_request(
    *, actor: User, request: Request, change: RequestChange, at: datetime, version: int | None = None
) -> Request:
    """Change the fields that `change` gives. A value that is there already counts as no change, so a repeat is safe.

    New dates or windows of a published request are put again to everyone who was asked or has said yes. New texts are
    only announced. Raises NotAllowed, Stale, Invalid (what to correct; too many changes today), WrongState (the request
    is over; the offer of an emergency).
    """
    request = lock_request_to_amend(actor, request, version)
    changes = apply_request_change(request, change, today=at.date())
    if not changes:
        return request
    check_change_count(request, at=at)
    terms = [name for name in REQUEST_TERM_FIELDS if name in changes]
    for name in ("work", "meetings"):
        if name in changes:
            replace_windows(request, name, changes[name])
    texts_changed = any(name in changes for name in REQUEST_TEXT_FIELDS)
    save_amended_request(
        request, list(request.roles.all()), words=texts_changed, sought=False, agreed=bool(terms), at=at
    )
    return request


def apply_request_change(request: Request, change: RequestChange, *, today: date) -> dict[str, Any]:
    """Set the fields that `change` gives, except windows, and check the request, which is not saved.

    Return the values that were not there already: repeating an amendment must not ask anyone a second time. Raises
    Invalid with everything that is wrong with them, WrongState (the offer of an emergency).
    """
    changes = list_request_changes(request, change)
    if not changes:
        return changes
    refuse_emergency_amendment(
        request, [name for name in (*REQUEST_TERM_FIELDS, *EMERGENCY_OFFER_FIELDS) if name in changes]
    )
    errors = FieldErrors()
    for name in ("work", "meetings"):
        if name in changes:
            with errors.collect():
                check_windows(getattr(change, name), name)  # in the order in which they were sent
    for name in (*REQUEST_TEXT_FIELDS, *REQUEST_TERM_FIELDS, *REQUEST_PLAIN_FIELDS):
        if name in changes and name not in ("work", "meetings"):
            with errors.collect():
                value = find_contact_member(request.campaign, changes[name]) if name == "contact" else changes[name]
                setattr(request, name, value)
    with errors.collect():
        _check_amended_days(request, changes, today=today)
    with errors.collect():
        check_amended_request(
            ends_on=request.ends_on, time_zone=request.time_zone, priority=request.priority, today=today
        )
    errors.raise_if_any(given=changes)
    return changes


def list_request_changes(request: Request, change: RequestChange) -> dict[str, Any]:
    """Return the values that `change` gives and that the request does not have already."""
    provided = _provided_values(change)
    return {name: value for name, value in provided.items() if value != _current_request_value(request, name)}


def replace_windows(request: Request, name: str, windows: Sequence[Window]) -> None:
    """Store the windows of a request for its `work` or its `meetings`, in place of those that are there."""
    request.windows.filter(kind=_WINDOW_KINDS[name]).delete()
    RequestWindow.objects.bulk_create(
        RequestWindow(
            request=request, kind=_WINDOW_KINDS[name], weekday=window.weekday, starts=window.starts, ends=window.ends
        )
        for window in windows
    )


@transaction.atomic
def amend_role(*, actor: User, role: Role, change: RoleChange, at: datetime, version: int | None = None) -> Request:
    """Change the fields of a role that `change` gives; `version` is the version of its request.

    A new text of its tasks is only announced. New hours, leading or deciding are put again to everyone who was asked or
    has said yes. A volunteer who no longer meets the role's requirements is released. Raises as `amend_request`.
    """
    request = lock_request_to_amend(actor, role.request, version)
    role = request.roles.select_related("skill").prefetch_related("nice_to_have_skills").get(pk=role.pk)
    role.request = request
    changes, skills = apply_role_change(role, change)
    if not changes:
        return request
    check_change_count(request, at=at)
    agreed, sought = (any(name in changes for name in names) for names in (ROLE_TERM_FIELDS, ROLE_ELIGIBILITY_FIELDS))
    texts_changed = any(name in changes for name in ROLE_TEXT_FIELDS)
    role.save()
    if "nice_to_have_skills" in changes:
        role.nice_to_have_skills.set(skills.values())
    save_amended_request(
        request, [role], words=texts_changed, sought=sought or "nice_to_have_skills" in changes, agreed=agreed, at=at
    )
    return request


def apply_role_change(role: Role, change: RoleChange) -> tuple[dict[str, Any], dict[str, Skill]]:
    """Set the fields that `change` gives, except skills, and check the role, which is not saved.

    Return the values that were not there already, and the new skills by code. Raises as `apply_request_change`.
    """
    changes = list_role_changes(role, change)
    if not changes:
        return changes, {}
    refuse_emergency_amendment(
        role.request,
        [name for name in ("name", *ROLE_TEXT_FIELDS, *ROLE_TERM_FIELDS, *ROLE_ELIGIBILITY_FIELDS) if name in changes],
    )
    errors, skills = FieldErrors(), dict[str, Skill]()
    seats = role.seats.filter(closed_at=None).count()
    for name, value in changes.items():
        if name != "nice_to_have_skills":
            setattr(role, name, list(dict.fromkeys(value)) if name == "languages" else value)
    if role.request.roles.filter(name=role.name).exclude(pk=role.pk).exists():
        errors.add("name", _("Another role has this name. Give each a name of its own."))
    with errors.collect():
        draft_values = {name: getattr(role, name) for name in ("name", "hours_per_week", "level", "min_to_start")}
        languages = role.languages if "languages" in changes else ()
        check_role(RoleDraft(skill=role.skill.code, seat_count=seats, languages=languages, **draft_values))
    if "nice_to_have_skills" in changes:
        with errors.collect():
            skills = find_skills(index_paths("nice_to_have_skills", change.nice_to_have_skills or ()))
    errors.raise_if_any(given=changes)
    return changes, skills


def list_role_changes(role: Role, change: RoleChange) -> dict[str, Any]:
    """Return the values that `change` gives and that the role does not have already."""
    provided = _provided_values(change)
    if provided.get("languages") and set(provided["languages"]) == set(role.languages):
        del provided["languages"]  # the order means nothing, and would ask for a run
    return {name: value for name, value in provided.items() if value != _current_role_value(role, name)}


def lock_request_to_amend(actor: User, request: Request, version: int | None) -> Request:
    """Lock and return a request that `actor` may change. Raises NotAllowed, Stale, WrongState (over)."""
    request = lock_request(request, version)
    check_editor(actor, request.campaign)
    if request.state not in AMENDABLE_STATES:
        params = {"state": request.get_state_display().lower()}
        raise WrongState(_("This request is %(state)s, so it can no longer be changed. Draft a new one.") % params)
    return request


def refuse_emergency_amendment(request: Request, changed: Sequence[str]) -> None:
    """Raise WrongState for a published emergency: its volunteers have half an hour and are not asked twice.

    Its offer is in our words alone, as it must not name the campaign.
    """
    if changed and request.emergency and request.state == Request.State.PUBLISHED:
        raise WrongState(_("The offer of an emergency cannot be changed. Call it off, and report it again."))


def save_amended_request(
    request: Request, roles: list[Role], *, words: bool, sought: bool, agreed: bool, at: datetime
) -> None:
    """Save the request as a new version, and announce what a published one now asks for.

    `words`, `sought` and `agreed` are those of the signal `request_amended`.
    """
    request.version += 1
    if request.state == Request.State.PUBLISHED and (sought or agreed):
        request.terms_changed_at = at
    request.save()
    if request.state == Request.State.PUBLISHED:
        request_amended.send(Request, request=request, roles=roles, words=words, sought=sought, agreed=agreed, at=at)


def _check_amended_days(request: Request, changes: Mapping[str, object], *, today: date) -> None:
    if "starts_on" in changes or "ends_on" in changes:
        check_days_of_campaign(
            request.campaign,
            starts_on=request.starts_on,
            ends_on=request.ends_on,
            today=today,
            is_start_new="starts_on" in changes,
        )


def _provided_values(change: RequestChange | RoleChange) -> dict[str, Any]:
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    for name in ("work", "meetings"):
        if values.get(name):
            values[name] = sorted(values[name], key=lambda window: (window.weekday, window.starts))
    if values.get("nice_to_have_skills"):
        values["nice_to_have_skills"] = sorted(set(values["nice_to_have_skills"]))
    return {name: value for name, value in values.items() if value is not None}


def _current_request_value(request: Request, name: str) -> object:
    if name == "contact":
        return request.contact.public_id if request.contact else None
    if name in ("work", "meetings"):
        return _current_windows(request, name)
    return getattr(request, name)


def _current_role_value(role: Role, name: str) -> object:
    if name == "nice_to_have_skills":
        return sorted(skill.code for skill in role.nice_to_have_skills.all())
    return getattr(role, name)


def _current_windows(request: Request, name: str) -> list[Window]:
    rows = request.windows.filter(kind=_WINDOW_KINDS[name])
    return [Window(row.weekday, row.starts, row.ends) for row in rows]


_WINDOW_KINDS = {"work": RequestWindow.Kind.WORK, "meetings": RequestWindow.Kind.MEETING}
