"""Changing a request after it was drafted, published ones too. What follows for its people is told in docs/flow.md."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.requests import check_editor, find_skills, lock_contact_member, lock_request
from campaigns.models import Member, Request, RequestWindow, Role
from campaigns.rules import (
    REQUEST_TERM_FIELDS,
    REQUEST_TEXT_FIELDS,
    ROLE_ELIGIBILITY_FIELDS,
    ROLE_TERM_FIELDS,
    RequestChange,
    RoleChange,
    RoleDraft,
    check_amended_request,
    check_role,
    check_windows,
)
from campaigns.signals import request_amended
from core.errors import Invalid, WrongState
from core.models import User
from core.week_mask import Window

AMENDABLE_STATES = (Request.State.DRAFT, Request.State.PUBLISHED)


@transaction.atomic
def amend_request(
    *, actor: User, request: Request, change: RequestChange, at: datetime, version: int | None = None
) -> Request:
    """Changes what is given, and nothing else. What makes no difference is no change, so that saying it twice is safe.

    In a published request new dates or windows are put to everybody who was asked or has said yes; new words are told.
    Raises NotAllowed, Stale, Invalid, WrongState (over; an emergency's terms).
    """
    request = lock_request_to_amend(actor, request, version)
    new = {
        name: value
        for name, value in _provided_values(change).items()
        if value != _current_request_value(request, name)
    }
    if not new:
        return request
    terms = [name for name in REQUEST_TERM_FIELDS if name in new]
    refuse_emergency_amendment(request, terms)
    for name in ("work", "meetings"):
        if name in new:
            windows: Sequence[Window] = new[name]  # type: ignore[assignment]
            check_windows(windows, name)
            _replace_windows(request, name, windows)
    for name in (*REQUEST_TEXT_FIELDS, *REQUEST_TERM_FIELDS, "priority"):
        if name in new and name not in ("work", "meetings"):
            setattr(request, name, _find_contact_member(request, new[name]) if name == "contact" else new[name])
    check_amended_request(
        starts_on=request.starts_on,
        ends_on=request.ends_on,
        time_zone=request.time_zone,
        priority=request.priority,
        today=at.date(),
    )
    said = any(name in new for name in REQUEST_TEXT_FIELDS)
    save_amended_request(request, list(request.roles.all()), words=said, sought=False, agreed=bool(terms), at=at)
    return request


@transaction.atomic
def amend_role(*, actor: User, role: Role, change: RoleChange, at: datetime, version: int | None = None) -> Request:
    """The same for one role, of which `version` is its request's.

    New hours, leading or deciding are put to everybody who was asked or has said yes. Who no longer has what the role
    looks for is released kindly. Raises as `amend_request`.
    """
    request = lock_request_to_amend(actor, role.request, version)
    role = request.roles.select_related("skill").prefetch_related("nice_to_have_skills").get(pk=role.pk)
    new = {name: value for name, value in _provided_values(change).items() if value != _current_role_value(role, name)}
    if not new:
        return request
    agreed, sought = (any(name in new for name in names) for names in (ROLE_TERM_FIELDS, ROLE_ELIGIBILITY_FIELDS))
    refuse_emergency_amendment(request, [name for name in (*ROLE_TERM_FIELDS, *ROLE_ELIGIBILITY_FIELDS) if name in new])
    seats = role.seats.filter(closed_at=None).count()
    for name, value in new.items():
        if name != "nice_to_have_skills":
            setattr(role, name, value)
    if request.roles.filter(name=role.name).exclude(pk=role.pk).exists():
        raise Invalid(_("Another role has this name. Give each a name of its own."), field="name")
    told = {name: getattr(role, name) for name in ("name", "hours", "level", "minimum")}
    check_role(RoleDraft(skill=role.skill.code, seats=seats, **told))
    role.save()
    if "nice_to_have_skills" in new:
        codes: Sequence[str] = new["nice_to_have_skills"]  # type: ignore[assignment]
        role.nice_to_have_skills.set(find_skills(codes).values())
    save_amended_request(
        request, [role], words=False, sought=sought or "nice_to_have_skills" in new, agreed=agreed, at=at
    )
    return request


def lock_request_to_amend(actor: User, request: Request, version: int | None) -> Request:
    """The request, locked, for somebody who may change it. Raises NotAllowed, Stale, WrongState (over)."""
    request = lock_request(request, version)
    check_editor(actor, request.campaign)
    if request.state not in AMENDABLE_STATES:
        told = {"state": request.get_state_display().lower()}
        raise WrongState(_("This request is %(state)s, so it can no longer be changed. Draft a new one.") % told)
    return request


def refuse_emergency_amendment(request: Request, changed: Sequence[str]) -> None:
    """Raises WrongState for an emergency: whoever has half an hour to answer must not be asked twice."""
    if changed and request.emergency and request.state == Request.State.PUBLISHED:
        raise WrongState(_("What an emergency asks for is not changed. Call it off, and say anew what you need."))


def save_amended_request(
    request: Request, roles: list[Role], *, words: bool, sought: bool, agreed: bool, at: datetime
) -> None:
    """Writes the new version down, and says aloud what a published request now asks for."""
    request.version += 1
    if request.state == Request.State.PUBLISHED and (sought or agreed):
        request.terms_changed_at = at
    request.save()
    if request.state == Request.State.PUBLISHED:
        request_amended.send(Request, request=request, roles=roles, words=words, sought=sought, agreed=agreed, at=at)


def _provided_values(change: RequestChange | RoleChange) -> dict[str, object]:
    said = {one.name: getattr(change, one.name) for one in fields(change)}
    for name in ("work", "meetings"):
        if said.get(name):
            said[name] = sorted(said[name], key=lambda one: (one.weekday, one.starts))
    return {name: value for name, value in said.items() if value is not None}


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
    return [Window(one.weekday, one.starts, one.ends) for one in rows]


def _replace_windows(request: Request, name: str, windows: Sequence[Window]) -> None:
    request.windows.filter(kind=_WINDOW_KINDS[name]).delete()
    RequestWindow.objects.bulk_create(
        RequestWindow(request=request, kind=_WINDOW_KINDS[name], weekday=one.weekday, starts=one.starts, ends=one.ends)
        for one in windows
    )


_WINDOW_KINDS = {"work": RequestWindow.Kind.WORK, "meetings": RequestWindow.Kind.MEETING}


def _find_contact_member(request: Request, name: object) -> Member:
    found = lock_contact_member(request.campaign, public_id=name)
    if found is None:
        raise Invalid(_("Name a manager or somebody of the staff, who answers the volunteers."), field="contact")
    return found
