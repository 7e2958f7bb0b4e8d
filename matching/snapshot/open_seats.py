"""Which seats a run may fill."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Request, Seat
from matching.models import HOLDS_SEAT, Match, Policy
from matching.rules.states import STATES_HOLDING_SEAT, STATES_WORK_DONE, MatchState


def open_seats(
    *,
    on: date,
    horizon_days: int,
    include_broadcasts: bool = False,
    include_approved: bool = False,
    ignored_match: int | None = None,
) -> "QuerySet[Seat]":
    """Return the free seats of published requests of verified campaigns that start within `horizon_days`.

    Seats with broadcast offers, and emergencies, are not for runs: only `include_broadcasts` returns them too. A paused
    campaign gets no new volunteers, except in an emergency. With `include_approved`, a seat is free until its offer
    has left: nobody but reviewers is told of an approval. The match with the id `ignored_match` does not count as a
    holder of its seat.
    """
    occupying = (
        HOLDS_SEAT | Q(state__in=STATES_WORK_DONE)
        if include_broadcasts
        else Q(state__in=(*STATES_HOLDING_SEAT, *STATES_WORK_DONE))
    )
    holders = Match.objects.filter(occupying, seat=OuterRef("pk")).exclude(pk=ignored_match or 0)
    if include_approved:
        holders = holders.exclude(state=MatchState.APPROVED)
    no_emergency = Q(role__request__emergency=False)
    return Seat.objects.filter(
        ~Exists(holders),
        Q(role__request__campaign__paused_at=None) | ~no_emergency,
        Q() if include_broadcasts else no_emergency,
        closed_at=None,
        role__request__state=Request.State.PUBLISHED,
        role__request__campaign__state="verified",
        role__request__starts_on__lte=on + timedelta(days=horizon_days),
        role__request__ends_on__gte=on,
        role__request__campaign__candidate__contest__election_on__gte=on,
    )


def empty_seats(*, policy: Policy, at: datetime) -> "QuerySet[Seat]":
    """Return the open seats as their campaign knows them: without an open offer.

    A proposal and an approval change nothing: else a campaign could change a role, step by step, until one person is
    proposed, and so learn about that person.
    """
    return open_seats(on=at.date(), horizon_days=policy.horizon_days, include_approved=True)
