"""What a request must be like. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.errors import Invalid
from core.time_zones import check_time_zone
from core.week_mask import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidacy:
    """Who stands for what: a contest and a candidate in it. Place and party are named by their codes."""

    jurisdiction: str
    level: str
    office: str
    election_on: date
    candidate: str
    district: str = ""
    party: str = ""
    special: bool = False
    primary_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDraft:
    """One kind of person in a request. Skills are named by their codes."""

    name: str
    skill: str
    hours: int
    level: int = 3
    seats: int = 1
    minimum: int | None = None
    leads: bool = False
    decides: bool = False
    vetted_for: str | None = None
    languages: Sequence[str] = ()
    nice_to_have_skills: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """A whole request; without roles, its playbook's."""

    title: str
    starts_on: date
    summary: str = ""
    brief: str = ""
    playbook: str = ""
    ends_on: date | None = None
    time_zone: str = "America/New_York"
    priority: int = 3
    urgent: bool = False
    staffing: str = ""
    auto_confirm: bool = False
    emergency: bool = False
    out_of_scope: str = ""
    channel: str = ""
    work: Sequence[Window] = ()
    meetings: Sequence[Window] = ()
    roles: Sequence[RoleDraft] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChange:
    """What is to be another way in a request; None: as it is. `contact` is a member's public id."""

    title: str | None = None
    summary: str | None = None
    brief: str | None = None
    out_of_scope: str | None = None
    channel: str | None = None
    contact: UUID | None = None
    priority: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    time_zone: str | None = None
    work: Sequence[Window] | None = None
    meetings: Sequence[Window] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChange:
    """What is to be another way in a role; None: as it is. Another skill would be another role."""

    name: str | None = None
    hours: int | None = None
    leads: bool | None = None
    decides: bool | None = None
    level: int | None = None
    languages: Sequence[str] | None = None
    vetted_for: str | None = None
    minimum: int | None = None
    nice_to_have_skills: Sequence[str] | None = None


REQUEST_TEXT_FIELDS = ("title", "summary", "brief", "out_of_scope", "channel", "contact")
"""Of a request: said to its people, who need not answer anew."""

REQUEST_TERM_FIELDS = ("starts_on", "ends_on", "time_zone", "work", "meetings")
"""Of a request: what its people said yes to."""

ROLE_TERM_FIELDS = ("hours", "leads", "decides")
"""Of a role: likewise."""

ROLE_ELIGIBILITY_FIELDS = ("level", "languages", "vetted_for")
"""Of a role: whom it looks for. Who fits need not answer anew."""


def check_amended_request(*, starts_on: date, ends_on: date, time_zone: str, priority: int, today: date) -> None:
    """What a request must still be once it has been amended. Raises Invalid with what to correct, naming the field."""
    check_time_zone(time_zone)
    if ends_on < starts_on:
        raise Invalid("The work ends on or after the day on which it starts.", field="ends_on")
    if ends_on < today:
        raise Invalid("This day is over. Give one that is still to come, or call the request off.", field="ends_on")
    if not 1 <= priority <= 5:
        raise Invalid("Priority runs from 1 (can wait) to 5 (cannot).", field="priority")


def check_windows(windows: Sequence[Window], field: str) -> None:
    """No two of them begin at the same time. Raises Invalid."""
    if len({(one.weekday, one.starts) for one in windows}) < len(windows):
        raise Invalid("Two windows begin at the same time. Keep one of them.", field=field)


def check_draft(draft: RequestDraft) -> None:
    """Raises Invalid with what to correct, naming the field."""
    check_time_zone(draft.time_zone)
    if draft.ends_on is None and not draft.playbook:
        raise Invalid("Say when the work ends, or choose a playbook, which knows how long it takes.", field="ends_on")
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise Invalid("The work ends on or after the day on which it starts.", field="ends_on")
    if not draft.roles and not draft.playbook:
        raise Invalid("Say whom you need, or choose a playbook, which brings its roles.", field="roles")
    if not 1 <= draft.priority <= 5:
        raise Invalid("Priority runs from 1 (can wait) to 5 (cannot).", field="priority")
    names = [role.name for role in draft.roles]
    if len(set(names)) < len(names):
        raise Invalid(
            "Two roles have the same name. Give each a name of its own, or one role more seats.", field="roles"
        )
    for windows, name in ((draft.work, "work"), (draft.meetings, "meetings")):
        check_windows(windows, name)
    for role in draft.roles:
        check_role(role)


def check_role(role: RoleDraft) -> None:
    """Raises Invalid with what to correct in a role."""
    if not 1 <= role.seats <= 50:
        raise Invalid(f"{role.name}: between 1 and 50 seats.", field="roles")
    if not 1 <= role.hours <= 60:
        raise Invalid(f"{role.name}: between 1 and 60 hours a week.", field="roles")
    if not 1 <= role.level <= 5:
        raise Invalid(f"{role.name}: a level from 1 (learning) to 5 (could teach it).", field="roles")
    if role.minimum is not None and not 0 <= role.minimum <= role.seats:
        raise Invalid(f"{role.name}: the minimum to begin is at most its {role.seats} seats.", field="roles")
