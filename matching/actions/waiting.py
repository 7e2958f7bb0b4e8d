"""Word to those who wait: a dated answer when nothing fits, and the question whether their hours are still right."""

from datetime import datetime, timedelta

from core.actions.notices import Owed, owe_all
from matching.engine.problem import Problem
from matching.models import Match, Policy
from matching.rules import LIVE
from volunteers.models import Volunteer

_BEFORE = timedelta(days=7)


def tell_waiting(problem: Problem, *, policy: Policy, at: datetime) -> None:
    """Owes everybody who was in a run over everything, and has nothing in hand, word of where they stand.

    Nobody hears it more often than the policy says, however many runs there are.
    """
    busy = Match.objects.filter(state__in=LIVE).values("volunteer")
    waiting = Volunteer.objects.filter(pk__in=problem.volunteer_id.tolist(), user__isnull=False).exclude(pk__in=busy)
    owed = []
    for one in waiting.select_related("user").order_by("pk"):
        if one.user is not None:
            spell = max(0, (at - one.raised_at).days) // policy.answer_days
            name = str(one.public_id)
            cause = f"nothing:{name}:{one.raised_at:%Y%m%d}:{spell}"
            owed.append(Owed(one.user, "nothing", cause, {"volunteer": name}))
    owe_all(owed, at=at)


def ask_whether_still_there(*, policy: Policy, at: datetime, most: int = 500) -> int:
    """Asks people to confirm their hours, a week before these no longer count; returns how many are asked."""
    since = at - timedelta(days=policy.fresh_days) + _BEFORE
    stale = Volunteer.objects.filter(
        state=Volunteer.State.ACTIVE,
        user__is_active=True,
        availability_confirmed_at__lte=since,
        availability_confirmed_at__gt=since - 2 * _BEFORE,
    )
    people = list(stale.select_related("user").order_by("pk")[:most])
    owe_all(
        [
            Owed(
                one.user,
                "still-there",
                f"still-there:{one.public_id}:{one.availability_confirmed_at:%Y%m%d}",
                {"volunteer": str(one.public_id)},
            )
            for one in people
            if one.user is not None
        ],
        at=at,
    )
    return len(people)
