"""Lock a match and what it hangs on, in the one lock order: request, seat, volunteer, match, each by ascending id."""

from collections.abc import Iterable

from campaigns.models import Request, Seat
from core.errors import Stale
from matching.models import Match
from volunteers.models import Volunteer


def lock_match(match: Match, *, version: int | None = None) -> Match:
    """The row as it is now, locked until the transaction ends, after its request, seat and volunteer, in this order.

    Every move of a match begins here, so two moves that touch the same place or person wait for each other, and never
    in a circle. `version` is the one that the person saw, if given: Stale when it has changed since.
    """
    lock_rows_of_matches([match])
    now = (
        Match.objects.select_for_update(no_key=True, of=("self",))
        .select_related("request__campaign__candidate__contest", "seat__role", "volunteer__user")
        .get(pk=match.pk)
    )
    check_match_version(now, version)
    return now


def check_match_version(match: Match, version: int | None) -> None:
    """Raises Stale when the match is no longer at the version that somebody saw, if given."""
    if version is not None and match.version != version:
        raise Stale("Somebody has changed this since you loaded it. Load it again and decide anew.")


def lock_rows_of_matches(matches: Iterable[Match]) -> None:
    """Locks the requests, seats and volunteers of these matches, each in ascending order."""
    rows = list(matches)
    lock_rows(
        requests={match.request_id for match in rows},
        seats={match.seat_id for match in rows},
        volunteers={match.volunteer_id for match in rows},
    )


def lock_rows(*, requests: Iterable[int] = (), seats: Iterable[int] = (), volunteers: Iterable[int] = ()) -> None:
    """Locks these rows in the one order: requests, seats, volunteers, each ascending."""
    list(Request.objects.filter(pk__in=[*requests]).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(Seat.objects.filter(pk__in=[*seats]).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(Volunteer.objects.filter(pk__in=[*volunteers]).order_by("pk").select_for_update(no_key=True).values_list("pk"))
