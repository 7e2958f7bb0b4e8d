"""Check who may act on a match, and lock it for them."""

from django.utils.translation import gettext as _

from campaigns.actions.reviewers import check_may_review_campaign
from campaigns.models import Campaign, Request
from core.conflict_of_interest import check_not_oneself
from core.errors import NotAllowed
from core.models import User
from matching.lifecycle.actions.locking import lock_match
from matching.lifecycle.queries.matches import campaign_editors, side_of_user
from matching.models import Match
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_BOTH_SIDES_KNOW, MatchState
from volunteers.models import Volunteer
from volunteers.queries import has_profile


def lock_match_for_volunteer(actor: User, match: Match, *, version: int | None = None) -> Match:
    """Lock and return the match if it is the user's own. Raises NotAllowed, Stale."""
    if match.volunteer.user_id != actor.pk:
        raise NotAllowed(_("This offer was made to somebody else."))
    return lock_match(match, version=version)


def lock_match_for_campaign(actor: User, match: Match, *, version: int | None = None) -> Match:
    """Lock and return the match if the user may edit for its campaign. Raises NotAllowed, Stale."""
    if not campaign_editors(match.request.campaign).filter(user=actor).exists():
        raise NotAllowed(_("Only this campaign's manager and staff can do this."))
    return lock_match(match, version=version)


def lock_match_for_reviewer(actor: User, match: Match, *, version: int | None = None) -> Match:
    """Lock and return the match if the user is a reviewer without a part in its contest, and not its volunteer.

    Raises NotAllowed, Stale.
    """
    check_may_review_pair(actor, match.volunteer, match.request.campaign)
    return lock_match(match, version=version)


def check_may_review(actor: User, request: Request) -> None:
    """Raise NotAllowed unless the user is a reviewer without a part in the request's contest."""
    check_may_review_campaign(actor, request.campaign)


def check_may_review_pair(actor: User, volunteer: Volunteer, campaign: Campaign) -> None:
    """Raise NotAllowed unless the user is a reviewer without a part in the contest, and is not the volunteer."""
    check_may_review_campaign(actor, campaign)
    check_not_oneself(actor, actor.pk if has_profile(actor, volunteer) else None)


def check_may_choose(actor: User, volunteer: Volunteer, campaign: Campaign) -> None:
    """Raise NotAllowed unless the user may review the pair, and the volunteer is no reviewer.

    A place that one reviewer gives another would hide the contest from them. Only a run, which ranks all, does so.
    """
    check_may_review_pair(actor, volunteer, campaign)
    check_no_reviewers(volunteer)


def check_no_reviewers(*volunteers: Volunteer) -> None:
    """Raise NotAllowed when one of the volunteers is a reviewer: no other reviewer chooses them."""
    if any(volunteer.user is not None and volunteer.user.is_reviewer for volunteer in volunteers):
        raise NotAllowed(
            _(
                "This volunteer is a reviewer. No reviewer chooses another, as a place would hide its contest from"
                " them. Leave it to the next run, or choose somebody else."
            )
        )


def check_match_side(
    actor: User, match: Match, campaign_states: tuple[MatchState, ...] = STATES_BOTH_SIDES_KNOW
) -> MatchSide:
    """Return the user's side in a match; a campaign has one only in `campaign_states`. Raises NotAllowed (none)."""
    side = side_of_user(actor, match)
    if side is None or (side == MatchSide.CAMPAIGN and match.state not in campaign_states):
        raise NotAllowed(_("You have no part in this match."))
    return side
