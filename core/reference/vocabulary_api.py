"""The API of the vocabulary: public, cached by browsers and proxies, and compressed."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.etags import ReferenceDataMixin
from core.api.operation_ids import to_pascal_case
from core.api.permissions import AllowAny
from core.reference.vocabulary import build_vocabulary, list_vocabulary_enums, list_vocabulary_parts


class EnumValueSerializer(serializers.Serializer[Any]):
    """A value as the API sends it, and its label in the reader's language."""

    value = serializers.CharField(help_text="What the API takes and gives.")
    label = serializers.CharField(help_text="What people read.")  # type: ignore[assignment]


class NumberedValueSerializer(serializers.Serializer[Any]):
    """A number as the API sends it, and its label in the reader's language."""

    value = serializers.IntegerField(help_text="What the API takes and gives.")
    label = serializers.CharField(help_text="What people read.")  # type: ignore[assignment]


def _describe_enums() -> dict[str, Any]:
    return {
        name: (NumberedValueSerializer if enum.is_numeric else EnumValueSerializer)(
            many=True, help_text=f"The values of `{to_pascal_case(name)}Enum`, with their labels."
        )
        for name, enum in list_vocabulary_enums().items()
    }


def _describe_parts() -> dict[str, Any]:
    return {name: part.row(many=True, help_text=part.description) for name, part in list_vocabulary_parts().items()}


# All apps have registered by now: their modules are imported before any view.
EnumsSerializer: type[serializers.Serializer[Any]] = type(
    "EnumsSerializer",
    (serializers.Serializer,),
    {"__doc__": "The values of every enumeration, by the name of its component.", **_describe_enums()},
)
VocabularySerializer: type[serializers.Serializer[Any]] = type(
    "VocabularySerializer",
    (serializers.Serializer,),
    {
        "__doc__": "The codes that the API takes or gives, with their labels.",
        **_describe_parts(),
        "enums": EnumsSerializer(),
    },
)


class VocabularyView(ReferenceDataMixin):
    """The vocabulary. It reads no session, so that one cached answer serves all."""

    permission_classes = [AllowAny]
    authentication_classes = []
    reads_no_session = True

    @extend_schema(
        operation_id="getVocabulary",
        summary="Get the vocabulary",
        description="The codes that the API takes or gives, with their labels in the language of `Accept-Language`. "
        "A row of `enums` is `{value, label}`. A row of `skills` is `{code, name}` and more, as in the other lists; an "
        "office has `name` and `label`. "
        "Two kinds are not here: those of notices, which come with a subject and a text, and those of problems, which "
        "`/api/problems` explains. A choice that is not made is null, and has no code. The vocabulary is public, and "
        "the same for every caller. It has an `ETag`: send it as `If-None-Match`.",
        tags=["reference"],
        responses=VocabularySerializer,
    )
    def get(self, request: Request) -> Response:
        """Return the vocabulary, or 304 if the caller has it."""
        return Response(build_vocabulary())
