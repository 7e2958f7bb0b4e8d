"""Several moves of matches at once, and how what became of a move is shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.pagination import OnePagePagination
from core.api.serializers import MAX_VERSION, StrictSerializer
from core.errors import Invalid
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS
from matching.lifecycle.actions.team_review import MAX_MOVES_AT_ONCE, MOVES, Move, SeenProposal, make_moves
from matching.lifecycle.queries.matches import matches_visible_to
from matching.models import Match
from matching.rules.states import MatchState
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from matching.rules.transitions import ActorKind

MOVE_CHOICES = [(name, PERSON_ACTIONS[ActorKind.REVIEWER, name].label) for name in MOVES]


class MoveInput(StrictSerializer):
    """One step of one match."""

    match = serializers.UUIDField(help_text="The match, by id.")
    version = serializers.IntegerField(min_value=1, max_value=MAX_VERSION, help_text="The one that was read.")
    action = serializers.ChoiceField(choices=MOVE_CHOICES, help_text="One of `available_actions` of the match.")
    reason = serializers.CharField(
        max_length=40, required=False, allow_blank=True, help_text="Why, where the action takes a reason."
    )
    note = serializers.CharField(
        max_length=MAX_NOTE_LENGTH, required=False, allow_blank=True, help_text="A note beside the reason."
    )


class MovesInput(StrictSerializer):
    """Several moves."""

    moves: Any = serializers.ListSerializer(
        child=MoveInput(),
        max_length=MAX_MOVES_AT_ONCE,
        allow_empty=False,
        help_text="The moves, each of another match.",
    )


class MoveResultSerializer(serializers.Serializer[Any]):
    """What became of one move."""

    match = serializers.UUIDField(source="match.public_id", help_text="The match, by id.")
    state = serializers.ChoiceField(source="match.state", choices=MatchState.choices, help_text="Its state now.")
    version = serializers.IntegerField(source="match.version", min_value=1, help_text="Its version now.")
    problem_code = serializers.CharField(source="error.code", default="", help_text="Empty where all went well.")
    detail = serializers.CharField(source="error.message", default="", help_text="Why nothing was changed.")


class MatchMovesView(IdempotentAPIView, generics.GenericAPIView[Any]):
    """Several moves of matches at once."""

    permission_classes = [IsReviewer]
    serializer_class = MoveResultSerializer
    pagination_class = OnePagePagination

    @extend_schema(
        operation_id="makeMatchMoves",
        summary="Make several moves",
        tags=["review"],
        request=MovesInput,
        responses=MoveResultSerializer(many=True),
        filters=False,
    )
    def post(self, request: Request) -> Response:
        """Make each move that is possible, with a result for each, in the order in which they were sent.

        A match may come once. One that has changed, or that another reviewer looks at, keeps its state.
        """
        sent, user = MovesInput(data=request.data), get_current_user(request)

        def read() -> list[Move]:
            rows = sent.validated_data["moves"]
            seen = find_seen_proposals(matches_visible_to(user), rows, name="moves")
            return [
                Move(proposal.match, proposal.version, row["action"], row.get("reason", ""), row.get("note", ""))
                for proposal, row in zip(seen, rows, strict=True)
            ]

        sent.require_valid(read)
        return show_results(self, make_moves(actor=user, moves=read(), at=timezone.now()))


def find_seen_proposals(
    visible: Any, rows: Iterable[Mapping[str, Any]], *, name: str = "proposals"
) -> list[SeenProposal]:
    """Return the matches that rows of a body name. Raises Invalid for one that is not there, or comes twice."""
    rows = [*rows]
    ids = [row["match"] for row in rows]
    found = {
        match.public_id: match
        for match in visible.filter(public_id__in=ids).select_related("request__campaign__candidate", "volunteer__user")
    }
    for number, public_id in enumerate(ids):
        if public_id not in found or public_id in ids[:number]:
            raise Invalid(_("There is no such match, or it comes twice."), field=f"{name}.{number}.match")
    return [SeenProposal(found[row["match"]], row["version"]) for row in rows]


def show_moves(view: Any, matches: Iterable[Match]) -> Response:
    """Return what became of these matches, all of which were moved."""
    return show_results(view, [{"match": match} for match in matches])


def show_results(view: Any, results: Any) -> Response:
    """Return what became of each move, in the envelope of all lists."""
    page = view.paginate_queryset(results)
    response: Response = view.get_paginated_response(MoveResultSerializer(page, many=True).data)
    return response
