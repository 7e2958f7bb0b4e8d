"""What gives a user a part in a contest by matching: a match from the proposal on, and "never" that they said.

A match that has ended counts too, if it was offered. One that ended before any offer does not: a run superseded it, a
reviewer rejected it, or its team did not become complete. Its volunteer never heard of it and took no side, and a
proposal is not theirs to refuse. Neither does an emergency before both sides have said yes. Nor do a pin and a veto of
others: with these one reviewer would shut another out of a contest, and tell them of it.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.api.replay_facts import ReplayFact, register_replay_fact
from core.conflict_of_interest import ContestPart, register_contest_part
from core.models import User
from matching.models import Match, ProblemReport, Veto
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_NOT_OVER, MatchState


def _matches_with_part() -> "QuerySet[Match]":
    # While it may still be offered it counts: they would decide about their own opponents.
    heard_of = Match.objects.filter(Q(state__in=STATES_NOT_OVER) | Q(offered_at__isnull=False))
    # A part that came before both yeses would tell who is asked in an emergency: others are refused to vet or to erase
    # that person. And a reviewer who was asked before they had the role compares their lists with those of others: the
    # contest that is missing would be the one that the offer hid. A match that ended hides its campaign again, so
    # history tells.
    work = Match.pgh_event_model.objects.filter(pgh_obj=OuterRef("pk"), state=MatchState.ACTIVE)  # type: ignore[attr-defined]
    return heard_of.exclude(~Exists(work), request__emergency=True)


def _vetoes_of_volunteers() -> "QuerySet[Veto]":
    return Veto.objects.filter(side=MatchSide.VOLUNTEER)


register_contest_part(
    "match", ContestPart(_matches_with_part, user="volunteer__user", contest="request__campaign__candidate__contest")
)
register_contest_part(
    "veto", ContestPart(_vetoes_of_volunteers, user="volunteer__user", contest="campaign__candidate__contest")
)


def _matches_as_they_are(user: User, subjects: Collection[UUID]) -> Iterable[str]:
    """Yield the states of the matches that are named, and of the user's own in emergencies, which may hide names."""
    is_own = Q(volunteer__user=user, request__emergency=True)
    open_reports = ProblemReport.objects.filter(match=OuterRef("pk"), handled_at=None)
    matches = Match.objects.filter(Q(public_id__in=subjects) | is_own).annotate(is_paused=Exists(open_reports))
    for public_id, state, is_paused in matches.values_list("public_id", "state", "is_paused"):
        yield f"{public_id} {state} {is_paused}"


register_replay_fact("matches", ReplayFact(_matches_as_they_are))
