"""Create and lift vetoes: a volunteer and a campaign that are never matched."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign
from core.daily_limits import check_daily_rows
from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from matching.lifecycle.actions.hidden_campaigns import check_match_names_campaign, check_may_veto
from matching.lifecycle.actions.locking import lock_rows, lock_rows_of_matches
from matching.lifecycle.actions.permissions import check_may_review_pair
from matching.lifecycle.actions.transitions import cancel_match, reopen_seat
from matching.lifecycle.queries.matches import matches_offered_to, placements_visible_to
from matching.lifecycle.queries.vetoes import may_lift_veto
from matching.models import Match, Veto
from matching.rules.reasons import AutomaticReason
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_REPORTABLE, MatchState
from volunteers.actions.erased_profiles import check_not_erased
from volunteers.models import Volunteer

MAX_VETOES_PER_PAIR_PER_DAY = 10
"""Of one side of a volunteer and a campaign: each leaves history. It is the taking back that is refused."""

_VetoEvent = Veto.pgh_event_model  # type: ignore[attr-defined]


def veto_campaign(*, actor: User, match: Match, reason: str = "", at: datetime) -> Veto:
    """Veto the campaign of an offer for its volunteer; a second veto changes nothing.

    Their unanswered offers of the campaign end. Raises NotAllowed (another volunteer's offer), Invalid (the match hides
    its campaign), WrongState (they have accepted a place there, or work there; an offer hides its campaign).
    """
    if not matches_offered_to(actor).filter(pk=match.pk).exists():
        raise NotAllowed(_("This offer was made to somebody else."))
    check_match_names_campaign(match)
    return _create_veto(match.volunteer, match.request.campaign, MatchSide.VOLUNTEER, actor=actor, reason=reason, at=at)


def veto_volunteer(*, actor: User, match: Match, reason: str = "", at: datetime) -> Veto:
    """Veto a volunteer for the campaign, once it has seen them: after their acceptance, even if the match has ended.

    Raises NotAllowed, WrongState (they wait for its answer, or work for it; they were erased), Invalid (the campaign
    never saw them).
    """
    if not placements_visible_to(actor, ended=True).filter(pk=match.pk).exists():
        raise NotAllowed(_("Only this campaign's manager and staff can do this."))
    check_volunteer_known(match)
    return _create_veto(match.volunteer, match.request.campaign, MatchSide.CAMPAIGN, actor=actor, reason=reason, at=at)


def check_volunteer_known(match: Match) -> None:
    """Raise Invalid about a match whose volunteer the campaign never saw."""
    if match.state not in STATES_REPORTABLE:
        raise Invalid(_("You cannot say never to somebody whom you do not know yet."), field="match")


def veto_pair(*, actor: User, volunteer: Volunteer, campaign: Campaign, reason: str, at: datetime) -> Veto:
    """Veto a pair as a reviewer without a part in the contest, with a reason.

    Raises NotAllowed, Invalid (no reason), WrongState (they work together now; the volunteer was erased).
    """
    check_may_review_pair(actor, volunteer, campaign)
    if not reason.strip():
        raise Invalid(_("Write down why, for the next reviewer."), field="reason")
    return _create_veto(volunteer, campaign, MatchSide.REVIEWER, actor=actor, reason=reason, at=at)


@transaction.atomic
def lift_veto(*, actor: User, veto: Veto, at: datetime) -> None:
    """Delete a veto; each side lifts its own. The next run may propose the pair again.

    Raises NotAllowed (another side's), TooManyRequests (taken back too often today). To veto is never refused for that.
    """
    if not may_lift_veto(actor, veto):
        raise NotAllowed(_("Only the side that said never can take it back."))
    vetoes = _VetoEvent.objects.filter(volunteer=veto.volunteer_id, campaign=veto.campaign_id, side=veto.side)
    message = _("You have said never and taken it back often today. Take it back tomorrow.")
    said = vetoes.filter(pgh_label="insert")
    check_daily_rows(said, "pgh_created_at", limit=MAX_VETOES_PER_PAIR_PER_DAY, message=message, at=at)
    Veto.objects.filter(pk=veto.pk).delete()


@transaction.atomic
def _create_veto(
    volunteer: Volunteer, campaign: Campaign, side: MatchSide, *, actor: User, reason: str, at: datetime
) -> Veto:
    between = Match.objects.filter(volunteer=volunteer, request__campaign=campaign)
    unsettled = between.filter(state__in=(MatchState.PROPOSED, MatchState.APPROVED, MatchState.OFFERED)).order_by("pk")
    lock_rows_of_matches(unsettled)
    lock_rows(volunteers=[volunteer.pk])
    check_not_erased([volunteer.pk])
    if side == MatchSide.VOLUNTEER:
        check_may_veto(volunteer)
    if between.filter(state__in=(MatchState.ACCEPTED, MatchState.ACTIVE)).exists():
        raise WrongState(str(_ALREADY_MATCHED_MESSAGES[side]))
    defaults = {"created_by": actor, "created_at": at, "reason": reason.strip()}
    veto, _created = Veto.objects.get_or_create(volunteer=volunteer, campaign=campaign, side=side, defaults=defaults)
    related = "request__campaign__candidate__contest", "seat__role__request", "volunteer__user"
    for match in unsettled.select_for_update(no_key=True, of=("self",)).select_related(*related):
        # The volunteer sees the reason of an ended match. It must not betray that a campaign or a reviewer vetoed them.
        end_reason = AutomaticReason.VETO if side == MatchSide.VOLUNTEER else AutomaticReason.PLANS_CHANGED
        cancel_match(match, end_reason, at=at)
        reopen_seat(match, at=at)
    return veto


_ALREADY_MATCHED_MESSAGES = {
    MatchSide.VOLUNTEER: gettext_lazy(
        "You have said yes to them. Choose “I need out” first: it does not set you back."
    ),
    MatchSide.CAMPAIGN: gettext_lazy("They have said yes to you. Answer them first, or end the work."),
    MatchSide.REVIEWER: gettext_lazy("They have said yes to each other, or are about to. Release the match first."),
}
"""What each side has to do first when the pair is matched already."""


def record_veto(match: Match, side: MatchSide, *, actor: User, at: datetime) -> None:
    """Record a veto with a refusal or a decline: the volunteer is not proposed for this campaign again.

    Raises WrongState while another offer hides its campaign from a volunteer who says never.
    """
    if side == MatchSide.VOLUNTEER:
        check_may_veto(match.volunteer)
    defaults = {"created_by": actor, "created_at": at}
    Veto.objects.get_or_create(volunteer=match.volunteer, campaign=match.request.campaign, side=side, defaults=defaults)
