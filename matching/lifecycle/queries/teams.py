"""The people of one request together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from campaigns.models import Request, RequestWindow
from core.models import User
from core.week_mask import (
    FULL_WEEK,
    HALF_HOURS_PER_WEEK,
    Window,
    mask_to_windows,
    round_inward,
    round_outward,
    split_into_regimes,
)
from matching.lifecycle.queries.matches import campaign_editors, may_see_team_names
from matching.models import HOLDS_SEAT, Match, ProblemReport
from matching.rules.states import STATES_BOTH_SIDES_KNOW, STATES_CONTACT_SHARED, MatchState
from volunteers.models import Volunteer

STATES_IN_TEAM = (MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING)


@dataclass(frozen=True, slots=True)
class MissingRole:
    """A role that keeps a team from beginning: how many have said yes, and how many it takes."""

    role: str
    have: int
    minimum: int


@dataclass(frozen=True, slots=True)
class CommonHours:
    """When a team's people can all work: the fewest half-hours of any week, and the windows of the first one."""

    people: int
    hours: float
    windows: list[Window]


def find_missing_roles(request: Request) -> list[MissingRole]:
    """The roles of a request staffed whole in which fewer people have said yes than their minimum, in their order."""
    there = Count(
        "seats__matches", filter=Q(seats__matches__state__in=STATES_BOTH_SIDES_KNOW, seats__closed_at=None), distinct=True
    )
    open_seats = Count("seats", filter=Q(seats__closed_at=None), distinct=True)
    roles = request.roles.annotate(there=there, open_seats=open_seats).order_by("order", "pk")
    # A minimum above the seats that are left could never be reached.
    needed = [(role.name, role.there, min(role.minimum, role.open_seats)) for role in roles]
    return [MissingRole(name, there, minimum) for name, there, minimum in needed if there < minimum]


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody who holds a place, as the others see them: by role and level until both work."""

    role: str
    level: int
    state: str
    first_name: str
    contact: str
    account: int | None = None  # whose contact it is


def list_team_members(request: Request, *, named: bool) -> list[TeamMember]:
    """Who holds a place in a request and has been asked, in the roles' order.

    With `named`, those who work are shown by name and contact; the contact not while a report about them is open.
    """
    asked = (MatchState.OFFERED, *STATES_IN_TEAM)
    reported = Exists(ProblemReport.objects.filter(match=OuterRef("pk"), handled_at=None))
    matches = Match.objects.filter(request=request, state__in=asked).annotate(paused=reported)
    return [
        _build_team_member(match, named=named and match.state in STATES_CONTACT_SHARED)
        for match in matches.select_related("volunteer__user", "seat__role").order_by(
            "seat__role__order", "seat__number", "pk"
        )
    ]


def _build_team_member(match: Match, *, named: bool) -> TeamMember:
    role, volunteer = match.seat.role, match.volunteer
    shown = named and not match.paused  # type: ignore[attr-defined]
    first_name = volunteer.first_name if named else ""
    contact, account = (volunteer.reach, volunteer.user_id) if shown else ("", None)
    return TeamMember(role.name, role.level, match.state, first_name, contact, account)


def compute_team_hours(request: Request, *, at: datetime) -> CommonHours:
    """The hours that everybody who holds a place in the request has free at once, on the wall clock of the request.

    Where the request names hours of work, only those count. Clock changes on the way are allowed for: `hours` is the
    least of any week.
    """
    matches = Match.objects.filter(HOLDS_SEAT, request=request).select_related("volunteer")
    return compute_common_hours(
        request, [match.volunteer for match in matches.prefetch_related("volunteer__windows")], at=at
    )


def compute_visible_team_hours(user: User, request: Request, *, at: datetime) -> CommonHours:
    """The same as far as somebody may know it: of nobody who has not been asked yet.

    The campaign and reviewers see it of all who were asked; those who work in it of each other; whoever does not work
    yet of themselves alone.
    """
    asked = Match.objects.filter(HOLDS_SEAT, request=request).exclude(state=MatchState.APPROVED)
    if not user.is_reviewer and not campaign_editors(request.campaign).filter(user=user).exists():
        of_others = Q(state__in=STATES_CONTACT_SHARED) if may_see_team_names(user, request) else Q(pk=None)
        asked = asked.filter(Q(volunteer__user=user) | of_others)
    matches = asked.select_related("volunteer").prefetch_related("volunteer__windows")
    return compute_common_hours(request, [match.volunteer for match in matches], at=at)


def compute_common_hours(request: Request, people: Sequence[Volunteer], *, at: datetime) -> CommonHours:
    """The same for these people, whose windows and the request's have been read."""
    first = max(request.starts_on, at.date())
    zones = {request.time_zone, *(one.time_zone for one in people)}
    spells = split_into_regimes(zones, first, max(first, request.ends_on))
    work = [
        Window(one.weekday, one.starts, one.ends)
        for one in request.windows.all()
        if one.kind == RequestWindow.Kind.WORK
    ]
    masks = []
    for spell in spells:
        mask = round_outward(work, request.time_zone, spell) if work else FULL_WEEK
        for one in people:
            free = [Window(each.weekday, each.starts, each.ends) for each in one.windows.all()]
            mask &= round_inward(free, one.time_zone, spell)
        masks.append(mask)
    least = min(mask.bit_count() for mask in masks)
    if not people:
        return CommonHours(0, 0.0, [])
    if masks[0].bit_count() == HALF_HOURS_PER_WEEK:
        return CommonHours(len(people), least / 2, [])
    return CommonHours(len(people), least / 2, mask_to_windows(masks[0], request.time_zone, spells[0]))
