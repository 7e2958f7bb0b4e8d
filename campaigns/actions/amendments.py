"""Changing a request after it was drafted, published ones too. What follows for its people is told in docs/flow.md."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.requests import check_editor, hold_contact, hold_request, skills_of
from campaigns.models import Member, Request, RequestWindow, Role
from campaigns.rules import (
    AGREED,
    SOUGHT,
    TERMS,
    WORDS,
    RequestChange,
    RoleChange,
    RoleDraft,
    check_request,
    check_role,
    check_windows,
)
from campaigns.signals import amended
from core.errors import Invalid, WrongState
from core.models import User
from core.week_mask import Window

OPEN = (Request.State.DRAFT, Request.State.PUBLISHED)


@transaction.atomic
def amend_request(
    *, actor: User, request: Request, change: RequestChange, at: datetime, version: int | None = None
) -> Request:
    """Changes what is given, and nothing else. What makes no difference is no change, so that saying it twice is safe.

    In a published request new dates or windows are put to everybody who was asked or has said yes; new words are told.
    Raises NotAllowed, Stale, Invalid, WrongState (over; an emergency's terms).
    """
    request = hold_to_amend(actor, request, version)
    new = {name: value for name, value in _given(change).items() if value != _now(request, name)}
    if not new:
        return request
    terms = [name for name in TERMS if name in new]
    check_terms(request, terms)
    for name in ("work", "meetings"):
        if name in new:
            windows: Sequence[Window] = new[name]  # type: ignore[assignment]
            check_windows(windows, name)
            _replace(request, name, windows)
    for name in (*WORDS, *TERMS, "priority"):
        if name in new and name not in ("work", "meetings"):
            setattr(request, name, _contact(request, new[name]) if name == "contact" else new[name])
    check_request(
        starts_on=request.starts_on,
        ends_on=request.ends_on,
        time_zone=request.time_zone,
        priority=request.priority,
        today=at.date(),
    )
    said = any(name in new for name in WORDS)
    save_amended(request, list(request.roles.all()), words=said, sought=False, agreed=bool(terms), at=at)
    return request


@transaction.atomic
def amend_role(*, actor: User, role: Role, change: RoleChange, at: datetime, version: int | None = None) -> Request:
    """The same for one role, of which `version` is its request's.

    New hours, leading or deciding are put to everybody who was asked or has said yes. Who no longer has what the role
    looks for is released kindly. Raises as `amend_request`.
    """
    request = hold_to_amend(actor, role.request, version)
    role = request.roles.select_related("skill").prefetch_related("nice_skills").get(pk=role.pk)
    new = {name: value for name, value in _given(change).items() if value != _now_of(role, name)}
    if not new:
        return request
    agreed, sought = (any(name in new for name in names) for names in (AGREED, SOUGHT))
    check_terms(request, [name for name in (*AGREED, *SOUGHT) if name in new])
    seats = role.seats.filter(cut_at=None).count()
    for name, value in new.items():
        if name != "nice_skills":
            setattr(role, name, value)
    if request.roles.filter(name=role.name).exclude(pk=role.pk).exists():
        raise Invalid(_("Another role has this name. Give each a name of its own."), field="name")
    told = {name: getattr(role, name) for name in ("name", "hours", "level", "minimum")}
    check_role(RoleDraft(skill=role.skill.code, seats=seats, **told))
    role.save()
    if "nice_skills" in new:
        codes: Sequence[str] = new["nice_skills"]  # type: ignore[assignment]
        role.nice_skills.set(skills_of(codes).values())
    save_amended(request, [role], words=False, sought=sought or "nice_skills" in new, agreed=agreed, at=at)
    return request


def hold_to_amend(actor: User, request: Request, version: int | None) -> Request:
    """The request, locked, for somebody who may change it. Raises NotAllowed, Stale, WrongState (over)."""
    request = hold_request(request, version)
    check_editor(actor, request.campaign)
    if request.state not in OPEN:
        told = {"state": request.get_state_display().lower()}
        raise WrongState(_("This request is %(state)s, so it can no longer be changed. Draft a new one.") % told)
    return request


def check_terms(request: Request, changed: Sequence[str]) -> None:
    """Raises WrongState for an emergency: whoever has half an hour to answer must not be asked twice."""
    if changed and request.emergency and request.state == Request.State.PUBLISHED:
        raise WrongState(_("What an emergency asks for is not changed. Call it off, and say anew what you need."))


def save_amended(request: Request, roles: list[Role], *, words: bool, sought: bool, agreed: bool, at: datetime) -> None:
    """Writes the new version down, and says aloud what a published request now asks for."""
    request.version += 1
    if request.state == Request.State.PUBLISHED and (sought or agreed):
        request.terms_at = at
    request.save()
    if request.state == Request.State.PUBLISHED:
        amended.send(Request, request=request, roles=roles, words=words, sought=sought, agreed=agreed, at=at)


def _given(change: RequestChange | RoleChange) -> dict[str, object]:
    said = {one.name: getattr(change, one.name) for one in fields(change)}
    for name in ("work", "meetings"):
        if said.get(name):
            said[name] = sorted(said[name], key=lambda one: (one.weekday, one.starts))
    return {name: value for name, value in said.items() if value is not None}


def _now(request: Request, name: str) -> object:
    if name == "contact":
        return request.contact.public_id if request.contact else None
    if name in ("work", "meetings"):
        return _windows(request, name)
    return getattr(request, name)


def _now_of(role: Role, name: str) -> object:
    if name == "nice_skills":
        return sorted(skill.code for skill in role.nice_skills.all())
    return getattr(role, name)


def _windows(request: Request, name: str) -> list[Window]:
    rows = request.windows.filter(kind=_KIND[name])
    return [Window(one.weekday, one.starts, one.ends) for one in rows]


def _replace(request: Request, name: str, windows: Sequence[Window]) -> None:
    request.windows.filter(kind=_KIND[name]).delete()
    RequestWindow.objects.bulk_create(
        RequestWindow(request=request, kind=_KIND[name], weekday=one.weekday, starts=one.starts, ends=one.ends)
        for one in windows
    )


_KIND = {"work": RequestWindow.Kind.WORK, "meetings": RequestWindow.Kind.MEETING}


def _contact(request: Request, name: object) -> Member:
    found = hold_contact(request.campaign, public_id=name)
    if found is None:
        raise Invalid(_("Name a manager or somebody of the staff, who answers the volunteers."), field="contact")
    return found
