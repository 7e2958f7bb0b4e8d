"""Drafts of requests and candidacies, changes of requests, and the rules for both. Without database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.languages import check_languages
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
    """One role of a drafted request. Skills are named by their codes."""

    name: str
    skill: str
    hours_per_week: int
    level: int = 3
    seat_count: int = 1
    min_to_start: int | None = None
    is_lead: bool = False
    makes_decisions: bool = False
    vetted_for: str | None = None
    languages: Sequence[str] = ()
    nice_to_have_skills: Sequence[str] = ()


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
MAX_HOURS_PER_WEEK = 60
MAX_LANGUAGES_PER_ROLE = 20
MAX_NICE_SKILLS_PER_ROLE = 20
MAX_DRAFTS_PER_CAMPAIGN = 20
MAX_REQUEST_WRITES_PER_CAMPAIGN_PER_DAY = 300
"""Each draft, change and publication counts. Each may write 300 seats, and as many rows of history, which stay."""
MAX_UNVERIFIED_CAMPAIGNS_PER_USER = 3
MAX_CAMPAIGNS_REGISTERED_PER_DAY = 5
"""By one person, ended campaigns too: each one informs reviewers, and has its own limit of invitations."""

REQUEST_TEXT_FIELDS = ("title", "summary", "brief", "out_of_scope", "channel", "contact")
"""Of a request: its volunteers are informed of a change but need not answer again."""

REQUEST_TERM_FIELDS = ("starts_on", "ends_on", "time_zone", "work", "meetings")
"""Of a request: the terms its volunteers agreed to, about which they are asked again."""

EMERGENCY_OFFER_FIELDS = ("title", "summary")
"""Of an emergency: its volunteers read them before they may know which campaign it is, so no campaign writes them."""

ROLE_TERM_FIELDS = ("hours_per_week", "is_lead", "makes_decisions")
"""Of a role: likewise the terms its volunteers agreed to."""

ROLE_ELIGIBILITY_FIELDS = ("level", "languages", "vetted_for")
"""Of a role: its requirements. Volunteers who still meet them need not answer again."""


def check_amended_request(*, ends_on: date, time_zone: str, priority: int, today: date) -> None:
    """Check a request as it would be after an amendment. Raises Invalid, naming the field to correct."""
    check_time_zone(time_zone)
    if ends_on < today:
        raise Invalid(_("This day is over. Give a later one, or cancel the request."), field="ends_on")
    if not 1 <= priority <= 5:
        raise Invalid(_("This priority is out of range. Give 1 (can wait) to 5 (cannot)."), field="priority")


def check_windows(windows: Sequence[Window], field: str) -> None:
    """Check that there are not too many windows, and that no two begin at the same time. Raises Invalid."""
    if len(windows) > MAX_WEEKLY_WINDOWS:
        raise Invalid(
            _("These are too many windows. Give %(limit)s at most.") % {"limit": MAX_WEEKLY_WINDOWS}, field=field
        )
    if len({(window.weekday, window.starts) for window in windows}) < len(windows):
        raise Invalid(_("Two windows begin at the same time. Keep one of them."), field=field)


def check_draft(draft: RequestDraft) -> None:
    """Check a drafted request with its roles. Raises Invalid, naming the field to correct."""
    check_time_zone(draft.time_zone)
    if draft.ends_on is None and not draft.playbook:
        raise Invalid(
            _("The end of the work is missing. Give it, or choose a playbook, which sets it."), field="ends_on"
        )
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise Invalid(_("The work ends before it starts. Correct one of the dates."), field="ends_on")
    if not draft.roles and not draft.playbook:
        raise Invalid(
            _("The request has no roles. Add one, or choose a playbook, which brings its roles."), field="roles"
        )
    if not 1 <= draft.priority <= 5:
        raise Invalid(_("This priority is out of range. Give 1 (can wait) to 5 (cannot)."), field="priority")
    check_amounts(roles=len(draft.roles), seats=sum(role.seat_count for role in draft.roles), field="roles")
    names = [role.name for role in draft.roles]
    if len(set(names)) < len(names):
        raise Invalid(
            _("Two roles have the same name. Give each a name of its own, or one role more seats."), field="roles"
        )
    for windows, name in ((draft.work, "work"), (draft.meetings, "meetings")):
        check_windows(windows, name)
    for role in draft.roles:
        check_role(role)


def check_amounts(*, roles: int, seats: int, field: str) -> None:
    """Check how many roles and seats a request has, closed ones included. Raises Invalid."""
    if roles > MAX_ROLES_PER_REQUEST:
        params = {"limit": MAX_ROLES_PER_REQUEST}
        raise Invalid(
            _("A request has at most %(limit)s roles, closed ones included. Draft another request for more.") % params,
            field=field,
        )
    if seats > MAX_SEATS_PER_REQUEST:
        params = {"limit": MAX_SEATS_PER_REQUEST}
        raise Invalid(
            _("A request has at most %(limit)s seats, closed ones included. Draft another request for more.") % params,
            field=field,
        )


def check_role(role: RoleDraft) -> None:
    """Check one role of a draft. Raises Invalid."""
    params = {"role": role.name, "seats": role.seat_count}
    check_languages(role.languages, field="roles")
    if not 1 <= role.seat_count <= MAX_SEATS_PER_ROLE:
        raise Invalid(_("%(role)s: the seats are out of range. Give 1 to 50.") % params, field="roles")
    if not 1 <= role.hours_per_week <= MAX_HOURS_PER_WEEK:
        raise Invalid(_("%(role)s: the hours a week are out of range. Give 1 to 60.") % params, field="roles")
    if not 1 <= role.level <= 5:
        raise Invalid(
            _("%(role)s: the level is out of range. Give 1 (learning) to 5 (could teach it).") % params, field="roles"
        )
    if role.min_to_start is not None and not 0 <= role.min_to_start <= role.seat_count:
        raise Invalid(
            _("%(role)s: the minimum to begin is more than its seats. Give 0 to %(seats)s.") % params, field="roles"
        )
    if len(role.languages) > MAX_LANGUAGES_PER_ROLE or len(role.nice_to_have_skills) > MAX_NICE_SKILLS_PER_ROLE:
        raise Invalid(
            _("%(role)s: it names more than 20 languages or skills that are nice to have. Give fewer.") % params,
            field="roles",
        )
