"""Vetoes of volunteers."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.current_user import get_current_user
from core.api.permissions import OwnDataOnly
from matching.api.vetoes import BaseVetoViewSet, MatchVetoInput
from matching.lifecycle.actions.hidden_campaigns import check_match_names_campaign
from matching.lifecycle.actions.vetoes import veto_campaign
from matching.lifecycle.queries.matches import matches_offered_to
from matching.lifecycle.queries.vetoes import vetoes_by_volunteer
from matching.models import Veto


class MyVetoSerializer(serializers.ModelSerializer[Veto]):
    """A campaign that I never want to hear of again. It is named if an offer named it and no emergency hides it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    created_at = serializers.DateTimeField()
    campaign_id = serializers.SerializerMethodField()
    campaign = serializers.SerializerMethodField()

    class Meta:
        model = Veto
        fields = ["id", "campaign_id", "campaign", "reason", "created_at"]
        read_only_fields = fields

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_campaign_id(self, veto: Veto) -> str | None:
        """The id of the campaign, or null where it is not named."""
        return str(veto.campaign.public_id) if veto.named else None  # type: ignore[attr-defined]

    def get_campaign(self, veto: Veto) -> str:
        """The name of the campaign, or an empty string."""
        return veto.campaign.name if veto.named else ""  # type: ignore[attr-defined]


@extend_schema_view(
    list=extend_schema(summary="List my vetoes"),
    destroy=extend_schema(operation_id="liftMyVeto", summary="Lift one of my vetoes", responses={204: None}),
)
@extend_schema(tags=["me"])
class MyVetoViewSet(BaseVetoViewSet):
    """The caller's vetoes as a volunteer."""

    permission_classes = [OwnDataOnly]
    serializer_class = MyVetoSerializer

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the caller's own vetoes."""
        return vetoes_by_volunteer(get_current_user(self.request))

    @extend_schema(
        operation_id="vetoCampaign",
        summary="Veto a campaign",
        request=MatchVetoInput,
        responses={201: MyVetoSerializer},
    )
    def create(self, request: Request) -> Response:
        """Veto the campaign of a match that was offered to me. Offers from it that I have not answered end.

        Each of those gets the state `superseded` and the reason `veto`. To say no with the reason `never` vetoes, too:
        that offer is `declined`.

        A second veto changes nothing: the answer is a 201 with the first one, and its reason stays.
        """
        match, reason = self.read_match_veto(
            request,
            matches_offered_to(get_current_user(request)),
            _("There is no such match."),
            check_match_names_campaign,
        )
        return self.respond_created(
            veto_campaign(actor=get_current_user(request), match=match, at=timezone.now(), **reason)
        )
