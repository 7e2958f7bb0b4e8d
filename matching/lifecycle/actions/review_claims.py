"""Keep two reviewers apart: one looks at a team of proposals, and it is free again by itself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Request
from core.conflict_of_interest import is_impartial_reviewer, list_impartial_reviewers
from core.errors import WrongState
from core.models import User
from core.notifications.moments import format_moment
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.permissions import check_may_review
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.queries.review_facts import needs_second_reviewer
from matching.models import FirstApproval, Match, ReviewClaim
from matching.rules.review_flags import CLAIM_LASTS


@transaction.atomic
def claim_team(*, actor: User, request: Request, at: datetime) -> ReviewClaim:
    """Keep the proposals of a request for the actor, who looks at them. To claim it again prolongs it.

    Raises NotAllowed, WrongState (another reviewer looks at it).
    """
    check_may_review(actor, request)
    lock_rows(requests=[request.pk])
    check_not_claimed(actor, request, at=at)
    claim, _is_new = ReviewClaim.objects.update_or_create(
        request=request, defaults={"reviewer": actor, "lapses_at": at + CLAIM_LASTS}
    )
    return claim


@transaction.atomic
def release_team(*, actor: User, request: Request) -> None:
    """Give a team back before its time, so that another reviewer can look at it; without a claim nothing happens."""
    check_may_review(actor, request)
    lock_rows(requests=[request.pk])
    ReviewClaim.objects.filter(request=request, reviewer=actor).delete()


def check_not_claimed(actor: User, request: Request, *, at: datetime) -> None:
    """Raise WrongState while another reviewer looks at the proposals of the request. The caller has locked it."""
    claims = ReviewClaim.objects.filter(request=request, lapses_at__gt=at).exclude(reviewer=actor)
    claim = claims.select_related("reviewer").first()
    if claim is not None and claim.reviewer.is_reviewer:
        raise WrongState(
            _("%(reviewer)s looks at this team until %(time)s. Take another one, or ask them to give it back.")
            % {"reviewer": claim.reviewer, "time": format_moment(claim.lapses_at, get_active_policy().time_zone)}
        )


def is_approved_twice(actor: User, match: Match, *, at: datetime) -> bool:
    """Return whether an approval by the actor is enough, and store it as the first one where it is not.

    One is enough where nothing asks for a second reviewer, or no other one may review the contest. Raises WrongState
    when the first one was the actor's.
    """
    if not needs_second_reviewer(match):
        return True
    contest = match.request.campaign.candidate.contest_id
    others = list_impartial_reviewers(contest).exclude(pk__in=[actor.pk, match.volunteer.user_id or 0])
    if not others.exists():
        return True
    first = FirstApproval.objects.filter(match=match).first()
    if first is None or not is_impartial_reviewer(first.reviewer, contest):
        # A first yes counts as long as who gave it may still review the contest.
        FirstApproval.objects.update_or_create(match=match, defaults={"reviewer": actor, "approved_at": at})
        return False
    if first.reviewer_id == actor.pk:
        raise WrongState(_("You have approved this already. It waits for a second reviewer: ask one of them."))
    return True
