"""What a request must be like. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from core.errors import Invalid
from core.rules import check_time_zone
from core.weekly import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
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
    nice_skills: Sequence[str] = ()


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
    confirms_itself: bool = False
    emergency: bool = False
    not_in_scope: str = ""
    channel: str = ""
    work: Sequence[Window] = ()
    meetings: Sequence[Window] = ()
    roles: Sequence[RoleDraft] = field(default=())


def check(draft: RequestDraft) -> None:
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
        if len({(one.weekday, one.starts) for one in windows}) < len(windows):
            raise Invalid("Two windows begin at the same time. Keep one of them.", field=name)
    for role in draft.roles:
        _check_role(role)


def _check_role(role: RoleDraft) -> None:
    if not 1 <= role.seats <= 50:
        raise Invalid(f"{role.name}: between 1 and 50 seats.", field="roles")
    if not 1 <= role.hours <= 60:
        raise Invalid(f"{role.name}: between 1 and 60 hours a week.", field="roles")
    if not 1 <= role.level <= 5:
        raise Invalid(f"{role.name}: a level from 1 (learning) to 5 (could teach it).", field="roles")
    if role.minimum is not None and not 0 <= role.minimum <= role.seats:
        raise Invalid(f"{role.name}: the minimum to begin is at most its {role.seats} seats.", field="roles")
