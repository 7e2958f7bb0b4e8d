"""The API of the topics that a user mutes."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.permissions import OwnDataOnly
from core.api.serializers import ChoiceListField, StrictSerializer
from core.enums import NoticeTopic
from core.notifications.muted_topics import list_muted_topics, set_topic_muted
from core.notifications.notice_types import list_notice_types


def _list_unmutable_kinds() -> str:
    return ", ".join(f"`{kind}`" for kind, notice_type in list_notice_types().items() if not notice_type.is_mutable)


class MutedTopicsSerializer(StrictSerializer):
    """The topics about which the caller wants no mail."""

    muted = ChoiceListField(choices=NoticeTopic.choices)


@extend_schema_view(
    get=extend_schema(operation_id="listMutedTopics", summary="List the topics that I get no mail about", tags=["me"]),
    put=extend_schema(
        operation_id="replaceMutedTopics",
        summary="Replace the topics that I get no mail about",
        description="Those that are not sent are unmuted. Some mail leaves whatever is muted: the notices of the kinds "
        f"{_list_unmutable_kinds()}, the letters with codes and links, and those to an address without an account.",
        tags=["me"],
    ),
)
class MutedTopicsView(ETagMixin, generics.GenericAPIView[Any]):
    """The caller's muted topics. Muted notices still stand in the inbox."""

    permission_classes = [OwnDataOnly]
    serializer_class = MutedTopicsSerializer

    def get(self, request: Request) -> Response:
        """The topics of which I get no mail."""
        return Response({"muted": sorted(list_muted_topics(get_current_user(request)))})

    def put(self, request: Request) -> Response:
        """Replace the muted topics: those that are not sent are unmuted."""
        serializer = MutedTopicsSerializer(data=request.data)
        serializer.require_valid()
        for topic in NoticeTopic:
            set_topic_muted(
                user=get_current_user(request), topic=topic, muted=topic.value in serializer.validated_data["muted"]
            )
        return self.get(request)
