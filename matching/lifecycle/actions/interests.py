"""End interests: by an offer, by the volunteer, because the role is gone, or because the promised date has come."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Request, Seat
from core.errors import NotAllowed
from core.models import User
from core.notifications.outbox import PendingNotice, enqueue_notices
from matching.lifecycle.queries.deadlines import hand_answer_deadline
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Interest, Match
from matching.rules.interest_ends import ENDS_WITH_NOTICE, InterestEnd
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import STATES_WORK_DONE, MatchState
from volunteers.models import Volunteer

_BATCH_SIZE = 500


def end_interest_by_offer(match: Match, *, at: datetime) -> None:
    """End the interest that an offer answers; the caller has locked the match and offers it now."""
    of_pair = Interest.objects.filter(volunteer=match.volunteer_id, role=match.seat.role_id, ended_at=None)
    of_pair.update(ended_at=at, end_reason=InterestEnd.OFFERED)


def withdraw_interest(*, actor: User, interest: Interest, at: datetime) -> bool:
    """Take an interest of one's own back; return whether it was open. One that has ended stays as it is.

    Raises NotAllowed (another's).
    """
    own = Interest.objects.filter(pk=interest.pk, volunteer__user=actor)
    if not own.exists():
        raise NotAllowed(_("Somebody else asked for this. Take back only what is on your own page."))
    return bool(own.filter(ended_at=None).update(ended_at=at, end_reason=InterestEnd.WITHDRAWN))


def renew_interest_deadlines(volunteer: Volunteer, *, at: datetime) -> None:
    """Promise an answer to the open interests of a volunteer who is back from a pause, in which nothing is offered."""
    due_at = hand_answer_deadline(get_active_policy(), volunteer.time_zone, at=at)
    Interest.objects.filter(volunteer=volunteer, ended_at=None).update(answer_due_at=due_at)


def end_settled_interests(*, at: datetime, most: int = _BATCH_SIZE) -> int:
    """End every interest that is answered, or whose date has come, and tell its volunteer why; return how many.

    Each kind of end ends the first `most`, so that locks are short.
    """
    ended = 0
    for reason, condition in _list_conditions(at):
        with transaction.atomic():
            settled = Interest.objects.filter(condition, ended_at=None).order_by("answer_due_at", "pk")
            ended += _end_interests(settled, reason, at=at, most=most)
    return ended


def _list_conditions(at: datetime) -> list[tuple[InterestEnd, Q]]:
    """Return what ends an interest, the first reason that holds first."""
    offers = Match.objects.filter(
        volunteer=OuterRef("volunteer"), seat__role=OuterRef("role"), offered_at__gte=OuterRef("since")
    )
    published = Q(role__request__state=Request.State.PUBLISHED)
    needed = Seat.objects.filter(published, role=OuterRef("role"), closed_at=None).exclude(
        role__request__campaign__state=Campaign.State.ENDED
    )
    # A person who has only said yes may still be turned down, and then the role is open again.
    taken = Match.objects.filter(seat=OuterRef("pk"), state__in=(MatchState.ACTIVE, *STATES_WORK_DONE))
    has_left = Q(volunteer__state=Volunteer.State.LEFT) | ~Q(volunteer__user__is_active=True)
    # In a pause nothing is offered, so no date can come: see `renew_interest_deadlines`.
    is_due = Q(answer_due_at__lte=at) & ~Q(volunteer__state=Volunteer.State.PAUSED)
    return [
        (InterestEnd.OFFERED, Q(Exists(offers))),
        (InterestEnd.UNAVAILABLE, has_left),
        (InterestEnd.CLOSED, ~Q(Exists(needed))),
        (InterestEnd.FILLED, ~Q(Exists(needed.exclude(Exists(taken))))),
        (InterestEnd.NOT_THIS_TIME, is_due),
    ]


def _end_interests(interests: "QuerySet[Interest]", reason: InterestEnd, *, at: datetime, most: int) -> int:
    locked = interests.select_for_update(no_key=True, skip_locked=True, of=("self",))
    rows = list(locked.select_related("volunteer__user")[:most])
    Interest.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=at, end_reason=reason)
    if reason in ENDS_WITH_NOTICE:
        _notify_volunteers(rows, at)
    return len(rows)


def _notify_volunteers(interests: Collection[Interest], at: datetime) -> None:
    """Enqueue a notice for each volunteer who has an account and has not left."""
    pending = [
        PendingNotice(
            interest.volunteer.user,
            MatchingNotice.INTEREST_ENDED,
            f"{MatchingNotice.INTEREST_ENDED}:{interest.public_id}",
            {"ended_interest": str(interest.public_id)},
        )
        for interest in interests
        if interest.volunteer.user is not None and interest.volunteer.state != Volunteer.State.LEFT
    ]
    enqueue_notices(pending, at=at)
