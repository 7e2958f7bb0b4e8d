"""Lock matches and the rows they depend on, in one order: request, seat, volunteer, match, each by ascending id.

All code takes row locks in this order. That is what keeps concurrent transitions free of deadlocks.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from campaigns.models import Request, Seat
from core.errors import Stale
from matching.models import Match
from volunteers.models import Volunteer


def lock_match(match: Match, *, version: int | None = None) -> Match:
    """Lock a match after its request, seat and volunteer, and return the row as it is now.

    Every transition begins here, so two that share a seat or a volunteer wait for each other, and never deadlock.
    `version`, if given, is the version that the caller has seen. Raises Stale when it has changed since.
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
    """Raise Stale when the caller has seen another version of the match; None skips the check."""
    if version is not None and match.version != version:
        raise Stale(_("Somebody has changed this since you loaded it. Load it again and decide again."))


def lock_rows_of_matches(matches: Iterable[Match]) -> None:
    """Lock the requests, seats and volunteers of these matches, each in ascending order."""
    rows = list(matches)
    lock_rows(
        requests={match.request_id for match in rows},
        seats={match.seat_id for match in rows},
        volunteers={match.volunteer_id for match in rows},
    )


def lock_rows(*, requests: Iterable[int] = (), seats: Iterable[int] = (), volunteers: Iterable[int] = ()) -> None:
    """Lock these rows by id in the one order: requests, seats, volunteers, each ascending."""
    list(Request.objects.filter(pk__in=[*requests]).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(Seat.objects.filter(pk__in=[*seats]).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(Volunteer.objects.filter(pk__in=[*volunteers]).order_by("pk").select_for_update(no_key=True).values_list("pk"))
