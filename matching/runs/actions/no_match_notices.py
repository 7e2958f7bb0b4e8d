"""Tell volunteers and campaigns that a run found nothing for them."""

from datetime import datetime, timedelta

from campaigns.models import Request
from core.models import Notice
from core.notifications.outbox import PendingNotice, enqueue_notice_per_row, enqueue_notices
from matching.engine.problem import Problem
from matching.lifecycle.queries.matches import contact_of_request
from matching.models import Match, Policy
from matching.rules.states import STATES_NOT_OVER
from matching.snapshot.requests import empty_seats
from volunteers.models import Volunteer

_SEARCH_GRACE_PERIOD = timedelta(days=3)  # for which nobody expects an answer
NOTICE_BLOCK_SIZE = 5_000  # people whom one statement tells


def notify_unmatched_volunteers(problem: Problem, *, policy: Policy, at: datetime) -> None:
    """Owes everybody who was in a run over everything, and has nothing in hand, word of where they stand.

    Nobody hears it more often than the policy says, however many runs there are. A statement for every few thousand
    people, so that nothing is held for long.
    """
    busy = Match.objects.filter(state__in=STATES_NOT_OVER)
    spell = timedelta(days=policy.no_match_notice_days)
    # Bounded on both sides: word that was dated while a clock was wrong silences nobody.
    told = Notice.objects.filter(kind="nothing", obsolete_at=None, created_at__gt=at - spell, created_at__lt=at + spell)
    ids = problem.volunteer_id.tolist()
    for begin in range(0, len(ids), NOTICE_BLOCK_SIZE):
        some = ids[begin : begin + NOTICE_BLOCK_SIZE]
        # Of these people alone: all who were told are as many as the people when the last block is read.
        waiting = (
            Volunteer.objects.filter(pk__in=some, state=Volunteer.State.ACTIVE, user__is_active=True)
            .exclude(pk__in=busy.filter(volunteer__in=some).values("volunteer"))
            .exclude(user__in=told.filter(recipient__volunteer__in=some).values("recipient"))
        )
        enqueue_notice_per_row(waiting, "nothing", to="user_id", subject="volunteer", day=at)


def notify_campaigns_of_empty_seats(*, policy: Policy, at: datetime) -> int:
    """Owes word to whoever answers a request for which nobody was found some days after it was published.

    Nobody hears it of one request more often than the policy says. Returns how many requests are told of.
    """
    spell = timedelta(days=policy.no_match_notice_days)
    told = Notice.objects.filter(
        kind="unfilled", obsolete_at=None, created_at__gt=at - spell, created_at__lt=at + spell
    )
    heard = set(told.values_list("subjects__request", flat=True))
    empty = empty_seats(policy=policy, at=at).filter(role__request__published_at__lte=at - _SEARCH_GRACE_PERIOD)
    requests = Request.objects.filter(pk__in=empty.values("role__request")).select_related("contact__user")
    owed = [
        PendingNotice(to, "unfilled", f"unfilled:{one.public_id}:{at:%Y%m%d}", {"request": str(one.public_id)})
        for one in requests.order_by("pk")
        if str(one.public_id) not in heard and (to := contact_of_request(one)) is not None
    ]
    enqueue_notices(owed, at=at)
    return len(owed)
