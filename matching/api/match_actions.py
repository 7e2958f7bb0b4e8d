"""The moves of a match as operations of the API: one for each verb that the table gives to a kind of person."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.api.conduct import ConductField
from core.api.current_user import get_current_user
from core.api.etags import read_versioned_data
from core.api.operation_ids import split_operation_id
from core.api.serializers import StrictSerializer
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS, PersonAction, actions_of_actor
from matching.models import Match
from matching.rules.reasons import REASONS_BY_ACTION
from matching.rules.transitions import ActorKind


class NoLongerVisibleSerializer(StrictSerializer):
    """What is left to see of a match that the move has taken out of the caller's sight."""

    id = serializers.UUIDField()
    available_actions = serializers.ListField(child=serializers.CharField(), max_length=0)


def build_actions_field(who: ActorKind) -> serializers.ListField:
    """The moves that `who` may make now."""
    return serializers.ListField(child=serializers.ChoiceField(choices=actions_of_actor(who)), read_only=True)


MatchViewType = TypeVar("MatchViewType", bound=type[viewsets.GenericViewSet[Match]])


def with_match_actions(who: ActorKind) -> Callable[[MatchViewType], MatchViewType]:
    """Gives a view set of matches `POST …/{id}/{verb}/` for every verb of `who`, answered by the match."""

    def add(view: MatchViewType) -> MatchViewType:
        for verb in actions_of_actor(who):
            setattr(view, verb, _build_operation(who, verb, PERSON_ACTIONS[who, verb], view.serializer_class))  # type: ignore[misc]
        return view

    return add


def _build_operation(who: ActorKind, verb: str, told: PersonAction, seen: Any) -> Any:
    shape = build_input_serializer(who, verb)

    def operation(self: Any, request: Request, id: UUID) -> Response:
        said = shape(data=read_versioned_data(request))
        said.is_valid(raise_exception=True)
        match = self.get_object()
        told.perform(actor=get_current_user(request), match=match, at=timezone.now(), **said.validated_data)
        # Afterwards the caller may see less than before, never more than `get_queryset` says.
        again = self.get_queryset().filter(pk=match.pk).first()
        return Response(
            self.get_serializer(again).data if again else {"id": str(match.public_id), "available_actions": []}
        )

    operation.__name__ = verb
    operation.__doc__ = str(told.summary)
    answered = PolymorphicProxySerializer(
        component_name=f"{seen.__name__.removesuffix('Serializer')}OrOutOfSight",
        serializers=[seen, NoLongerVisibleSerializer],
        resource_type_field_name=None,
    )
    described = extend_schema(
        operation_id=told.operation_id,
        summary=split_operation_id(told.operation_id),
        description=str(told.summary),
        request=shape,
        responses=answered,
    )
    return described(action(detail=True, methods=["post"])(operation))


def build_input_serializer(who: ActorKind, verb: str) -> type[serializers.Serializer[Match]]:
    """What may be sent with a verb."""
    told = PERSON_ACTIONS[who, verb]
    fields: dict[str, Any] = {
        name: INPUT_FIELD_BUILDERS[name](verb, name in told.required_inputs)
        for name in dict.fromkeys((*told.optional_inputs, *told.required_inputs))
    }
    fields["version"] = serializers.IntegerField(
        required=False, min_value=1, help_text="The one that you saw; a stale one is refused."
    )
    fields["__doc__"] = str(told.summary)
    return type(f"{who.value.title()}{verb.title()}Input", (StrictSerializer,), fields)


def _reason_field(verb: str, needed: bool) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.ChoiceField(choices=REASONS_BY_ACTION[verb].choices, required=needed, allow_blank=not needed)


def _note_field(verb: str, needed: bool) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.CharField(max_length=500, required=needed, allow_blank=not needed)


def _hours_field(verb: str, needed: bool) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.IntegerField(
        min_value=1, max_value=60, required=needed, help_text="With the reason “time”: hours a week from now on."
    )


def _conduct_field(verb: str, needed: bool) -> serializers.Field[Any, Any, Any, Any]:
    return ConductField(required=needed)


def _conduct_heard_field(verb: str, needed: bool) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.BooleanField(
        required=needed, help_text="They keep to the code of conduct: ask, unless they have said so before."
    )


INPUT_FIELD_BUILDERS: dict[str, Callable[[str, bool], serializers.Field[Any, Any, Any, Any]]] = {
    "reason": _reason_field,
    "note": _note_field,
    "max_hours_per_week": _hours_field,
    "conduct": _conduct_field,
    "conduct_heard": _conduct_heard_field,
}
