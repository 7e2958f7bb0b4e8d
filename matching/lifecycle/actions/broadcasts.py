"""Offer one seat to several volunteers at once."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Seat
from core.errors import Invalid, WrongState
from core.models import User
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.offers import send_broadcast_offer
from matching.lifecycle.actions.permissions import check_may_review
from matching.lifecycle.actions.review import build_match_columns
from matching.lifecycle.actions.review_claims import check_not_claimed
from matching.lifecycle.actions.transitions import prepare_transition
from matching.lifecycle.queries.alternates import broadcast_obstacle, find_alternates, reviewer_profile_ids
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import HOLDS_SEAT, Match
from matching.rules.states import MatchState
from matching.rules.transitions import ActorKind


@transaction.atomic
def start_broadcast(*, actor: User, seat: Seat, most: int | None = None, at: datetime) -> list[Match]:
    """Offer one seat to several volunteers at once, after the policy's number of declines; the first to accept wins.

    `most` is how many volunteers to ask; the policy's number is the default and the maximum. Raises NotAllowed,
    WrongState (too few declines, seat taken, or offers are open), Invalid (no eligible volunteer).
    """
    check_may_review(actor, seat.role.request)
    lock_rows(requests=[seat.role.request_id])
    check_not_claimed(actor, seat.role.request, at=at)
    policy = get_active_policy()
    obstacle = broadcast_obstacle(seat, policy=policy)
    if obstacle is not None:
        raise WrongState(obstacle)
    most = min(most or policy.broadcast_size, policy.broadcast_size)
    offers = broadcast_seat(seat, ActorKind.REVIEWER, most=most, at=at, besides=reviewer_profile_ids(actor))
    if not offers:
        raise Invalid(_("Nobody who is free now fits this place. Its page says which change would open it."))
    return offers


def broadcast_seat(
    seat: Seat, actor_kind: ActorKind, *, most: int, at: datetime, besides: Collection[int] = ()
) -> list[Match]:
    """Send broadcast offers for a seat to the best `most` volunteers; to none when the seat is closed or not open.

    `besides` are the ids of volunteers to leave out, such as the reviewer's own: nobody decides about themselves.
    Raises WrongState when the seat is taken, or offers for it are open already.
    """
    policy = get_active_policy()
    alternates = find_alternates(seat, policy=policy, at=at, most=most, besides=besides)
    with transaction.atomic():
        volunteer_ids = [alternate.volunteer.pk for alternate in alternates]
        lock_rows(requests=[seat.role.request_id], seats=[seat.pk], volunteers=volunteer_ids)
        seat_matches = Match.objects.filter(seat=seat)
        if seat_matches.filter(HOLDS_SEAT).exists() or seat_matches.filter(state=MatchState.OFFERED).exists():
            raise WrongState(_("This place is taken, or people are being asked for it. Wait for their answers."))
        # Which volunteers to lock is known only after a first look without locks. Before the locks were ours, some may
        # have got another offer or seat, or this seat may have been closed: look again, among the locked ones only.
        alternates = find_alternates(seat, policy=policy, at=at, most=most, among=volunteer_ids)
        chosen = {alternate.volunteer.pk for alternate in alternates}
        proposals = seat_matches.filter(state=MatchState.PROPOSED).select_for_update()
        proposed = {match.volunteer_id: match for match in proposals}
        for match in proposed.values():
            if match.volunteer_id not in chosen:
                prepare_transition(match, "cancel", ActorKind.SYSTEM)(at=at)
        elsewhere = Match.objects.filter(request=seat.role.request, state=MatchState.PROPOSED).exclude(seat=seat)
        busy = set(elsewhere.values_list("volunteer_id", flat=True))
        offers = []
        # The proposed volunteer comes first, since the index allows one proposal a seat: it must be an offer by then.
        for alternate in sorted(alternates, key=lambda alternate: alternate.volunteer.pk not in proposed):
            if alternate.volunteer.pk in busy:
                continue
            match = proposed.get(alternate.volunteer.pk) or Match.objects.create(
                **build_match_columns(alternate.volunteer, seat, alternate.score_parts, at=at)
            )
            send_broadcast_offer(match, actor_kind, at=at)
            offers.append(match)
    return offers
