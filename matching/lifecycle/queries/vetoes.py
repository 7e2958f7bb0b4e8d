"""Select the vetoes that a user may see, with what each side may know of the other."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from campaigns.models import Member
from campaigns.queries import EDITOR_POSITIONS
from core.conflict_of_interest import no_part_in_contest
from core.models import User
from matching.lifecycle.queries.campaign_names import CAMPAIGN_NAMED, is_campaign_named
from matching.lifecycle.queries.matches import is_not_about, matches_offered_to
from matching.models import Match, Veto
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_BOTH_SIDES_KNOW, STATES_ENDED_EARLY, STATES_REPORTABLE, MatchState


def vetoes_by_volunteer(user: User) -> "QuerySet[Veto]":
    """Return a volunteer's own vetoes; `named` is true where they may learn which campaign it is against.

    An offer has to have named it. No veto comes from a match that hides its campaign.
    """
    of_campaign = matches_offered_to(user).filter(request__campaign=OuterRef("campaign"))
    is_named = Exists(of_campaign.filter(CAMPAIGN_NAMED))
    own_vetoes = Veto.objects.filter(volunteer__user=user, side=MatchSide.VOLUNTEER)
    return own_vetoes.annotate(named=is_named).select_related("campaign")


def find_own_veto(user: User, public_id: UUID) -> Veto | None:
    """Return one of a volunteer's own vetoes, as `vetoes_by_volunteer` does; None if it is none of theirs."""
    return vetoes_by_volunteer(user).filter(public_id=public_id).first()


def may_rule_out(match: Match) -> bool:
    """Return whether the volunteer of a match that is over may say never to its campaign: it is named to them."""
    return match.state in (*STATES_ENDED_EARLY, MatchState.COMPLETED) and is_campaign_named(match)


def vetoes_by_campaigns_of(user: User) -> "QuerySet[Veto]":
    """Return the vetoes of the campaigns that the user edits, with what they may know of the volunteers.

    `title` and `role`, with their ids, are those of the latest accepted match. `known` is true where the campaign sees
    the volunteer.
    """
    editor = Member.objects.filter(user=user, position__in=EDITOR_POSITIONS)
    between = Match.objects.filter(volunteer=OuterRef("volunteer"), request__campaign=OuterRef("campaign"))
    latest = between.filter(state__in=STATES_REPORTABLE).order_by("-state_changed_at", "-pk")
    campaign_vetoes = Veto.objects.filter(campaign__members__in=editor, side=MatchSide.CAMPAIGN)
    return campaign_vetoes.annotate(
        title=Subquery(latest.values("request__title")[:1]),
        role=Subquery(latest.values("seat__role__name")[:1]),
        request_id=Subquery(latest.values("request__public_id")[:1]),
        role_id=Subquery(latest.values("seat__role__public_id")[:1]),
        known=Exists(between.filter(state__in=STATES_BOTH_SIDES_KNOW)),
    ).select_related("campaign", "volunteer")


def vetoes_visible_to(user: User) -> "QuerySet[Veto]":
    """Return all vetoes outside the contests in which a reviewer has a part; none for other users."""
    visible = (
        Veto.objects.filter(no_part_in_contest(user, "campaign__candidate__contest"), is_not_about(user))
        if user.is_reviewer
        else Veto.objects.none()
    )
    return visible.select_related("campaign", "volunteer", "created_by")


def may_lift_veto(user: User, veto: Veto) -> bool:
    """Return whether the user belongs to the side that made a veto."""
    if veto.side == MatchSide.VOLUNTEER:
        return veto.volunteer.user_id == user.pk
    if veto.side == MatchSide.CAMPAIGN:
        return veto.campaign.members.filter(user=user, position__in=EDITOR_POSITIONS).exists()
    return vetoes_visible_to(user).filter(pk=veto.pk).exists()
