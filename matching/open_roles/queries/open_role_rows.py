"""What the board shows of one open role. Nothing else of it leaves this module."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from campaigns.models import PlaybookRole, RequestWindow, Role
from core.spoken_languages import COMMON_LANGUAGES
from core.time_zones import is_time_zone
from core.week_mask import Window
from core.zone_loading import load_time_zone
from matching.open_roles.queries.board import Board
from matching.open_roles.queries.board_roles import roles_with_ids
from matching.open_roles.queries.fits import Fits


@dataclass(frozen=True, slots=True)
class OpenRole:
    """An open role as the board shows it.

    `id` is the role's id on the board, which stands nowhere else. `ends_in` is the first day of the month in which the
    work ends; None where it is not shown. Of the campaign, None stands for a fact that is not shown; an empty `party`
    is a candidate without one. `meetings` are on the reader's clock; None where they are not shown. `has_interest` says
    that the reader said that they would like the role; None for a reader who is not signed in. `languages` are those of
    which the person speaks one; empty where any will do, and where a rare one would tell where the campaign is.
    """

    id: UUID
    name: str
    skill: str
    skill_name: str
    level: int
    hours_per_week: int
    tasks: str
    languages: tuple[str, ...]
    weeks: int
    ends_in: date | None
    state: str | None
    region: str | None
    party: str | None
    office_level: str | None
    meetings: tuple[Window, ...] | None
    has_interest: bool | None


def with_shown_columns(roles: "QuerySet[Role]") -> "QuerySet[Role]":
    """Return these roles with what `build_open_roles` reads, in three statements."""
    meetings = RequestWindow.objects.filter(kind=RequestWindow.Kind.MEETING)
    return (
        with_shown_names(roles)
        .select_related("skill", "request")
        .annotate(has_playbook_tasks=Exists(_same_roles_of_playbooks().filter(tasks=OuterRef("tasks"))))
        .prefetch_related(Prefetch("request__windows", queryset=meetings, to_attr="meetings_of_board"))
    )


def with_shown_names(roles: "QuerySet[Role]") -> "QuerySet[Role]":
    """Return these roles with what `shown_name` reads."""
    return roles.select_related("skill").annotate(has_playbook_name=Exists(_same_roles_of_playbooks()))


def _same_roles_of_playbooks() -> "QuerySet[PlaybookRole]":
    return PlaybookRole.objects.filter(name=OuterRef("name"), skill=OuterRef("skill"))


def build_open_roles(
    roles: Iterable[Role], board: Board, *, time_zone: str | None, interests: Collection[UUID] | None = None
) -> list[OpenRole]:
    """Return what the board shows of roles that are on it, read with `with_shown_columns`.

    `time_zone` is the reader's; None for a reader who is not signed in, who sees no meeting times. `interests` are the
    ids on the board of the roles that the reader waits for; None for a reader who is not signed in.
    """
    return [_build_open_role(role, board, time_zone, interests) for role in roles]


def shown_name(role: Role) -> str:
    """Return the name of a role that was read with `with_shown_names`, as the board shows it."""
    # A name that a campaign wrote may name the campaign.
    return role.shown_name if role.has_playbook_name else role.skill.shown_name  # type: ignore[attr-defined]


def _build_open_role(role: Role, board: Board, time_zone: str | None, interests: Collection[UUID] | None) -> OpenRole:
    request, facts = role.request, board.shown[role.request.campaign_id]
    # A meeting hour tells a time zone, so it is shown only where the region is.
    shows_meetings = time_zone is not None and facts.region is not None
    return OpenRole(
        id=role.board_id,
        name=shown_name(role),
        skill=role.skill.code,
        skill_name=role.skill.shown_name,
        level=role.level,
        hours_per_week=role.hours_per_week,
        # So may what it wrote of the tasks.
        tasks=role.shown_tasks if role.has_playbook_tasks else "",  # type: ignore[attr-defined]
        languages=_show_languages(role),
        # The whole length, and the month of the end. Weeks that are left would tell the very day, from day to day.
        weeks=-(-((request.ends_on - request.starts_on).days + 1) // 7),
        ends_in=board.find_shown_month(request.campaign_id, request.ends_on),
        state=facts.state,
        region=facts.region,
        party=facts.party,
        office_level=facts.level,
        meetings=_move_meetings(role, board.on, time_zone) if time_zone and shows_meetings else None,
        has_interest=None if interests is None else role.board_id in interests,
    )


def _show_languages(role: Role) -> tuple[str, ...]:
    return tuple(role.languages) if set(role.languages) <= set(COMMON_LANGUAGES) else ()


def _move_meetings(role: Role, today: date, time_zone: str) -> tuple[Window, ...]:
    """Return the weekly meetings on the clock of `time_zone`, as in the first week of the work that is left."""
    request = role.request
    if not is_time_zone(request.time_zone):
        return ()
    first = max(today, request.starts_on)
    moved = [
        _move_window(window, first, load_time_zone(request.time_zone), load_time_zone(time_zone))
        for window in request.meetings_of_board  # type: ignore[attr-defined]
    ]
    return tuple(sorted(moved, key=lambda window: (window.weekday, window.starts)))


def _move_window(window: RequestWindow, first: date, source: ZoneInfo, target: ZoneInfo) -> Window:
    day = first + timedelta(days=(window.weekday - first.weekday()) % 7)
    starts = datetime.combine(day, window.starts, source).astimezone(target)
    next_day = timedelta(days=1 if window.ends <= window.starts else 0)
    ends = datetime.combine(day + next_day, window.ends, source).astimezone(target)
    return Window(starts.weekday(), starts.time(), ends.time())


def list_fitting_roles(
    fits: Fits, *, limit: int, time_zone: str | None, interests: Collection[UUID] | None = None
) -> list[OpenRole]:
    """Return the roles that fit, the best first, at most `limit` of them; the rest as in `build_open_roles`."""
    roles = read_roles_in_order(fits.list_role_ids()[:limit])
    return build_open_roles(roles, fits.board, time_zone=time_zone, interests=interests)


def read_roles_in_order(ids: list[int]) -> list[Role]:
    """Return the roles with these ids in their order, with what is shown. One that was deleted is left out."""
    role_by_id = {role.pk: role for role in with_shown_columns(roles_with_ids(ids))}
    return [role_by_id[pk] for pk in ids if pk in role_by_id]
