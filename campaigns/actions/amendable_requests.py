"""What the amendments of a request and of its roles share: who may amend it, and how it is saved."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from campaigns.actions.request_checks import check_editor, lock_request
from campaigns.change_rules import RequestChange, RoleChange
from campaigns.models import Request, Role
from campaigns.signals import request_amended
from core.errors import WrongState
from core.models import User

AMENDABLE_STATES = (Request.State.DRAFT, Request.State.PUBLISHED)


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


def list_given_values(change: RequestChange | RoleChange) -> dict[str, Any]:
    """Return the values that a change gives, windows and skills in one order."""
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    for name in ("work", "meetings"):
        if values.get(name):
            values[name] = sorted(values[name], key=lambda window: (window.weekday, window.starts))
    if values.get("nice_to_have_skills"):
        values["nice_to_have_skills"] = sorted(set(values["nice_to_have_skills"]))
    return {name: value for name, value in values.items() if value is not None}
