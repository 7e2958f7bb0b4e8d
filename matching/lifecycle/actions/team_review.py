"""Decide about the proposals of a request together, and about several requests of which nothing is flagged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Request
from core.errors import HandraiserError, Stale, WrongState
from core.models import User
from matching.lifecycle.actions.locking import lock_rows_of_matches
from matching.lifecycle.actions.permissions import check_may_review
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS
from matching.lifecycle.actions.review import approve_match, reject_match
from matching.lifecycle.actions.review_claims import claim_team, release_team
from matching.lifecycle.queries.review_facts import ReviewTeam, find_team_of
from matching.models import Match
from matching.rules.review_flags import ReviewLane, find_lane, is_chosen_for_closer_look
from matching.rules.states import MatchState
from matching.rules.transitions import ActorKind

MAX_PROPOSALS_AT_ONCE = 300
"""As many as a request may have places."""
MAX_TEAMS_AT_ONCE = 100
MAX_SEEN_FLAGS = 500
MAX_MOVES_AT_ONCE = 50
MOVES = tuple(
    name
    for (kind, name), person_action in PERSON_ACTIONS.items()
    if kind == ActorKind.REVIEWER and set(person_action.optional_inputs) <= {"reason", "note"}
)
"""The actions that several matches take at once: those that ask for nothing but a reason and a note."""


@dataclass(frozen=True, slots=True)
class SeenProposal:
    """A proposal, in the version that the reviewer has seen."""

    match: Match
    version: int


@dataclass(frozen=True, slots=True)
class TeamResult:
    """What became of one team of several: its matches, or why nothing was changed."""

    request: Request
    matches: list[Match]
    error: HandraiserError | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One step of one match: an action of a reviewer, with its reason and note where it takes them."""

    match: Match
    version: int
    action: str
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MoveResult:
    """What became of one move: the match as it is now, and why it was not made, if so."""

    match: Match
    error: HandraiserError | None = None


@transaction.atomic
def approve_team(
    *, actor: User, request: Request, proposals: Sequence[SeenProposal], at: datetime, seen_flags: Collection[str] = ()
) -> list[Match]:
    """Approve these proposals of a request, all of them or none.

    `seen_flags` are the codes of the flags that the reviewer has seen; each that concerns these proposals or the team
    must be among them. A proposal that needs a second reviewer stays one until that one approves it. Raises NotAllowed,
    Stale (a flag that was not seen, a version), WrongState (another reviewer looks at it), Full, Invalid.
    """
    team = _lock_team(actor, request, proposals, at=at)
    chosen = {proposal.match.public_id for proposal in proposals}
    raised = {flag.code for flag in team.flags if flag.match_id is None or flag.match_id in chosen} if team else set()
    if not raised <= set(seen_flags):
        raise Stale(_("What could be wrong has changed since you looked at this team. Look at it again."))
    approved = [
        approve_match(actor=actor, match=proposal.match, version=proposal.version, at=at) for proposal in proposals
    ]
    _go_on(actor, request, at=at)
    return approved


@transaction.atomic
def reject_team(
    *, actor: User, request: Request, proposals: Sequence[SeenProposal], reason: str, note: str = "", at: datetime
) -> list[Match]:
    """Reject these proposals of a request with one reason, all of them or none.

    Raises NotAllowed, Stale, WrongState, Invalid (the reason).
    """
    _lock_team(actor, request, proposals, at=at)
    rejected = [
        reject_match(actor=actor, match=proposal.match, version=proposal.version, reason=reason, note=note, at=at)
        for proposal in proposals
    ]
    _go_on(actor, request, at=at)
    return rejected


def approve_teams_together(
    *, actor: User, teams: Sequence[tuple[Request, Sequence[SeenProposal]]], at: datetime
) -> list[TeamResult]:
    """Approve the proposals of several requests of which nothing is flagged, each team in a transaction of its own.

    A team that has a flag by now, is to be opened singly, or has changed, keeps its state, and its result says why.
    """
    results = []
    for request, proposals in teams:
        try:
            with transaction.atomic():
                team = _lock_team(actor, request, proposals, at=at)
                if team is not None:
                    _check_may_stay_unopened(team)
                matches = approve_team(actor=actor, request=request, proposals=proposals, at=at)
        except HandraiserError as error:
            results.append(TeamResult(request, [], error))
        else:
            results.append(TeamResult(request, matches))
    return results


def make_moves(*, actor: User, moves: Sequence[Move], at: datetime) -> list[MoveResult]:
    """Make several moves of matches, each in a transaction of its own, and return what became of each."""
    results = []
    for move in moves:
        inputs = {name: value for name, value in (("reason", move.reason), ("note", move.note)) if value}
        try:
            action = PERSON_ACTIONS[ActorKind.REVIEWER, move.action]
            match = action.perform(actor=actor, match=move.match, version=move.version, at=at, **inputs)
        except HandraiserError as error:
            move.match.refresh_from_db()
            results.append(MoveResult(move.match, error))
        else:
            results.append(MoveResult(match))
    return results


def _lock_team(actor: User, request: Request, proposals: Sequence[SeenProposal], *, at: datetime) -> ReviewTeam | None:
    check_may_review(actor, request)
    # All rows at once, in the one order: the moves that follow lock them one after the other.
    lock_rows_of_matches([proposal.match for proposal in proposals])
    claim_team(actor=actor, request=request, at=at)
    return find_team_of(request.pk, reader=actor, at=at)


def _check_may_stay_unopened(team: ReviewTeam) -> None:
    if find_lane(team.flags) != ReviewLane.NOTHING_FLAGGED:
        raise WrongState(_("Something is flagged by now. Open this team and look at it."))
    if is_chosen_for_closer_look(team.request_id, settings.SECRET_KEY):
        raise WrongState(_("This team was chosen for a closer look. Open it."))


def _go_on(actor: User, request: Request, *, at: datetime) -> None:
    """Give the team back once nothing of it is left for the actor to decide."""
    left = Match.objects.filter(request=request, state=MatchState.PROPOSED)
    if not left.exclude(first_approval__reviewer=actor).exists():
        release_team(actor=actor, request=request)
