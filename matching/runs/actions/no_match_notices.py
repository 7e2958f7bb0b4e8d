"""Tell volunteers and campaigns that a run found nothing for them.

The reason is worded for volunteers by `matching/open_roles/explanations.py`, for campaigns by
`matching/runs/explanations.py`, the letter around it by `matching/notice_texts.py`.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from campaigns.models import Request
from core.models import Notice
from core.notifications.outbox import PendingNotice, enqueue_notice_per_row, enqueue_notices
from matching.engine.problem import Problem
from matching.lifecycle.queries.matches import contact_of_request
from matching.models import Match, Policy
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import STATES_NOT_OVER
from matching.snapshot.open_seats import empty_seats
from volunteers.actions.answers import record_answers
from volunteers.models import Volunteer

_SEARCH_GRACE_PERIOD = timedelta(days=3)  # since publication, in which an empty seat is normal
NOTICE_BLOCK_SIZE = 5_000  # volunteers for each statement


def notify_unmatched_volunteers(problem: Problem, *, policy: Policy, at: datetime) -> None:
    """Enqueue a notice for each volunteer who was in a run over everything and has no match that is not over.

    A volunteer gets one notice at most in `no_match_notice_days` of the policy, however many runs there are. It answers
    a raised hand, so one who was promised an answer gets it in any case. Each statement covers a block of volunteers,
    so that its locks are short.
    """
    current_matches = Match.objects.filter(state__in=STATES_NOT_OVER)
    recent_notices = _recent_notices(MatchingNotice.NO_MATCH_YET, policy, at)
    volunteer_ids = problem.volunteer_id.tolist()
    for start in range(0, len(volunteer_ids), NOTICE_BLOCK_SIZE):
        block = volunteer_ids[start : start + NOTICE_BLOCK_SIZE]
        # Both subqueries are limited to the block: without this each block would read all notices sent so far.
        unmatched = (
            Volunteer.objects.filter(pk__in=block, state=Volunteer.State.ACTIVE, user__is_active=True)
            .exclude(pk__in=current_matches.filter(volunteer__in=block).values("volunteer"))
            .exclude(
                answer_due_at=None, user__in=recent_notices.filter(recipient__volunteer__in=block).values("recipient")
            )
        )
        with transaction.atomic():
            promised = unmatched.filter(answer_due_at__isnull=False).order_by("pk")
            answered_ids = list(promised.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
            enqueue_notice_per_row(unmatched, MatchingNotice.NO_MATCH_YET, to="user_id", subject="volunteer", day=at)
            record_answers(answered_ids)


def notify_campaigns_of_empty_seats(*, policy: Policy, at: datetime) -> int:
    """Enqueue a notice for the contact of each request that has had an empty seat for some days since it was published.

    A request causes one notice at most in `no_match_notice_days` of the policy. Return the number of notices.
    """
    recent_notices = _recent_notices(MatchingNotice.EMPTY_SEATS, policy, at)
    notified_requests = set(recent_notices.values_list("subjects__request", flat=True))
    seats = empty_seats(policy=policy, at=at).filter(role__request__published_at__lte=at - _SEARCH_GRACE_PERIOD)
    requests = Request.objects.filter(pk__in=seats.values("role__request")).select_related("contact__user")
    notices = [
        PendingNotice(
            contact,
            MatchingNotice.EMPTY_SEATS,
            f"{MatchingNotice.EMPTY_SEATS}:{request.public_id}:{at:%Y%m%d}",
            {"request": str(request.public_id)},
        )
        for request in requests.order_by("pk")
        if str(request.public_id) not in notified_requests and (contact := contact_of_request(request)) is not None
    ]
    enqueue_notices(notices, at=at)
    return len(notices)


def _recent_notices(kind: str, policy: Policy, at: datetime) -> "QuerySet[Notice]":
    period = timedelta(days=policy.no_match_notice_days)
    # Bounded on both sides: a notice that a wrong clock dated in the future must not suppress later ones.
    since, until = at - period, at + period
    return Notice.objects.filter(kind=kind, obsolete_at=None, created_at__gt=since, created_at__lt=until)
