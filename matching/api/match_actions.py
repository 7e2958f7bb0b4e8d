"""The transitions of a match as operations of the API: one for each action of each kind of person."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.api.conduct import ConductField
from core.api.current_user import get_current_user
from core.api.etags import read_versioned_data
from core.api.operation_ids import split_operation_id
from core.api.serializers import OptionalChoiceField, StrictSerializer, VersionField
from core.models import User
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS, PersonAction, actions_of_actor
from matching.models import Match
from matching.rules.reasons import REASONS_BY_ACTION
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from matching.rules.transitions import ActorKind


@extend_schema_field({"type": "null"})
class NullField(serializers.Field[Any, Any, Any, Any]):
    """Always null: it tells this shape from the other one of an answer."""


class NoLongerVisibleSerializer(StrictSerializer):
    """The rest of a match that the caller may no longer see after the action."""

    id = serializers.UUIDField()
    state = NullField()
    available_actions = serializers.ListField(child=serializers.CharField(), max_length=0)


def build_actions_field(actor_kind: ActorKind) -> serializers.ListField:
    """Return a field with the actions that this kind of person may take now."""
    return serializers.ListField(child=serializers.ChoiceField(choices=actions_of_actor(actor_kind)), read_only=True)


_NO_LINE_NEEDED = "No line of a checklist has to be ticked for it."
OPERATION_NOTES = {
    "completeMatch": _NO_LINE_NEEDED,
    "completeMyHandover": _NO_LINE_NEEDED,
    "completePlacement": _NO_LINE_NEEDED,
    "declineOffer": "The reason `never` rules the campaign out, and `level` asks about the level of the skill later.",
}
"""What a program has to know beside the summary, by the id of the operation."""


MatchViewType = TypeVar("MatchViewType", bound=type[viewsets.GenericViewSet[Match]])


def with_match_actions(actor_kind: ActorKind) -> Callable[[MatchViewType], MatchViewType]:
    """Return a decorator that adds an operation for every action of this kind of person to a view set of matches.

    The operation is `POST …/{id}/{action}`, and its answer is the match. So is that to a repeated request.
    """
    names = actions_of_actor(actor_kind)

    def can_show_now(self: Any) -> bool:
        return self.action in names

    def show_now(self: Any) -> Any:
        return _show_match(self, self.kwargs["id"])

    def add(view: MatchViewType) -> MatchViewType:
        view.can_show_now, view.show_now = can_show_now, show_now  # type: ignore[attr-defined]
        for name in names:
            operation = _build_operation(actor_kind, name, PERSON_ACTIONS[actor_kind, name], view.serializer_class)  # type: ignore[misc]
            setattr(view, name, operation)
        return view

    return add


def _show_match(view: Any, public_id: UUID) -> Any:
    """Return what the caller may see of a match now: after an action that may be less of it, or nothing."""
    match = view.get_queryset().filter(public_id=public_id).first()
    if match is None:
        return {"id": str(public_id), "state": None, "available_actions": []}
    return view.get_serializer(match).data


def _build_operation(actor_kind: ActorKind, name: str, person_action: PersonAction, match_serializer: Any) -> Any:
    input_serializer = build_input_serializer(actor_kind, name)

    def check_inputs(values: dict[str, Any], actor: User, match: Match) -> None:
        inputs = {name: value for name, value in values.items() if name in person_action.checked_inputs}
        person_action.check(actor, match, **inputs)

    def operation(self: Any, request: Request, id: UUID) -> Response:
        sent = input_serializer(data=read_versioned_data(request))
        sent.require_valid(lambda: check_inputs(sent.validated_data, get_current_user(request), self.get_object()))
        match = self.get_object()
        person_action.perform(actor=get_current_user(request), match=match, at=timezone.now(), **sent.validated_data)
        return Response(_show_match(self, match.public_id))

    operation.__name__ = name
    described = " ".join(filter(None, [str(person_action.summary), OPERATION_NOTES.get(person_action.operation_id)]))
    operation.__doc__ = described
    # A volunteer sees their match from the offer on, however it ends.
    responses = match_serializer if actor_kind is ActorKind.VOLUNTEER else _build_union(match_serializer)
    describe = extend_schema(
        operation_id=person_action.operation_id,
        summary=split_operation_id(person_action.operation_id),
        description=described,
        request=input_serializer,
        responses=responses,
    )
    return describe(action(detail=True, methods=["post"])(operation))


def _build_union(match_serializer: Any) -> PolymorphicProxySerializer:
    """Return the answer after which the caller may see the match, or no longer."""
    return PolymorphicProxySerializer(
        component_name=f"{match_serializer.__name__.removesuffix('Serializer')}OrOutOfSight",
        serializers=[match_serializer, NoLongerVisibleSerializer],
        resource_type_field_name=None,
    )


def build_input_serializer(actor_kind: ActorKind, action_name: str) -> type[StrictSerializer]:
    """Return the serializer of what may be sent with an action."""
    person_action = PERSON_ACTIONS[actor_kind, action_name]
    fields: dict[str, Any] = {
        name: INPUT_FIELD_BUILDERS[name](action_name, name in person_action.required_inputs)
        for name in dict.fromkeys((*person_action.optional_inputs, *person_action.required_inputs))
    }
    fields["version"] = VersionField(
        help_text="The version that you read. If the match has changed since, the action is refused.",
    )
    fields["__doc__"] = str(person_action.summary)
    return type(f"{actor_kind.value.title()}{action_name.title()}Input", (StrictSerializer,), fields)


def _reason_field(action_name: str, required: bool) -> serializers.Field[Any, Any, Any, Any]:
    choices = REASONS_BY_ACTION[action_name].choices
    if required:
        return serializers.ChoiceField(choices, help_text="Why.")
    return OptionalChoiceField(choices, required=False, help_text="Why; null, or left out: no reason is given.")


def _note_field(action_name: str, required: bool) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.CharField(max_length=MAX_NOTE_LENGTH, required=required, allow_blank=not required)


def _hours_field(action_name: str, required: bool) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.IntegerField(
        min_value=1, max_value=60, required=required, help_text="With the reason “time”: your hours a week from now on."
    )


def _conduct_field(action_name: str, required: bool) -> serializers.Field[Any, Any, Any, Any]:
    return ConductField(required=required)


def _volunteer_conduct_field(action_name: str, required: bool) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.BooleanField(
        required=required, help_text="They agree to the code of conduct. Ask them, unless they have agreed before."
    )


INPUT_FIELD_BUILDERS: dict[str, Callable[[str, bool], serializers.Field[Any, Any, Any, Any]]] = {
    "reason": _reason_field,
    "note": _note_field,
    "max_hours_per_week": _hours_field,
    "accepts_code_of_conduct": _conduct_field,
    "volunteer_accepts_code_of_conduct": _volunteer_conduct_field,
}
