"""Vetoes of campaigns."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.current_user import get_current_user
from matching.api.filters import CampaignVetoFilters
from matching.api.vetoes import BaseVetoViewSet, MatchVetoInput
from matching.lifecycle.actions.vetoes import check_volunteer_known, veto_volunteer
from matching.lifecycle.queries.matches import placements_visible_to
from matching.lifecycle.queries.vetoes import vetoes_by_campaigns_of
from matching.models import Veto


class CampaignVetoSerializer(serializers.ModelSerializer[Veto]):
    """A volunteer who is never to be proposed for us again, with the latest role that they accepted."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    created_at = serializers.DateTimeField()
    campaign = serializers.UUIDField(source="campaign.public_id")
    first_name = serializers.SerializerMethodField()
    request = serializers.UUIDField(source="request_id", allow_null=True, help_text="Of the latest that they accepted.")
    title = serializers.CharField(default="")
    role_id = serializers.UUIDField(allow_null=True)
    role = serializers.CharField(default="")

    class Meta:
        model = Veto
        fields = ["id", "campaign", "first_name", "request", "title", "role_id", "role", "reason", "created_at"]
        read_only_fields = fields

    def get_first_name(self, veto: Veto) -> str:
        """The first name, as long as a placement shows it."""
        return veto.volunteer.first_name if veto.known else ""  # type: ignore[attr-defined]


@extend_schema_view(
    list=extend_schema(summary="List our campaigns' vetoes"),
    destroy=extend_schema(
        operation_id="liftPlacementVeto", summary="Lift one of our campaigns' vetoes", responses={204: None}
    ),
)
@extend_schema(tags=["campaigns"])
class CampaignVetoViewSet(BaseVetoViewSet):
    """The vetoes of the campaigns for which the caller acts."""

    serializer_class = CampaignVetoSerializer
    filterset_class = CampaignVetoFilters

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the vetoes of the caller's campaigns."""
        return vetoes_by_campaigns_of(get_current_user(self.request))

    @extend_schema(
        operation_id="vetoVolunteer",
        summary="Veto a volunteer",
        request=MatchVetoInput,
        responses={201: CampaignVetoSerializer},
    )
    def create(self, request: Request) -> Response:
        """Veto a volunteer who has accepted an offer of ours, whatever followed. They get no notice of it.

        A second veto changes nothing: the answer is a 201 with the first one, and its reason stays.
        """
        placements = placements_visible_to(get_current_user(request), ended=True)
        match, reason = self.read_match_veto(
            request, placements, _("There is no such placement."), check_volunteer_known
        )
        return self.respond_created(
            veto_volunteer(actor=get_current_user(request), match=match, at=timezone.now(), **reason)
        )
