"""Word to those who wait: a dated answer when nothing fits, and the question whether their hours are still right."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from campaigns.models import Campaign, Member, Request
from campaigns.queries import campaigns_awaiting_verification
from core.accounts.queries import list_reviewers
from core.models import Notice
from core.notifications.outbox import PendingNotice, enqueue_notice_per_row, enqueue_notices
from matching.engine.problem import Problem
from matching.models import Match, Policy
from matching.queries.answers import review_ends
from matching.queries.demand import empty_seats
from matching.queries.matches import contact_of
from matching.rules import LIVE
from volunteers.models import Volunteer

_BEFORE = timedelta(days=7)
_LATE = timedelta(days=60)
_LOOKING = timedelta(days=3)  # for which nobody expects an answer
_JUST_OVER = timedelta(days=3)
_WEEKEND = (5, 6)
BLOCK = 5_000  # people whom one statement tells


def tell_waiting(problem: Problem, *, policy: Policy, at: datetime) -> None:
    """Owes everybody who was in a run over everything, and has nothing in hand, word of where they stand.

    Nobody hears it more often than the policy says, however many runs there are. A statement for every few thousand
    people, so that nothing is held for long.
    """
    busy = Match.objects.filter(state__in=LIVE)
    spell = timedelta(days=policy.answer_days)
    # Bounded on both sides: word that was dated while a clock was wrong silences nobody.
    told = Notice.objects.filter(kind="nothing", dropped_at=None, owed_at__gt=at - spell, owed_at__lt=at + spell)
    ids = problem.volunteer_id.tolist()
    for begin in range(0, len(ids), BLOCK):
        some = ids[begin : begin + BLOCK]
        # Of these people alone: all who were told are as many as the people when the last block is read.
        waiting = (
            Volunteer.objects.filter(pk__in=some, state=Volunteer.State.ACTIVE, user__is_active=True)
            .exclude(pk__in=busy.filter(volunteer__in=some).values("volunteer"))
            .exclude(user__in=told.filter(recipient__volunteer__in=some).values("recipient"))
        )
        enqueue_notice_per_row(waiting, "nothing", to="user_id", subject="volunteer", day=at)


def tell_campaigns(*, policy: Policy, at: datetime) -> int:
    """Owes word to whoever answers a request for which nobody was found some days after it was published.

    Nobody hears it of one request more often than the policy says. Returns how many requests are told of.
    """
    spell = timedelta(days=policy.answer_days)
    told = Notice.objects.filter(kind="unfilled", dropped_at=None, owed_at__gt=at - spell, owed_at__lt=at + spell)
    heard = set(told.values_list("subjects__request", flat=True))
    empty = empty_seats(policy=policy, at=at).filter(role__request__published_at__lte=at - _LOOKING)
    requests = Request.objects.filter(pk__in=empty.values("role__request")).select_related("contact__user")
    owed = [
        PendingNotice(to, "unfilled", f"unfilled:{one.public_id}:{at:%Y%m%d}", {"request": str(one.public_id)})
        for one in requests.order_by("pk")
        if str(one.public_id) not in heard and (to := contact_of(one)) is not None
    ]
    enqueue_notices(owed, at=at)
    return len(owed)


def remind_of_unverified(*, policy: Policy, at: datetime) -> int:
    """Reminds the reviewers, once a working day, of campaigns that have waited longer than a review to be verified.

    Whoever manages one hears once that it takes longer than it should. Returns how many campaigns wait so long.
    """
    if at.astimezone(ZoneInfo(policy.time_zone)).weekday() in _WEEKEND:
        return 0
    waiting = campaigns_awaiting_verification()
    late = [one for one in waiting if review_ends(policy, one.candidate.contest, since=one.created_at, at=at) <= at]
    if late:
        day = f"{at:%Y%m%d}"
        enqueue_notices(
            [PendingNotice(to, "verify-waits", f"verify-waits:{to.pk}:{day}", {}) for to in list_reviewers()], at=at
        )
    _owe_managers("being-verified", late, at=at)
    return len(late)


def ask_after_primaries(*, at: datetime) -> int:
    """Asks managers, once, how it goes on after their primary: if it is lost, work is handed over.

    Returns how many campaigns' primaries have just been.
    """
    days = at.date() - _JUST_OVER, at.date() - timedelta(days=1)
    campaigns = Campaign.objects.filter(state=Campaign.State.VERIFIED, candidate__contest__primary_on__range=days)
    return _owe_managers("primary-over", list(campaigns), at=at)


def _owe_managers(kind: str, campaigns: Sequence[Campaign], *, at: datetime) -> int:
    """Owes whoever manages these campaigns word of a kind, once; returns how many campaigns there are."""
    managers = Member.objects.filter(campaign__in=campaigns, position=Member.Position.MANAGER)
    owed = [
        PendingNotice(one.user, kind, f"{kind}:{one.public_id}", {"campaign": str(one.campaign.public_id)})
        for one in managers.select_related("user", "campaign")
    ]
    enqueue_notices(owed, at=at)
    return len(campaigns)


def ask_whether_still_there(*, policy: Policy, at: datetime, most: int = 500) -> int:
    """Asks people to confirm their hours, a week before these no longer count; returns how many are asked.

    Once for each time that they have confirmed them. Who has been silent since long before is left alone.
    """
    since = at - timedelta(days=policy.fresh_days) + _BEFORE
    asked = Notice.objects.filter(
        recipient=OuterRef("user"), kind="still-there", owed_at__gt=OuterRef("availability_confirmed_at")
    )
    stale = Volunteer.objects.filter(
        ~Exists(asked),
        state=Volunteer.State.ACTIVE,
        user__is_active=True,
        availability_confirmed_at__lte=since,
        availability_confirmed_at__gt=since - _LATE,
    )
    return _owe_each(
        "still-there", stale.order_by("pk")[:most], lambda one: f"{one.availability_confirmed_at:%Y%m%d}", at=at
    )


def _owe_each(kind: str, people: "QuerySet[Volunteer]", when: Callable[[Volunteer], str], *, at: datetime) -> int:
    owed = [
        PendingNotice(one.user, kind, f"{kind}:{one.public_id}:{when(one)}", {"volunteer": str(one.public_id)})
        for one in people.select_related("user")
        if one.user is not None
    ]
    enqueue_notices(owed, at=at)
    return len(owed)
