"""My inbox, and what I want no mail about."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import BooleanFilter, ChoiceFilter
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import generics, mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.current_user import get_current_user
from core.api.filters import SearchableFilterSet, UTCDateTimeFilter
from core.api.permissions import OwnDataOnly
from core.api.serializers import StrictSerializer
from core.enums import NoticeTopic
from core.models import Notice
from core.notifications.inbox import list_inbox_notices, mark_notices_read
from core.notifications.muted_topics import list_muted_topics, set_topic_muted
from core.notifications.notice_types import RenderedNotice, find_notice_topic, list_notice_types, render_notices


class NoticeListSerializer(serializers.ListSerializer[Notice]):
    """Several notices, put into words together."""

    def to_representation(self, data: Any) -> list[Any]:
        """Reads what they are about once for all of them."""
        notices = list(data)
        user = get_current_user(self.context["request"])
        assert isinstance(self.child, NoticeSerializer)
        self.child.words = render_notices(notices, language=user.language, at=timezone.now())
        return super().to_representation(notices)


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """One notice, in the words of today; what is no longer true says so."""

    words: dict[int, RenderedNotice | Exception | None]

    id = serializers.UUIDField(source="public_id", read_only=True)
    topic = serializers.SerializerMethodField()
    subject = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()

    class Meta:
        model = Notice
        list_serializer_class = NoticeListSerializer
        fields = ["id", "kind", "topic", "subject", "text", "subjects", "created_at", "read_at"]
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=NoticeTopic.choices))
    def get_topic(self, notice: Notice) -> str:
        """What it is about, as far as mail can be stopped."""
        return (find_notice_topic(notice) or NoticeTopic.ACCOUNT).value

    def get_subject(self, notice: Notice) -> str:
        """In a few words."""
        letter = self.words[notice.pk]
        if isinstance(letter, RenderedNotice):
            return letter.subject
        return _("Settled by now") if letter is None else _("This cannot be shown at the moment")

    def get_text(self, notice: Notice) -> str:
        """In full; empty when there is nothing more to say."""
        letter = self.words[notice.pk]
        return letter.text if isinstance(letter, RenderedNotice) else ""


class NoticeFilters(SearchableFilterSet):
    """Notices by what they are about and when; their words are made when they are read, so none is searched."""

    topic = ChoiceFilter(method="about", choices=NoticeTopic.choices)
    unread = BooleanFilter(field_name="read_at", lookup_expr="isnull")
    created_from = UTCDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_until = UTCDateTimeFilter(field_name="created_at", lookup_expr="lte")

    def about(self, rows: "QuerySet[Notice]", name: str, topic: str) -> "QuerySet[Notice]":
        """Those of the kinds that are about it."""
        return rows.filter(kind__in=[kind for kind, how in list_notice_types().items() if how.topic == topic])


class MarkReadInput(StrictSerializer):
    """Which notices I have seen; all of them, if left out."""

    ids = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=500)


class MarkReadSerializer(serializers.Serializer[Any]):
    """How many were new."""

    read = serializers.IntegerField()


@extend_schema_view(
    list=extend_schema(summary="List my notices", description="The newest first."),
)
@extend_schema(tags=["me"])
class NoticeViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Notice]):
    """What I was told."""

    serializer_class = NoticeSerializer
    filterset_class = NoticeFilters
    orderings = ("created_at",)
    queryset = Notice.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those of the caller."""
        return list_inbox_notices(get_current_user(self.request)).select_related("recipient")

    @extend_schema(
        operation_id="markNoticesRead",
        summary="Mark notices as read",
        request=MarkReadInput,
        responses=MarkReadSerializer,
    )
    @action(detail=False, methods=["post"], url_path="mark-read")
    def mark_read(self, request: Request) -> Response:
        """I have seen them."""
        sent = MarkReadInput(data=request.data)
        sent.is_valid(raise_exception=True)
        done = mark_notices_read(
            actor=get_current_user(request), notices=sent.validated_data.get("ids"), at=timezone.now()
        )
        return Response(MarkReadSerializer({"read": done}).data)


class MutedTopicsSerializer(StrictSerializer):
    """The topics about which I want no mail."""

    muted = serializers.MultipleChoiceField(choices=NoticeTopic.choices)


@extend_schema_view(
    get=extend_schema(operation_id="listMutedTopics", summary="List the topics that I get no mail about", tags=["me"]),
    put=extend_schema(
        operation_id="replaceMutedTopics", summary="Replace the topics that I get no mail about", tags=["me"]
    ),
)
class MutedTopicsView(generics.GenericAPIView[Any]):
    """Mail by topic. What is muted still stands in the inbox."""

    permission_classes = [OwnDataOnly]
    serializer_class = MutedTopicsSerializer

    def get(self, request: Request) -> Response:
        """As it is."""
        return Response({"muted": sorted(list_muted_topics(get_current_user(request)))})

    def put(self, request: Request) -> Response:
        """Replaces it whole."""
        sent = MutedTopicsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        for topic in NoticeTopic:
            set_topic_muted(
                user=get_current_user(request), topic=topic, muted=topic.value in sent.validated_data["muted"]
            )
        return self.get(request)
