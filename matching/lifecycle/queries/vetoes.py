"""Who may see which veto and which pin, and what of it."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from campaigns.models import Member
from campaigns.queries import EDITOR_POSITIONS
from core.models import User
from matching.lifecycle.queries.matches import matches_offered_to, no_part_in_contest
from matching.models import Match, Veto
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_BOTH_SIDES_KNOW, STATES_REPORTABLE


def vetoes_by_volunteer(user: User) -> "QuerySet[Veto]":
    """A volunteer's own, with `named`: the campaign's name, where an offer has told it to them.

    An emergency names nobody before both have said yes, and a veto does not either.
    """
    told = matches_offered_to(user).filter(
        Q(request__emergency=False) | Q(state__in=STATES_BOTH_SIDES_KNOW), request__campaign=OuterRef("campaign")
    )
    mine = Veto.objects.filter(volunteer__user=user, side=MatchSide.VOLUNTEER)
    return mine.annotate(named=Exists(told)).select_related("campaign")


def vetoes_by_campaigns_of(user: User) -> "QuerySet[Veto]":
    """Those that the campaigns for which somebody acts have made, with what they may know of whom.

    `title` and `role`: for what the person had said yes, the last time. `known`: they are shown to the campaign today.
    """
    editor = Member.objects.filter(user=user, position__in=EDITOR_POSITIONS)
    between = Match.objects.filter(volunteer=OuterRef("volunteer"), request__campaign=OuterRef("campaign"))
    last = between.filter(state__in=STATES_REPORTABLE).order_by("-state_changed_at", "-pk")
    theirs = Veto.objects.filter(campaign__members__in=editor, side=MatchSide.CAMPAIGN)
    return theirs.annotate(
        title=Subquery(last.values("request__title")[:1]),
        role=Subquery(last.values("seat__role__name")[:1]),
        known=Exists(between.filter(state__in=STATES_BOTH_SIDES_KNOW)),
    ).select_related("campaign", "volunteer")


def vetoes_visible_to(user: User) -> "QuerySet[Veto]":
    """All of them, for a reviewer, but those of contests in which they have a part."""
    seen = (
        Veto.objects.filter(no_part_in_contest(user, "campaign__candidate__contest"))
        if user.is_reviewer
        else Veto.objects.none()
    )
    return seen.select_related("campaign", "volunteer", "made_by")


def may_lift_veto(user: User, veto: Veto) -> bool:
    """Whether somebody is of the side that made a veto."""
    if veto.side == MatchSide.VOLUNTEER:
        return veto.volunteer.user_id == user.pk
    if veto.side == MatchSide.CAMPAIGN:
        return veto.campaign.members.filter(user=user, position__in=EDITOR_POSITIONS).exists()
    return vetoes_visible_to(user).filter(pk=veto.pk).exists()
