"""Saying “never these two”, from either side or in between, and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign
from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from matching.actions.steps import cancel, find_another, hold_all, hold_rows, may_review_campaign
from matching.models import Match, Veto
from matching.queries.matches import offered_to, placed_with
from matching.queries.vetoes import may_lift
from matching.rules import KNEW, AutoReason, Side, State
from volunteers.models import Volunteer


def veto_campaign(*, actor: User, match: Match, reason: str = "", at: datetime) -> Veto:
    """The volunteer says never to the campaign of something that they were offered; said twice, it stays once.

    What they have not answered ends with it. Raises NotAllowed (offered to somebody else), WrongState (they have said
    yes to it, or work for it).
    """
    if not offered_to(actor).filter(pk=match.pk).exists():
        raise NotAllowed(_("This offer was made to somebody else."))
    return _veto(match.volunteer, match.request.campaign, Side.VOLUNTEER, actor=actor, reason=reason, at=at)


def veto_person(*, actor: User, match: Match, reason: str = "", at: datetime) -> Veto:
    """The campaign says never to somebody who was shown to it: who has said yes to it, whatever came of that.

    Raises NotAllowed, WrongState (they wait for its answer, or work for it), Invalid (who it is was never shown).
    """
    if not placed_with(actor, ended=True).filter(pk=match.pk).exists():
        raise NotAllowed(_("Only this campaign's manager and staff can do this."))
    if match.state not in KNEW:
        raise Invalid(_("You cannot say never to somebody whom you do not know yet."), field="match")
    return _veto(match.volunteer, match.request.campaign, Side.CAMPAIGN, actor=actor, reason=reason, at=at)


def veto_pair(*, actor: User, volunteer: Volunteer, campaign: Campaign, reason: str, at: datetime) -> Veto:
    """A reviewer with no part in the contest says that these two never come together, and why.

    Raises NotAllowed, Invalid (no reason), WrongState (they work together now).
    """
    may_review_campaign(actor, campaign)
    if not reason.strip():
        raise Invalid(_("Write down why, for the next reviewer."), field="reason")
    return _veto(volunteer, campaign, Side.REVIEWER, actor=actor, reason=reason, at=at)


@transaction.atomic
def lift_veto(*, actor: User, veto: Veto) -> None:
    """Takes a veto back; each side its own, and reviewers theirs. From the next run on the two may meet again.

    Raises NotAllowed (another side's).
    """
    if not may_lift(actor, veto):
        raise NotAllowed(_("Only the side that said never can take it back."))
    Veto.objects.filter(pk=veto.pk).delete()


@transaction.atomic
def _veto(volunteer: Volunteer, campaign: Campaign, side: Side, *, actor: User, reason: str, at: datetime) -> Veto:
    between = Match.objects.filter(volunteer=volunteer, request__campaign=campaign)
    unsettled = between.filter(state__in=(State.PROPOSED, State.APPROVED, State.OFFERED)).order_by("pk")
    hold_all(unsettled)
    hold_rows(volunteers=[volunteer.pk])
    if between.filter(state__in=(State.ACCEPTED, State.ACTIVE)).exists():
        raise WrongState(str(_TOGETHER[side]))
    said = {"made_by": actor, "made_at": at, "reason": reason.strip()}
    veto, _new = Veto.objects.get_or_create(volunteer=volunteer, campaign=campaign, side=side, defaults=said)
    related = "request__campaign__candidate__contest", "seat__role__request", "volunteer__user"
    for match in unsettled.select_for_update(no_key=True, of=("self",)).select_related(*related):
        # The volunteer sees why a match ended, and is not told who said never to them.
        cancel(match, AutoReason.VETO if side == Side.VOLUNTEER else AutoReason.PLANS, at=at)
        find_another(match, at=at)
    return veto


_TOGETHER = {
    Side.VOLUNTEER: gettext_lazy("You have said yes to them. Choose “I need out” first: it costs you no turn."),
    Side.CAMPAIGN: gettext_lazy("They have said yes to you. Answer them first, or end the work."),
    Side.REVIEWER: gettext_lazy("They have said yes to each other, or are about to. Release the match first."),
}
"""What is to be done before."""
