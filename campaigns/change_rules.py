"""Changes of requests and roles, which of their fields ask people again, and the rules for them. Without database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.draft_rules import check_priority
from core.field_errors import FieldErrors
from core.time_zones import check_time_zone
from core.week_mask import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChange:
    """New values for a request; None leaves a field as it is. `contact` is a member's public id."""

    title: str | None = None
    summary: str | None = None
    brief: str | None = None
    out_of_scope: str | None = None
    channel: str | None = None
    contact: UUID | None = None
    priority: int | None = None
    is_on_board: bool | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    time_zone: str | None = None
    work: Sequence[Window] | None = None
    meetings: Sequence[Window] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChange:
    """New values for a role; None leaves a field as it is. The skill cannot change: add another role instead."""

    name: str | None = None
    hours_per_week: int | None = None
    tasks: str | None = None
    is_lead: bool | None = None
    makes_decisions: bool | None = None
    level: int | None = None
    languages: Sequence[str] | None = None
    vetted_for: str | None = None
    min_to_start: int | None = None
    nice_to_have_skills: Sequence[str] | None = None


REQUEST_PLAIN_FIELDS = ("priority", "is_on_board")
REQUEST_TEXT_FIELDS = ("title", "summary", "brief", "out_of_scope", "channel", "contact")
"""Of a request: its volunteers are informed of a change but need not answer again."""

REQUEST_TERM_FIELDS = ("starts_on", "ends_on", "time_zone", "work", "meetings")
"""Of a request: the terms its volunteers agreed to, about which they are asked again."""

EMERGENCY_OFFER_FIELDS = ("title", "summary", "brief", "channel", "contact")
"""Of an emergency: no campaign changes them once it is reported.

Its volunteers read the first two before they may know which campaign it is. The others say what happened, where the
campaign is reached, and who answers: the people who broke in could put their own number or name there.
"""

ROLE_TEXT_FIELDS = ("tasks",)
"""Of a role: its volunteers are informed of a change but need not answer again."""

ROLE_TERM_FIELDS = ("hours_per_week", "is_lead", "makes_decisions")
"""Of a role: likewise the terms its volunteers agreed to."""

ROLE_ELIGIBILITY_FIELDS = ("level", "languages", "vetted_for")
"""Of a role: its requirements. Volunteers who still meet them need not answer again."""


def check_amended_request(*, ends_on: date, time_zone: str, priority: int, today: date) -> None:
    """Check a request as it would be after an amendment. Raises Invalid, naming the fields to correct."""
    errors = FieldErrors()
    with errors.collect():
        check_time_zone(time_zone)
    if ends_on < today:
        errors.add("ends_on", _("This day is over. Give a later one, or cancel the request."))
    with errors.collect():
        check_priority(priority)
    errors.raise_if_any()
