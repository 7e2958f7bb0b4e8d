"""What candidates have stopped, for reviewers."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.candidate_stops import close_candidate_stop
from campaigns.api.filters import CandidateStopFilters
from campaigns.candidate_queries import stops_visible_to
from campaigns.models import CandidateStop
from campaigns.models.candidate_stop import MAX_STOP_TEXT_LENGTH
from core.accounts.permissions import IsReviewer, require_recent_sign_in
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.serializers import StrictSerializer


class CandidateStopSerializer(serializers.ModelSerializer[CandidateStop]):
    """A candidate's “No, stop this”, as a reviewer sees it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    campaign = serializers.UUIDField(source="campaign.public_id")
    outcome = serializers.ChoiceField(
        source="outcome_if_closed", choices=CandidateStop.Outcome.choices, allow_null=True, read_only=True
    )

    class Meta:
        model = CandidateStop
        fields = ["id", "campaign", "reason", "stopped_at", "answer_due_at", "handled_at", "outcome", "note"]
        read_only_fields = fields


class CloseStopInput(StrictSerializer):
    """What follows from the call, and what was said."""

    outcome = serializers.ChoiceField(choices=CandidateStop.Outcome.choices)
    note = serializers.CharField(max_length=MAX_STOP_TEXT_LENGTH)


@extend_schema_view(
    list=extend_schema(summary="List candidates' stops", description="Reviewers only."),
    retrieve=extend_schema(summary="Get a candidate's stop", description="Reviewers only."),
)
@extend_schema(tags=["review"])
class CandidateStopViewSet(
    ETagMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[CandidateStop]
):
    """What candidates have stopped by their links."""

    permission_classes = [IsReviewer]
    serializer_class = CandidateStopSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    pages_by = ("answer_due_at", "id")
    filterset_class = CandidateStopFilters
    orderings = ("answer_due_at", "stopped_at")
    queryset = CandidateStop.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the stops outside the contests in which the caller has a part."""
        return stops_visible_to(get_current_user(self.request))

    @extend_schema(operation_id="closeCandidateStop", summary="Close a candidate's stop", request=CloseStopInput)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, id: UUID) -> Response:
        """Close the stop after the call: the campaign may publish again, or is over. Its managers are informed.

        It needs a sign-in of the last ten minutes.
        """
        require_recent_sign_in(request)
        sent = CloseStopInput(data=request.data)
        sent.require_valid()
        stop = close_candidate_stop(
            actor=get_current_user(request), stop=self.get_object(), at=timezone.now(), **sent.validated_data
        )
        return Response(self.get_serializer(stop).data)
