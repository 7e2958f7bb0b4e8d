"""Count how far the seats of roles and requests are filled, in one statement for a whole list.

A campaign is not told what waits for a reviewer. It could else change a role, step by step, until a volunteer is
proposed, and so learn what a single volunteer can do.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from campaigns.models import Member, Request, Role, Seat
from campaigns.signals import SeatStage, find_seat_stages
from core.models import User


@dataclass(frozen=True, slots=True)
class FillCounts:
    """The open seats of a role or a request, by stage.

    `empty_count` are those without a person and without an offer; `in_review_count` of these have a proposal. It is
    None for a reader who is not told.
    """

    seat_count: int
    filled_count: int
    offered_count: int
    empty_count: int
    in_review_count: int | None


def attach_fill_counts(requests: Sequence[Request], *, reader: User) -> None:
    """Set `fill`, the FillCounts, on these requests and on their roles; the roles are prefetched."""
    roles = [list(request.roles.all()) for request in requests]
    attach_role_fill_counts(list(chain.from_iterable(roles)), reader=reader)
    for request, own_roles in zip(requests, roles, strict=True):
        request.fill = _sum_counts([role.fill for role in own_roles])  # type: ignore[attr-defined]


def attach_role_fill_counts(roles: Sequence[Role], *, reader: User) -> None:
    """Set `fill`, the FillCounts, on these roles; their requests are read already."""
    stages = find_seat_stages(role.pk for role in roles)
    seat_ids: defaultdict[int, list[int]] = defaultdict(list)
    # Ids alone: a page of requests has hundreds of seats, and nothing else of them is shown.
    open_seats = Seat.objects.filter(role__in=[role.pk for role in roles], closed_at=None).order_by()
    for role_id, seat_id in open_seats.values_list("role_id", "pk"):
        seat_ids[role_id].append(seat_id)
    own_campaign_ids = _find_own_campaign_ids(reader) if reader.is_reviewer else set()
    for role in roles:
        is_told = reader.is_reviewer and role.request.campaign_id not in own_campaign_ids
        role.fill = _count_seats([stages.get(seat_id) for seat_id in seat_ids[role.pk]], is_told=is_told)  # type: ignore[attr-defined]


def _find_own_campaign_ids(reader: User) -> set[int]:
    return set(Member.objects.filter(user=reader).values_list("campaign_id", flat=True))


def _count_seats(found: Sequence[SeatStage | None], *, is_told: bool) -> FillCounts:
    filled, offered = found.count(SeatStage.FILLED), found.count(SeatStage.OFFERED)
    in_review = found.count(SeatStage.IN_REVIEW) if is_told else None
    return FillCounts(len(found), filled, offered, len(found) - filled - offered, in_review)


def _sum_counts(counts: Iterable[FillCounts]) -> FillCounts:
    rows = list(counts)
    is_told = bool(rows) and all(row.in_review_count is not None for row in rows)
    return FillCounts(
        sum(row.seat_count for row in rows),
        sum(row.filled_count for row in rows),
        sum(row.offered_count for row in rows),
        sum(row.empty_count for row in rows),
        sum(row.in_review_count or 0 for row in rows) if is_told else None,
    )
