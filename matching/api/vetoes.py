"""“Never these two” and “this person, this place”: what each side has said, and reviewers."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Campaign, Seat
from core.api.caller import caller
from core.api.idempotency import Idempotent
from core.api.permissions import IsReviewer
from core.errors import NotFound
from matching.actions.pins import lift_pin, pin
from matching.actions.vetoes import lift_veto, veto_campaign, veto_pair, veto_person
from matching.api.filters import CampaignVetoFilters, PinFilters, VetoFilters
from matching.models import Pin, Veto
from matching.queries.matches import offered_to, placed_with
from matching.queries.vetoes import pins_visible_to, vetoes_by, vetoes_of, vetoes_visible_to
from volunteers.models import Volunteer


class MyVetoSerializer(serializers.ModelSerializer[Veto]):
    """A campaign that I never want to hear of again. It is named where an offer has named it to me."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    campaign = serializers.SerializerMethodField()

    class Meta:
        model = Veto
        fields = ["id", "campaign", "reason", "made_at"]
        read_only_fields = fields

    def get_campaign(self, veto: Veto) -> str:
        """Its name."""
        return veto.campaign.name if veto.named else ""  # type: ignore[attr-defined]


class CampaignVetoSerializer(serializers.ModelSerializer[Veto]):
    """Somebody who never is to be proposed for us again: for what they said yes to us, the last time."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    campaign = serializers.UUIDField(source="campaign.public_id")
    first_name = serializers.SerializerMethodField()
    title = serializers.CharField(default="")
    role = serializers.CharField(default="")

    class Meta:
        model = Veto
        fields = ["id", "campaign", "first_name", "title", "role", "reason", "made_at"]
        read_only_fields = fields

    def get_first_name(self, veto: Veto) -> str:
        """Who it is, as long as a placement shows them."""
        return veto.volunteer.first_name if veto.known else ""  # type: ignore[attr-defined]


class VetoSerializer(serializers.ModelSerializer[Veto]):
    """Two who never come together, as a reviewer sees it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    volunteer = serializers.UUIDField(source="volunteer.public_id")
    name = serializers.CharField(source="volunteer")
    campaign = serializers.UUIDField(source="campaign.public_id")
    campaign_name = serializers.CharField(source="campaign.name")

    class Meta:
        model = Veto
        fields = ["id", "volunteer", "name", "campaign", "campaign_name", "side", "reason", "made_at"]
        read_only_fields = fields


class PinSerializer(serializers.ModelSerializer[Pin]):
    """Somebody whom a reviewer has given a place before any run."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    volunteer = serializers.UUIDField(source="volunteer.public_id")
    name = serializers.CharField(source="volunteer")
    seat = serializers.UUIDField(source="seat.public_id")
    role = serializers.CharField(source="seat.role.name")
    request = serializers.UUIDField(source="seat.role.request.public_id")

    class Meta:
        model = Pin
        fields = ["id", "volunteer", "name", "seat", "role", "request", "reason", "made_at"]
        read_only_fields = fields


class NeverInput(serializers.Serializer[Veto]):
    """A match with the other side, and why, for reviewers' eyes and one's own."""

    match = serializers.UUIDField()
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class PairInput(serializers.Serializer[Veto]):
    """Which two, and why."""

    volunteer = serializers.UUIDField()
    campaign = serializers.UUIDField()
    reason = serializers.CharField(max_length=500)


class PinInput(serializers.Serializer[Pin]):
    """Who, which place, and why."""

    volunteer = serializers.UUIDField()
    seat = serializers.UUIDField()
    reason = serializers.CharField(max_length=500)


class Vetoes(Idempotent, mixins.ListModelMixin, viewsets.GenericViewSet[Veto]):
    """Vetoes of one side."""

    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = Veto.objects.none()

    def destroy(self, request: Request, id: UUID) -> Response:
        """From the next run on the two may meet again."""
        lift_veto(actor=caller(request), veto=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def made(self, veto: Veto) -> Response:
        """The veto as its side sees it."""
        seen = self.get_queryset().get(pk=veto.pk)
        return Response(self.get_serializer(seen).data, status=status.HTTP_201_CREATED)


@extend_schema_view(
    list=extend_schema(summary="Campaigns that I never want to hear of again"),
    destroy=extend_schema(summary="Take back a “never”", responses={204: None}),
)
@extend_schema(tags=["me"])
class MyVetoViewSet(Vetoes):
    """What the caller has said as a volunteer."""

    serializer_class = MyVetoSerializer

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """The caller's own."""
        return vetoes_of(caller(self.request))

    @extend_schema(summary="Never this campaign", request=NeverInput, responses={201: MyVetoSerializer})
    def create(self, request: Request) -> Response:
        """The campaign of something that I was offered. What I have not answered there ends with it."""
        sent = NeverInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        match = offered_to(caller(request)).filter(public_id=said.pop("match")).first()
        if match is None:
            raise NotFound("There is no such match.", field="match")
        return self.made(veto_campaign(actor=caller(request), match=match, at=timezone.now(), **said))


@extend_schema_view(
    list=extend_schema(summary="People who are never to be proposed for us again"),
    destroy=extend_schema(summary="Take back a “never”", responses={204: None}),
)
@extend_schema(tags=["campaigns"])
class CampaignVetoViewSet(Vetoes):
    """What the campaigns have said for which the caller acts."""

    serializer_class = CampaignVetoSerializer
    filterset_class = CampaignVetoFilters

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those of the caller's campaigns."""
        return vetoes_by(caller(self.request))

    @extend_schema(summary="Never this person", request=NeverInput, responses={201: CampaignVetoSerializer})
    def create(self, request: Request) -> Response:
        """Somebody who has said yes to us, whatever came of it. They are not told."""
        sent = NeverInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        match = placed_with(caller(request), ended=True).filter(public_id=said.pop("match")).first()
        if match is None:
            raise NotFound("There is no such placement.", field="match")
        return self.made(veto_person(actor=caller(request), match=match, at=timezone.now(), **said))


@extend_schema_view(
    list=extend_schema(summary="Vetoes", description="Reviewers only."),
    destroy=extend_schema(
        summary="Lift a veto", description="Reviewers only, and only what a reviewer made.", responses={204: None}
    ),
)
@extend_schema(tags=["review"])
class VetoViewSet(Vetoes):
    """All vetoes."""

    permission_classes = [IsReviewer]
    serializer_class = VetoSerializer
    filterset_class = VetoFilters
    orderings = ("made_at",)

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those that concern no contest of the caller's own."""
        return vetoes_visible_to(caller(self.request))

    @extend_schema(summary="Never these two", request=PairInput, responses={201: VetoSerializer})
    def create(self, request: Request) -> Response:
        """What is proposed, approved or offered between them ends."""
        sent = PairInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        volunteer = Volunteer.objects.filter(public_id=said.pop("volunteer")).first()
        campaign = Campaign.objects.filter(public_id=said.pop("campaign")).first()
        if volunteer is None or campaign is None:
            raise NotFound("There is no such volunteer, or no such campaign.")
        at, why = timezone.now(), said["reason"]
        return self.made(veto_pair(actor=caller(request), volunteer=volunteer, campaign=campaign, reason=why, at=at))


@extend_schema_view(list=extend_schema(summary="Pins", description="Reviewers only."))
@extend_schema(tags=["review"])
class PinViewSet(Idempotent, mixins.ListModelMixin, viewsets.GenericViewSet[Pin]):
    """Places that reviewers have given to people before any run."""

    permission_classes = [IsReviewer]
    serializer_class = PinSerializer
    filterset_class = PinFilters
    orderings = ("made_at",)
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = Pin.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those that concern no contest of the caller's own."""
        return pins_visible_to(caller(self.request))

    @extend_schema(summary="Pin somebody to a place", request=PinInput, responses={201: PinSerializer})
    def create(self, request: Request) -> Response:
        """The run that follows takes the pair first. A pair that breaks a rule is refused with that rule, in words."""
        sent = PinInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        volunteer = Volunteer.objects.filter(public_id=said.pop("volunteer")).first()
        seats = Seat.objects.filter(public_id=said.pop("seat"))
        seat = seats.select_related("role__request__campaign__candidate").first()
        if volunteer is None or seat is None:
            raise NotFound("There is no such volunteer, or no such place.")
        made = pin(actor=caller(request), volunteer=volunteer, seat=seat, at=timezone.now(), **said)
        seen = pins_visible_to(caller(request)).get(pk=made.pk)
        return Response(PinSerializer(seen).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Lift a pin", responses={204: None})
    def destroy(self, request: Request, id: UUID) -> Response:
        """What a run has proposed by it stays until the next one."""
        lift_pin(actor=caller(request), pin=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
