"""Drafts of requests and candidacies, and the rules for both. Without database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.field_errors import FieldErrors, check_unique
from core.spoken_languages import check_languages
from core.text_folding import fold_name
from core.time_zones import check_time_zone
from core.week_mask import MAX_WEEKLY_WINDOWS, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidacy:
    """A contest and a candidate in it. Jurisdiction and party are named by their codes."""

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
    """One role of a drafted request. Skills are named by their codes. `role_id` is that of a stored role."""

    name: str
    skill: str
    hours_per_week: int
    tasks: str = ""
    level: int = 3
    seat_count: int = 1
    min_to_start: int | None = None
    is_lead: bool = False
    makes_decisions: bool = False
    vetted_for: str | None = None
    languages: Sequence[str] = ()
    nice_to_have_skills: Sequence[str] = ()
    role_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """A drafted request as a whole; without roles, it takes its playbook's."""

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
    is_on_board: bool = True
    emergency: bool = False
    out_of_scope: str = ""
    channel: str = ""
    work: Sequence[Window] = ()
    meetings: Sequence[Window] = ()
    roles: Sequence[RoleDraft] = field(default=())


MAX_ROLES_PER_REQUEST = 20
MAX_SEATS_PER_REQUEST = 300
"""Closed seats count too, so that adding and closing seats in turn makes no endless list of rows."""
MAX_SEATS_PER_ROLE = 50
MAX_TASKS_LENGTH = 300
"""Characters of the sentence that says what the people of a role do."""
MAX_HOURS_PER_WEEK = 60
MAX_LANGUAGES_PER_ROLE = 20
MAX_NICE_SKILLS_PER_ROLE = 20
MAX_DRAFTS_PER_CAMPAIGN = 20
MAX_UNVERIFIED_CAMPAIGNS_PER_USER = 3


def check_windows(windows: Sequence[Window], field: str) -> None:
    """Check that there are not too many windows, and that no two begin at the same time. Raises Invalid."""
    if len(windows) > MAX_WEEKLY_WINDOWS:
        raise Invalid(
            _("These are too many windows. Give %(limit)s at most.") % {"limit": MAX_WEEKLY_WINDOWS}, field=field
        )
    errors = FieldErrors()
    with errors.collect(field):
        starts = [(window.weekday, window.starts) for window in windows]
        check_unique(starts, "", _("Two windows begin at the same time. Keep one of them."))
    errors.raise_if_any()


def check_draft(draft: RequestDraft) -> None:
    """Check a drafted request with its roles. Raises Invalid, naming every field to correct by its path."""
    errors = FieldErrors()
    with errors.collect():
        check_time_zone(draft.time_zone)
    if draft.ends_on is None and not draft.playbook:
        errors.add("ends_on", _("The end of the work is missing. Give it, or choose a playbook, which sets it."))
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        message = _("The work ends before it starts. Correct one of the dates.")
        errors.add("ends_on", message, reads=("starts_on",))
    if not draft.roles and not draft.playbook:
        errors.add("roles", _("The request has no roles. Add one, or choose a playbook, which brings its roles."))
    with errors.collect():
        check_priority(draft.priority)
    with errors.collect():
        seats = sum(role.seat_count for role in draft.roles)
        check_amounts(roles=len(draft.roles), seats=seats, roles_field="roles", seats_field="roles")
    with errors.collect("roles"):
        message = _("Two roles have the same name. Give each a name of its own, or one role more seats.")
        check_unique([fold_name(role.name) for role in draft.roles], "name", message)
    for windows, name in ((draft.work, "work"), (draft.meetings, "meetings")):
        with errors.collect():
            check_windows(windows, name)
    for index, role in enumerate(draft.roles):
        with errors.collect(f"roles.{index}"):
            check_role(role)
    errors.raise_if_any()


def check_amounts(*, roles: int, seats: int, roles_field: str, seats_field: str) -> None:
    """Check how many roles and seats a request has, closed ones included. Raises Invalid."""
    errors = FieldErrors()
    if roles > MAX_ROLES_PER_REQUEST:
        message = _("A request has at most %(limit)s roles, closed ones included. Draft another request for more.")
        errors.add(roles_field, message % {"limit": MAX_ROLES_PER_REQUEST})
    if seats > MAX_SEATS_PER_REQUEST:
        message = _("A request has at most %(limit)s seats, closed ones included. Draft another request for more.")
        errors.add(seats_field, message % {"limit": MAX_SEATS_PER_REQUEST})
    errors.raise_if_any()


def check_role(role: RoleDraft) -> None:
    """Check one role of a draft. Raises Invalid, naming every field to correct."""
    errors = FieldErrors()
    if not 1 <= role.seat_count <= MAX_SEATS_PER_ROLE:
        errors.add("seat_count", _("The seats are out of range. Give 1 to 50."))
    if not 1 <= role.hours_per_week <= MAX_HOURS_PER_WEEK:
        errors.add("hours_per_week", _("The hours a week are out of range. Give 1 to 60."))
    if not 1 <= role.level <= 5:
        errors.add("level", _("The level is out of range. Give 1 (learning) to 5 (could teach it)."))
    if role.min_to_start is not None and not 0 <= role.min_to_start <= role.seat_count:
        message = _("The minimum to begin is more than the role's seats. Give 0 to %(seats)s.")
        errors.add("min_to_start", message % {"seats": role.seat_count}, reads=("seat_count",))
    with errors.collect():
        check_languages(role.languages, field="languages")
    for name, limit in (("languages", MAX_LANGUAGES_PER_ROLE), ("nice_to_have_skills", MAX_NICE_SKILLS_PER_ROLE)):
        if len(getattr(role, name)) > limit:
            errors.add(name, _("These are too many. Give %(limit)s at most.") % {"limit": limit})
    errors.raise_if_any()


def check_priority(priority: int) -> None:
    """Check how urgent a request is, from 1 to 5. Raises Invalid."""
    if not 1 <= priority <= 5:
        raise Invalid(_("This priority is out of range. Give 1 (can wait) to 5 (cannot)."), field="priority")
