"""Vetoes of reviewers, and what the view sets of all vetoes share."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Campaign
from campaigns.queries import visible_to
from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.references import find_named
from core.api.serializers import StrictSerializer
from core.field_errors import FieldErrors
from core.models import User
from matching.api.filters import VetoFilters
from matching.lifecycle.actions.vetoes import lift_veto, veto_pair
from matching.lifecycle.queries.vetoes import vetoes_visible_to
from matching.models import Match, Veto
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from volunteers.models import Volunteer


class VetoSerializer(serializers.ModelSerializer[Veto]):
    """A veto as a reviewer sees it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    created_at = serializers.DateTimeField()
    volunteer = serializers.UUIDField(source="volunteer.public_id")
    name = serializers.CharField(source="volunteer")
    campaign = serializers.UUIDField(source="campaign.public_id")
    campaign_name = serializers.CharField(source="campaign.name")

    class Meta:
        model = Veto
        fields = ["id", "volunteer", "name", "campaign", "campaign_name", "side", "reason", "created_at"]
        read_only_fields = fields


class MatchVetoInput(StrictSerializer):
    """A match with the other side, and a reason that only reviewers and the caller's own side can read."""

    match = serializers.UUIDField()
    reason = serializers.CharField(max_length=MAX_NOTE_LENGTH, required=False, allow_blank=True)


class PairVetoInput(StrictSerializer):
    """The volunteer, the campaign, and the reason."""

    volunteer = serializers.UUIDField()
    campaign = serializers.UUIDField()
    reason = serializers.CharField(max_length=MAX_NOTE_LENGTH)

    def find_pair(self, user: User) -> tuple[Volunteer, Campaign]:
        """Return the volunteer, and the campaign if the user may see it. Raises NotFound, naming each missing."""
        errors, named = FieldErrors(), self.validated_data
        with errors.collect():
            message = _("There is no such volunteer. Look them up again and give their id.")
            volunteer = find_named(Volunteer.objects.all(), named["volunteer"], field="volunteer", message=message)
        with errors.collect():
            message = _("There is no such campaign. Check its id.")
            campaign = find_named(visible_to(user), named["campaign"], field="campaign", message=message)
        errors.raise_if_any()
        return volunteer, campaign


class BaseVetoViewSet(IdempotentAPIView, mixins.ListModelMixin, viewsets.GenericViewSet[Veto]):
    """Base of the view sets of vetoes."""

    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = Veto.objects.none()

    def destroy(self, request: Request, id: UUID) -> Response:
        """Lift a veto. From the next run on the two may be matched again."""
        lift_veto(actor=get_current_user(request), veto=self.get_object(), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def read_match_veto(
        self, request: Request, matches: "QuerySet[Match]", missing: str, check: Callable[[Match], None]
    ) -> tuple[Match, dict[str, str]]:
        """Return the match that the caller named, one of `matches`, and the reason if there is one.

        `check` is the action's rule about the match. Raises NotFound with the message `missing`, ValidationError and
        Invalid.
        """
        sent = MatchVetoInput(data=request.data)

        def find_match() -> Match:
            return find_named(matches, sent.validated_data["match"], field="match", message=missing)

        sent.require_valid(lambda: check(find_match()))
        reason = {name: value for name, value in sent.validated_data.items() if name == "reason"}
        return find_match(), reason

    def respond_created(self, veto: Veto) -> Response:
        """Return the response with the veto as its side sees it."""
        visible_veto = self.get_queryset().get(pk=veto.pk)
        return Response(self.get_serializer(visible_veto).data, status=status.HTTP_201_CREATED)


@extend_schema_view(
    list=extend_schema(summary="List vetoes", description="Reviewers only."),
    destroy=extend_schema(
        operation_id="liftVeto",
        summary="Lift a veto",
        description="Reviewers only, and only what a reviewer made.",
        responses={204: None},
    ),
)
@extend_schema(tags=["review"])
class VetoViewSet(BaseVetoViewSet):
    """All vetoes."""

    permission_classes = [IsReviewer]
    serializer_class = VetoSerializer
    filterset_class = VetoFilters
    orderings = ("created_at",)

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the vetoes outside the contests in which the caller has a part."""
        return vetoes_visible_to(get_current_user(self.request))

    @extend_schema(
        operation_id="vetoPair",
        summary="Veto a volunteer and a campaign",
        request=PairVetoInput,
        responses={201: VetoSerializer},
    )
    def create(self, request: Request) -> Response:
        """Veto a pair. Whatever is proposed, approved or offered between the two ends.

        A second veto changes nothing: the answer is a 201 with the first one, and its reason stays.
        """
        sent, user, at = PairVetoInput(data=request.data), get_current_user(request), timezone.now()
        sent.require_valid(lambda: sent.find_pair(user))
        volunteer, campaign = sent.find_pair(user)
        reason = sent.validated_data["reason"]
        veto = veto_pair(actor=user, volunteer=volunteer, campaign=campaign, reason=reason, at=at)
        return Response(self.get_serializer(veto).data, status=status.HTTP_201_CREATED)
