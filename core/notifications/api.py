"""The API of a user's inbox."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.current_user import get_current_user
from core.api.filters import BooleanFilter, ChoicesFilter, SearchableFilterSet, UTCDateTimeFilter
from core.api.serializers import StrictSerializer
from core.enums import NoticeTopic
from core.models import Notice
from core.notifications.inbox import list_inbox_notices, mark_notices_read
from core.notifications.notice_types import RenderedNotice, find_notice_topic, list_notice_types, render_notices
from core.notifications.subjects_field import SubjectsField


class NoticeListSerializer(serializers.ListSerializer[Notice]):
    """Several notices, which are rendered together."""

    def to_representation(self, data: Any) -> list[Any]:
        """Render all notices at once, so that their subjects are read once."""
        notices = list(data)
        assert isinstance(self.child, NoticeSerializer)
        self.child.rendered_notices = render_notices(notices, language=get_language() or "en", at=timezone.now())
        return super().to_representation(notices)


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """One notice, as it is true today; an obsolete one says so."""

    rendered_notices: dict[int, RenderedNotice | Exception | None]

    id = serializers.UUIDField(source="public_id", read_only=True)
    # All apps have registered by now: their modules are imported before any view.
    kind = serializers.ChoiceField(choices=sorted(list_notice_types()))
    topic = serializers.SerializerMethodField()
    subject = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()
    is_settled = serializers.SerializerMethodField()
    subjects = SubjectsField()

    class Meta:
        model = Notice
        list_serializer_class = NoticeListSerializer
        fields = ["id", "kind", "topic", "subject", "text", "is_settled", "subjects", "created_at", "read_at"]
        read_only_fields = fields

    def to_representation(self, notice: Notice) -> dict[str, Any]:
        """Return the notice. What a reviewer no longer works on, or no longer may see, is not named."""
        data: dict[str, Any] = super().to_representation(notice)
        if self.rendered_notices[notice.pk] is None and data["topic"] == NoticeTopic.REVIEW.value:
            data["subjects"] = {}
        return data

    @extend_schema_field(serializers.ChoiceField(choices=NoticeTopic.choices))
    def get_topic(self, notice: Notice) -> str:
        """Return the topic, by which mail can be muted."""
        return (find_notice_topic(notice) or NoticeTopic.ACCOUNT).value

    def get_subject(self, notice: Notice) -> str:
        """The subject line; one that says so for a notice that is obsolete or cannot be rendered."""
        rendered = self.rendered_notices[notice.pk]
        if isinstance(rendered, RenderedNotice):
            return rendered.subject
        return _("Settled by now") if rendered is None else _("This cannot be shown at the moment")

    def get_text(self, notice: Notice) -> str:
        """The text; empty for a notice that is obsolete or cannot be rendered."""
        rendered = self.rendered_notices[notice.pk]
        return rendered.text if isinstance(rendered, RenderedNotice) else ""

    def get_is_settled(self, notice: Notice) -> bool:
        """Whether it does not hold now, such as an offer that was answered; its text is empty then.

        It may hold again, when the same offer is made once more.
        """
        return self.rendered_notices[notice.pk] is None


class NoticeFilters(SearchableFilterSet):
    """Filter notices by topic and time. Their text cannot be searched: it is rendered when they are read."""

    topic = ChoicesFilter(method="filter_by_topic", choices=NoticeTopic.choices)
    is_unread = BooleanFilter(field_name="read_at", lookup_expr="isnull")
    created_from = UTCDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_until = UTCDateTimeFilter(field_name="created_at", lookup_expr="lte")

    def filter_by_topic(self, rows: "QuerySet[Notice]", name: str, topics: list[str]) -> "QuerySet[Notice]":
        """Return the notices whose type has one of these topics."""
        kinds = [kind for kind, notice_type in list_notice_types().items() if notice_type.topic in topics]
        return rows.filter(kind__in=kinds)


class MarkReadInput(StrictSerializer):
    """The notices to mark as read."""

    ids = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        max_length=500,
        help_text="Left out: all notices. An empty list marks none.",
    )


class MarkReadSerializer(serializers.Serializer[Any]):
    """How many notices were unread."""

    read_count = serializers.IntegerField()


@extend_schema_view(
    list=extend_schema(summary="List my notices", description="My inbox, settled notices too."),
)
@extend_schema(tags=["me"])
class NoticeViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Notice]):
    """The caller's inbox."""

    serializer_class = NoticeSerializer
    filterset_class = NoticeFilters
    orderings = ("created_at",)
    queryset = Notice.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the notices of the caller."""
        return list_inbox_notices(get_current_user(self.request)).select_related("recipient")

    @extend_schema(
        operation_id="markNoticesRead",
        summary="Mark notices as read",
        request=MarkReadInput,
        responses=MarkReadSerializer,
    )
    @action(detail=False, methods=["post"], url_path="mark-read")
    def mark_read(self, request: Request) -> Response:
        """Mark these notices of the caller, or all, as read. Ids of no notice of the caller are passed over."""
        serializer = MarkReadInput(data=request.data)
        serializer.require_valid()
        newly_read = mark_notices_read(
            actor=get_current_user(request), notices=serializer.validated_data.get("ids"), at=timezone.now()
        )
        return Response(MarkReadSerializer({"read_count": newly_read}).data)
