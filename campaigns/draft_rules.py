"""Drafts of requests and candidacies, changes of requests, and the rules for both. Without database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.field_errors import FieldErrors, check_unique
from core.spoken_languages import check_languages
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
MAX_REQUEST_WRITES_PER_CAMPAIGN_PER_DAY = 300
"""Each draft, change and publication counts. Each may write 300 seats, and as many rows of history, which stay."""
MAX_CHANGES_PER_REQUEST_PER_DAY = 50
"""Of a published request: each change may ask all of its people again, by letter. A request has 20 roles to change."""
MAX_POSITION_CHANGES_PER_MEMBER_PER_DAY = 10
"""Each informs the member, and the other managers of a new one."""
MAX_CANDIDATE_LINKS_PER_CAMPAIGN_PER_DAY = 5
"""Each is a letter to the address that the candidate has filed."""
MAX_FILING_CHANGES_PER_CAMPAIGN_PER_DAY = 20
"""Each new safe phone informs every manager."""
MAX_UNVERIFIED_CAMPAIGNS_PER_USER = 3
MAX_CAMPAIGNS_REGISTERED_PER_DAY = 5
"""By one person, ended campaigns too: each one informs reviewers, and has its own limit of invitations."""

REQUEST_PLAIN_FIELDS = ("priority", "is_on_board")
REQUEST_TEXT_FIELDS = ("title", "summary", "brief", "out_of_scope", "channel", "contact")
"""Of a request: its volunteers are informed of a change but need not answer again."""

REQUEST_TERM_FIELDS = ("starts_on", "ends_on", "time_zone", "work", "meetings")
"""Of a request: the terms its volunteers agreed to, about which they are asked again."""

EMERGENCY_OFFER_FIELDS = ("title", "summary", "brief", "channel")
"""Of an emergency: no campaign changes them once it is reported.

Its volunteers read the first two before they may know which campaign it is. The others say what happened and where the
campaign is reached: the people who broke in could put their own number there.
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
        _check_priority(priority)
    errors.raise_if_any()


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
        _check_priority(draft.priority)
    with errors.collect():
        seats = sum(role.seat_count for role in draft.roles)
        check_amounts(roles=len(draft.roles), seats=seats, roles_field="roles", seats_field="roles")
    with errors.collect("roles"):
        message = _("Two roles have the same name. Give each a name of its own, or one role more seats.")
        check_unique([role.name for role in draft.roles], "name", message)
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


def _check_priority(priority: int) -> None:
    if not 1 <= priority <= 5:
        raise Invalid(_("This priority is out of range. Give 1 (can wait) to 5 (cannot)."), field="priority")
