"""Problem reports, for reviewers."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.serializers import StrictSerializer
from matching.api.filters import ProblemReportFilters
from matching.lifecycle.actions.problem_reports import handle_report
from matching.lifecycle.queries.problem_reports import problem_reports_visible_to
from matching.models import ProblemReport
from matching.rules.problem_kinds import ProblemKind
from matching.rules.text_lengths import MAX_REPORT_LENGTH


class ReviewedProblemReportSerializer(serializers.ModelSerializer[ProblemReport]):
    """A problem report as a reviewer sees it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    match = serializers.UUIDField(source="match.public_id")
    kind = serializers.ChoiceField(choices=ProblemKind.choices)

    class Meta:
        model = ProblemReport
        fields = ["id", "match", "side", "kind", "text", "reported_at", "answer_due_at", "handled_at", "outcome"]
        read_only_fields = fields


class OutcomeInput(StrictSerializer):
    """The outcome: facts found and steps taken."""

    outcome = serializers.CharField(max_length=MAX_REPORT_LENGTH)


@extend_schema_view(
    list=extend_schema(summary="List problem reports", description="Reviewers only."),
    retrieve=extend_schema(summary="Get a problem report", description="Reviewers only."),
)
@extend_schema(tags=["review"])
class ProblemReportViewSet(
    ETagMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ProblemReport]
):
    """Problem reports on matches."""

    permission_classes = [IsReviewer]
    serializer_class = ReviewedProblemReportSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    pages_by = ("answer_due_at", "id")
    filterset_class = ProblemReportFilters
    orderings = ("answer_due_at", "reported_at")
    queryset = ProblemReport.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the reports outside the contests in which the caller has a part."""
        return problem_reports_visible_to(get_current_user(self.request))

    @extend_schema(operation_id="closeProblemReport", summary="Close a problem report", request=OutcomeInput)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, id: UUID) -> Response:
        """Close the report: contact is allowed again, and its author gets a notice."""
        sent = OutcomeInput(data=request.data)
        sent.require_valid()
        report = handle_report(
            actor=get_current_user(request), report=self.get_object(), at=timezone.now(), **sent.validated_data
        )
        return Response(self.get_serializer(report).data)
