"""Amend a request after it was drafted, also when it is published. docs/flow.md says what follows for its people."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from campaigns.actions.amendable_requests import (
    list_given_values,
    lock_request_to_amend,
    refuse_emergency_amendment,
    save_amended_request,
)
from campaigns.actions.drafts import check_days_of_campaign
from campaigns.actions.request_checks import check_change_count
from campaigns.actions.request_contacts import find_contact_member
from campaigns.change_rules import (
    EMERGENCY_OFFER_FIELDS,
    REQUEST_PLAIN_FIELDS,
    REQUEST_TERM_FIELDS,
    REQUEST_TEXT_FIELDS,
    RequestChange,
    check_amended_request,
)
from campaigns.draft_rules import check_windows
from campaigns.models import Request, RequestWindow
from core.field_errors import FieldErrors
from core.models import User
from core.week_mask import Window


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
    provided = list_given_values(change)
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


def _check_amended_days(request: Request, changes: Mapping[str, object], *, today: date) -> None:
    if "starts_on" in changes or "ends_on" in changes:
        check_days_of_campaign(
            request.campaign,
            starts_on=request.starts_on,
            ends_on=request.ends_on,
            today=today,
            is_start_new="starts_on" in changes,
        )


def _current_request_value(request: Request, name: str) -> object:
    if name == "contact":
        return request.contact.public_id if request.contact else None
    if name in ("work", "meetings"):
        return _current_windows(request, name)
    return getattr(request, name)


def _current_windows(request: Request, name: str) -> list[Window]:
    rows = request.windows.filter(kind=_WINDOW_KINDS[name])
    return [Window(row.weekday, row.starts, row.ends) for row in rows]


_WINDOW_KINDS = {"work": RequestWindow.Kind.WORK, "meetings": RequestWindow.Kind.MEETING}
