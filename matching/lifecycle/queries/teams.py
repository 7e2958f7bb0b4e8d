"""Read the team of one request: which users may see it, missing roles, members and the hours they have in common.

Who sees a team, and by name, is judged here alone: for the API by `requests_with_visible_team` and
`may_see_team_names`, for pages about one match by `list_other_members`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from campaigns.models import Request, RequestWindow
from campaigns.queries import may_review, requests_visible_to
from core.date_rules import limit_to_countable_days
from core.models import User
from core.week_mask import FULL_WEEK, HALF_HOURS_PER_WEEK, Window, mask_to_windows, round_inward, round_outward
from core.week_regimes import Regime, split_into_regimes
from matching.lifecycle.queries.matches import ASKED_IN_EMERGENCY, campaign_editors, matches_offered_to
from matching.models import HOLDS_SEAT, Match, ProblemReport
from matching.rules.states import STATES_BOTH_SIDES_KNOW, STATES_CONTACT_SHARED, MatchState
from volunteers.models import Volunteer

STATES_IN_TEAM = (MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING)
_STATES_SAID_YES = (MatchState.ACCEPTED, MatchState.ACTIVE)


@dataclass(frozen=True, slots=True)
class MissingRole:
    """A role that keeps a team from beginning: how many have accepted, and how many it needs."""

    role: str
    accepted_count: int
    min_to_start: int
    role_id: UUID


@dataclass(frozen=True, slots=True)
class CommonHours:
    """The common hours of `people` members: the hours of the worst week, the windows of the first."""

    people: int
    hours: float
    windows: list[Window]


def requests_with_visible_team(user: User) -> "QuerySet[Request]":
    """Return the requests whose team the user may see: those of their campaigns, and those on which they work."""
    own_matches = matches_offered_to(user).filter(state__in=STATES_CONTACT_SHARED)
    return Request.objects.filter(
        Q(pk__in=requests_visible_to(user).values("pk")) | Q(pk__in=own_matches.values("request"))
    )


def may_see_team_names(user: User, request: Request) -> bool:
    """Return whether the user sees a team by name: its active members, its campaign and its reviewers do."""
    working = Match.objects.filter(request=request, volunteer__user=user, state__in=STATES_CONTACT_SHARED)
    return _reads_for_campaign(user, request) or working.exists()


def _reads_for_campaign(user: User, request: Request) -> bool:
    """Return whether the user edits for the request's campaign, or reviews it."""
    is_editor = campaign_editors(request.campaign).filter(user=user).exists()
    return is_editor or may_review(user, request.campaign)


def find_missing_roles(request: Request) -> list[MissingRole]:
    """Return the roles of a request with fewer acceptances than their minimum, in order."""
    accepted = Count(
        "seats__matches",
        filter=Q(seats__matches__state__in=STATES_BOTH_SIDES_KNOW, seats__closed_at=None),
        distinct=True,
    )
    open_seats = Count("seats", filter=Q(seats__closed_at=None), distinct=True)
    roles = request.roles.annotate(accepted=accepted, open_seats=open_seats).order_by("order", "pk")
    # A minimum above the seats that are left could never be reached.
    counts = [
        MissingRole(role.shown_name, role.accepted, min(role.min_to_start, role.open_seats), role.public_id)
        for role in roles
    ]
    return [role for role in counts if role.accepted_count < role.min_to_start]


@dataclass(frozen=True, slots=True)
class TeamMember:
    """The holder of a seat as the other members see them: only role and level until both work.

    `account` is the id of the user whose contact is shown, `match_id` the member's own match, and `is_me` whether the
    reader is this member.
    """

    role: str
    level: int
    state: str
    first_name: str
    contact: str
    role_id: UUID
    match_id: UUID
    account: int | None = None
    is_me: bool = False


def list_team_members(request: Request, *, named: bool, reader: User | None = None) -> list[TeamMember]:
    """Return the members of a team in the roles' order, from the offer on; in an emergency from both yeses on.

    With `named`, active members have their name and contact; while a report about them is open, no contact. `reader`
    is the user who may be one of them. A reviewer sees the people who are asked in an emergency, too.
    """
    states = (MatchState.OFFERED, *STATES_IN_TEAM)
    reported = Exists(ProblemReport.objects.filter(match=OuterRef("pk"), handled_at=None))
    matches = Match.objects.filter(request=request, state__in=states).annotate(paused=reported)
    if request.emergency and not (reader and may_review(reader, request.campaign)):
        matches = matches.exclude(ASKED_IN_EMERGENCY)
    return [
        _build_team_member(match, named=named and match.state in STATES_CONTACT_SHARED, reader=reader)
        for match in matches.select_related("volunteer__user", "seat__role").order_by(
            "seat__role__order", "seat__number", "pk"
        )
    ]


def list_other_members(match: Match) -> list[TeamMember]:
    """Return the rest of a match's team, for a page that `find_own_match` or `find_placement` let its reader see.

    Both sides of the match read it by name while the match works.
    """
    members = list_team_members(match.request, named=match.state in STATES_CONTACT_SHARED)
    return [member for member in members if member.match_id != match.public_id]


def _build_team_member(match: Match, *, named: bool, reader: User | None) -> TeamMember:
    role, volunteer = match.seat.role, match.volunteer
    shows_contact = named and not match.paused  # type: ignore[attr-defined]
    first_name = volunteer.first_name if named else ""
    contact, account = (volunteer.reach, volunteer.user_id) if shows_contact else ("", None)
    return TeamMember(
        role=role.shown_name,
        level=role.level,
        state=match.state,
        first_name=first_name,
        contact=contact,
        role_id=role.public_id,
        match_id=match.public_id,
        account=account,
        is_me=reader is not None and volunteer.user_id == reader.pk,
    )


def compute_team_hours(request: Request, *, at: datetime) -> CommonHours:
    """Return the hours that all holders of the request's seats have free at once, in the request's time zone.

    Where the request has work windows, only those count. Weeks after clock changes count too: `hours` is that of the
    worst week. This is for reviewers; for others see `compute_visible_team_hours`.
    """
    matches = _with_windows(Match.objects.filter(HOLDS_SEAT, request=request))
    return compute_common_hours(request, [match.volunteer for match in matches], at=at)


def has_common_hour(request: Request, *, at: datetime) -> bool:
    """Return whether all people who have said yes have an hour in common.

    People who are only asked are left out, because the campaign is told of a team without a common hour.
    """
    matches = _with_windows(Match.objects.filter(request=request, state__in=_STATES_SAID_YES))
    return compute_common_hours(request, [match.volunteer for match in matches], at=at).hours > 0


def compute_visible_team_hours(user: User, request: Request, *, at: datetime) -> CommonHours:
    """Return the common hours of those members whose hours the user may know.

    Reviewers know them of all members with an offer, active members of each other; other members know only their own.
    The campaign knows those of the people who have said yes; in an emergency from both yeses on.
    """
    offered = Match.objects.filter(HOLDS_SEAT, request=request).exclude(state=MatchState.APPROVED)
    if campaign_editors(request.campaign).filter(user=user).exists():
        offered = offered.exclude(ASKED_IN_EMERGENCY)
        # Asked people do not count, not even as one of many: beside windows that the campaign knows, or that friends of
        # its own change step by step, the number would tell the week of the one that it does not know.
        offered = offered.filter(Q(volunteer__user=user) | Q(state__in=_STATES_SAID_YES))
    elif not may_review(user, request.campaign):
        of_others = Q(state__in=STATES_CONTACT_SHARED) if may_see_team_names(user, request) else Q(pk=None)
        offered = offered.filter(Q(volunteer__user=user) | of_others)
    return compute_common_hours(request, [match.volunteer for match in _with_windows(offered)], at=at)


def _with_windows(matches: "QuerySet[Match]") -> "QuerySet[Match]":
    return matches.select_related("volunteer").prefetch_related("volunteer__windows")


def compute_common_hours(
    request: Request, people: Sequence[Volunteer], *, time_zone: str = "", at: datetime
) -> CommonHours:
    """Return the common hours of these volunteers; their windows and the request's are prefetched.

    The windows are on the wall clock of `time_zone`, by default the request's.
    """
    regimes, masks = _find_common_masks(request, people, at=at)
    if not people:
        return CommonHours(0, 0.0, [])
    hours = _count_fewest_hours(masks)
    if masks[0].bit_count() == HALF_HOURS_PER_WEEK:
        return CommonHours(len(people), hours, [])
    return CommonHours(len(people), hours, mask_to_windows(masks[0], time_zone or request.time_zone, regimes[0]))


def count_common_hours(request: Request, people: Sequence[Volunteer], *, at: datetime) -> float:
    """Return the hours alone, which lists need: the windows take longer to find."""
    masks = _find_common_masks(request, people, at=at)[1]
    return _count_fewest_hours(masks) if people else 0.0


def _count_fewest_hours(masks: Sequence[int]) -> float:
    return min(mask.bit_count() for mask in masks) / 2


def _find_common_masks(
    request: Request, people: Sequence[Volunteer], *, at: datetime
) -> tuple[Sequence[Regime], list[int]]:
    """Return the stretches between clock changes, and a mask of the common time for each."""
    starts_on, ends_on = limit_to_countable_days(request.starts_on, request.ends_on, on=at.date())
    first = max(starts_on, at.date())
    zones = {request.time_zone, *(volunteer.time_zone for volunteer in people)}
    regimes = split_into_regimes(zones, first, max(first, ends_on))
    work = [
        Window(window.weekday, window.starts, window.ends)
        for window in request.windows.all()
        if window.kind == RequestWindow.Kind.WORK
    ]
    free = [
        (
            [Window(window.weekday, window.starts, window.ends) for window in volunteer.windows.all()],
            volunteer.time_zone,
        )
        for volunteer in people
    ]
    # Between clock changes the zones keep their distance, so one mask is enough for each stretch.
    masks = []
    for regime in regimes:
        mask = round_outward(work, request.time_zone, regime) if work else FULL_WEEK
        for windows, time_zone in free:
            mask &= round_inward(windows, time_zone, regime)
        masks.append(mask)
    return regimes, masks
