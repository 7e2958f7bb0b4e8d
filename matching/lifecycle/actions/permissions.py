"""Check who may act on a match, and lock it for them."""

from campaigns.models import Campaign, Member, Request
from core.errors import NotAllowed
from core.models import User
from matching.lifecycle.actions.locking import lock_match
from matching.lifecycle.queries.matches import campaign_editors, side_of_user
from matching.models import Match
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_BOTH_SIDES_KNOW, MatchState


def lock_match_for_volunteer(actor: User, match: Match, *, version: int | None = None) -> Match:
    """The match, held, if it is put to this person. Raises NotAllowed."""
    if match.volunteer.user_id != actor.pk:
        raise NotAllowed("This offer was made to somebody else.")
    return lock_match(match, version=version)


def lock_match_for_campaign(actor: User, match: Match, *, version: int | None = None) -> Match:
    """The match, held, if this person acts for its campaign. Raises NotAllowed."""
    if not campaign_editors(match.request.campaign).filter(user=actor).exists():
        raise NotAllowed("Only this campaign's manager and staff can do this.")
    return lock_match(match, version=version)


def lock_match_for_reviewer(actor: User, match: Match, *, version: int | None = None) -> Match:
    """The match, held, if this person reviews and does not serve in the contest. Raises NotAllowed."""
    check_may_review(actor, match.request)
    return lock_match(match, version=version)


def check_may_review(actor: User, request: Request) -> None:
    """Raises NotAllowed unless this person reviews and has no part in the request's contest."""
    check_may_review_campaign(actor, request.campaign)


def check_may_review_campaign(actor: User, campaign: Campaign) -> None:
    """The same of a campaign."""
    if not actor.is_reviewer:
        raise NotAllowed("Only reviewers decide about matches.")
    contest = campaign.candidate.contest_id
    serves = Match.objects.filter(volunteer__user=actor, request__campaign__candidate__contest=contest)
    members = Member.objects.filter(user=actor, campaign__candidate__contest=contest)
    if serves.exclude(offered_at=None).exists() or members.exists():
        raise NotAllowed("You have a part in this contest yourself, so another reviewer decides.")


def check_match_side(
    actor: User, match: Match, campaign_in: tuple[MatchState, ...] = STATES_BOTH_SIDES_KNOW
) -> MatchSide:
    """Return the side on which the actor is. Raises NotAllowed (none, or the campaign's in a state not `campaign_in`)."""
    side = side_of_user(actor, match)
    if side is None or (side == MatchSide.CAMPAIGN and match.state not in campaign_in):
        raise NotAllowed("You have no part in this match.")
    return side
