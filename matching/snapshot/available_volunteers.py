"""Which volunteers may be in a snapshot, and their time zones."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Q, QuerySet

from core.time_zones import is_time_zone
from matching.models import Match, Policy
from volunteers.models import Volunteer

OFFER_LIMIT_PERIOD = timedelta(weeks=1)


def available_volunteers(*, include_unclaimed: bool = False) -> "QuerySet[Volunteer]":
    """Return active adult volunteers with an active account; with `include_unclaimed` also those without an account."""
    claimed = Q(user__is_active=True) | Q(user=None) if include_unclaimed else Q(user__is_active=True)
    return Volunteer.objects.filter(claimed, state=Volunteer.State.ACTIVE, adult=True)


def proposable_volunteers(*, policy: Policy, at: datetime, include_unclaimed: bool = False) -> "QuerySet[Volunteer]":
    """Return volunteers who can be proposed now: rested, with confirmed hours, below the weekly offer limit."""
    confirmed = Q(availability_confirmed_at__gt=at - timedelta(days=policy.availability_valid_days)) | Q(user=None)
    rested = Q(rest_until=None) | Q(rest_until__lte=at.date())
    is_offered = Q(offered_at__gt=at - OFFER_LIMIT_PERIOD) | Q(offer_leaves_at__isnull=False)
    offered = Match.objects.filter(is_offered, request__emergency=False)
    offer_counts = offered.values("volunteer").annotate(offers=Count("pk"))
    at_limit = offer_counts.filter(offers__gte=policy.max_offers_per_week).values("volunteer")
    available = available_volunteers(include_unclaimed=include_unclaimed)
    return available.filter(confirmed, rested).exclude(pk__in=at_limit)


def time_zones_in_use() -> list[str]:
    """Return the known time zones of all volunteers. A volunteer in an unknown one is left out of everything."""
    return [zone for zone in _read_time_zones() if is_time_zone(zone)]


def volunteers_in_unknown_zones(people: "QuerySet[Volunteer]") -> "QuerySet[Volunteer]":
    """Return those of these volunteers whose time zone is unknown."""
    unknown = [zone for zone in _read_time_zones() if not is_time_zone(zone)]
    return people.filter(time_zone__in=unknown) if unknown else people.none()


def _read_time_zones() -> list[str]:
    # The recursion steps through the index once a zone, not once a row.
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE zones (zone) AS (
                SELECT min(time_zone) FROM volunteers_volunteer
                UNION ALL
                SELECT (SELECT min(time_zone) FROM volunteers_volunteer WHERE time_zone > zones.zone)
                FROM zones WHERE zones.zone IS NOT NULL
            )
            SELECT zone FROM zones WHERE zone IS NOT NULL ORDER BY zone
            """
        )
        return [zone for (zone,) in cursor.fetchall()]
