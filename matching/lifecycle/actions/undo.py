"""Undo an approval before its offer leaves."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.errors import Full, WrongState
from core.models import User
from matching.lifecycle.actions.permissions import lock_match_for_reviewer
from matching.lifecycle.actions.teams import send_approved_offers
from matching.lifecycle.actions.transitions import prepare_transition
from matching.lifecycle.queries.deadlines import review_deadline
from matching.lifecycle.queries.matches import contest_of_match
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import FirstApproval, Match
from matching.rules.states import MatchState
from matching.rules.transitions import ActorKind


def undo_approval(*, actor: User, match: Match, at: datetime, version: int | None = None) -> Match:
    """Take an approval back, by any reviewer: the match is a proposal again, and its review has a new clock.

    It holds neither seat nor hours any more. A team staffed whole that it completed waits for its last member again.
    Raises NotAllowed, WrongState (the offer has left), Stale, Full (another proposal has its place).
    """
    try:
        with transaction.atomic():
            match = lock_match_for_reviewer(actor, match, version=version)
            _check_offer_has_not_left(match)
            apply_transition = prepare_transition(match, "undo", ActorKind.REVIEWER)
            due_at = review_deadline(get_active_policy(), contest_of_match(match), at=at, urgent=match.request.urgent)
            apply_transition(at=at, due_at=due_at)
            # Where two reviewers had to say yes, both look again.
            FirstApproval.objects.filter(match=match).delete()
            send_approved_offers(match.request, at=at)
    except IntegrityError as error:
        message = _("Another proposal has this place by now. Look again, and decide about both.")
        raise Full(message) from error
    return match


def _check_offer_has_not_left(match: Match) -> None:
    """Raise WrongState, which says why and what to do, when the offer has left."""
    if match.state != MatchState.OFFERED:
        return
    if match.request.urgent or match.request.emergency or match.is_broadcast:
        message = _("An urgent offer, and one to several people, leaves at once. Take the offer back instead.")
    else:
        message = _("The offer has left. Take the offer back instead: the volunteer is told of it.")
    raise WrongState(message)
