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
from core.api.serializers import StrictSerializer
from matching.actions.verbs import VERBS, Verb, verbs_of
from matching.models import Match
from matching.rules import REASONS, Who


class OutOfSightSerializer(StrictSerializer):
    """What is left to see of a match that the move has taken out of the caller's sight."""

    id = serializers.UUIDField()
    moves = serializers.ListField(child=serializers.CharField(), max_length=0)


def moves_field(who: Who) -> serializers.ListField:
    """The moves that `who` may make now."""
    return serializers.ListField(child=serializers.ChoiceField(choices=verbs_of(who)), read_only=True)


View = TypeVar("View", bound=type[viewsets.GenericViewSet[Match]])


def with_moves(who: Who) -> Callable[[View], View]:
    """Gives a view set of matches `POST …/{id}/{verb}/` for every verb of `who`, answered by the match."""

    def add(view: View) -> View:
        for verb in verbs_of(who):
            setattr(view, verb, _operation(who, verb, VERBS[who, verb], view.serializer_class))  # type: ignore[misc]
        return view

    return add


def _operation(who: Who, verb: str, told: Verb, seen: Any) -> Any:
    shape = input_shape(who, verb)

    def operation(self: Any, request: Request, id: UUID) -> Response:
        said = shape(data=read_versioned_data(request))
        said.is_valid(raise_exception=True)
        match = self.get_object()
        told.act(actor=get_current_user(request), match=match, at=timezone.now(), **said.validated_data)
        # Afterwards the caller may see less than before, never more than `get_queryset` says.
        again = self.get_queryset().filter(pk=match.pk).first()
        return Response(self.get_serializer(again).data if again else {"id": str(match.public_id), "moves": []})

    operation.__name__ = verb
    operation.__doc__ = str(told.summary)
    answered = PolymorphicProxySerializer(
        component_name=f"{seen.__name__.removesuffix('Serializer')}OrOutOfSight",
        serializers=[seen, OutOfSightSerializer],
        resource_type_field_name=None,
    )
    described = extend_schema(summary=str(told.label), description=str(told.summary), request=shape, responses=answered)
    return described(action(detail=True, methods=["post"])(operation))


def input_shape(who: Who, verb: str) -> type[serializers.Serializer[Match]]:
    """What may be sent with a verb."""
    told = VERBS[who, verb]
    fields: dict[str, Any] = {
        name: FIELDS[name](verb, name in told.needs) for name in dict.fromkeys((*told.asks, *told.needs))
    }
    fields["version"] = serializers.IntegerField(
        required=False, min_value=1, help_text="The one that you saw; a stale one is refused."
    )
    fields["__doc__"] = str(told.summary)
    return type(f"{who.value.title()}{verb.title()}Input", (StrictSerializer,), fields)


def _reason(verb: str, needed: bool) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.ChoiceField(choices=REASONS[verb].choices, required=needed, allow_blank=not needed)


def _note(verb: str, needed: bool) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.CharField(max_length=500, required=needed, allow_blank=not needed)


def _hours(verb: str, needed: bool) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.IntegerField(
        min_value=1, max_value=60, required=needed, help_text="With the reason “time”: hours a week from now on."
    )


def _conduct(verb: str, needed: bool) -> serializers.Field[Any, Any, Any, Any]:
    return ConductField(required=needed)


def _conduct_heard(verb: str, needed: bool) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.BooleanField(
        required=needed, help_text="They keep to the code of conduct: ask, unless they have said so before."
    )


FIELDS: dict[str, Callable[[str, bool], serializers.Field[Any, Any, Any, Any]]] = {
    "reason": _reason,
    "note": _note,
    "hours": _hours,
    "conduct": _conduct,
    "conduct_heard": _conduct_heard,
}
