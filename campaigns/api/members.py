"""Who acts for a campaign, and who is invited to."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import queries
from campaigns.actions.invitations import accept_invitation, invite_member, revoke_invitation
from campaigns.actions.members import change_position, leave_campaign, remove_member
from campaigns.api.filters import MemberFilters
from campaigns.models import Campaign, Member, MemberInvitation
from core.api import etags
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.permissions import OwnDataOnly
from core.api.serializers import EmptyBody, StrictSerializer, VersionInput
from core.enums import AccessPoint
from core.errors import NotAllowed, NotFound
from core.privacy.contact_logging import CampaignContactAccessLogMixin


class MemberSerializer(serializers.ModelSerializer[Member]):
    """Somebody who acts for a campaign. The address is empty where it is not the caller's business."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    campaign = serializers.UUIDField(source="campaign.public_id", read_only=True)
    email = serializers.SerializerMethodField()
    is_me = serializers.SerializerMethodField()

    class Meta:
        model = Member
        fields = ["id", "campaign", "position", "email", "is_me", "since", "version"]
        read_only_fields = fields

    def get_email(self, member: Member) -> str:
        """Managers and reviewers see everybody's, anybody else their own and those of the managers."""
        if not member.shown:  # type: ignore[attr-defined]
            return ""
        self.context["shown"].add(member.user_id)
        return member.user.email

    def get_is_me(self, member: Member) -> bool:
        """Whether it is the caller."""
        return member.user_id == get_current_user(self.context["request"]).pk


class MemberPositionInput(VersionInput):
    """What somebody may do from now on."""

    position = serializers.ChoiceField(choices=Member.Position.choices)


class MemberInvitationSerializer(serializers.ModelSerializer[MemberInvitation]):
    """An open invitation. It says nothing of whether anybody here has that address."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = MemberInvitation
        fields = ["id", "email", "position", "invited_at", "expires_at"]
        read_only_fields = fields

    def to_representation(self, invitation: MemberInvitation) -> dict[str, Any]:
        """With the address, which is written down as shown."""
        self.context["shown"].add(invitation.public_id)
        return super().to_representation(invitation)


class MemberInvitationInput(StrictSerializer):
    """Whom to invite, and as what."""

    email = serializers.EmailField(max_length=254)
    position = serializers.ChoiceField(choices=Member.Position.choices)


class LinkTokenInput(StrictSerializer):
    """The token at the end of the link."""

    token = serializers.CharField(max_length=200)


class MemberContactLogMixin(CampaignContactAccessLogMixin):
    """Tells of members' addresses."""

    access_point = AccessPoint.MEMBERS


class CampaignScopedView(generics.GenericAPIView[Any]):
    """What hangs on one campaign, which the caller must be able to see."""

    def campaign(self) -> Campaign:
        """The campaign; another's looks like none."""
        found = queries.visible_to(get_current_user(self.request)).filter(public_id=self.kwargs["id"]).first()
        if found is None:
            raise NotFound("There is no such campaign.")
        return found


@extend_schema_view(
    get=extend_schema(operation_id="listCampaignMembers", summary="List the members of a campaign", tags=["campaigns"])
)
class CampaignMembersView(MemberContactLogMixin, mixins.ListModelMixin, CampaignScopedView):
    """Who acts for it."""

    serializer_class = MemberSerializer
    filterset_class = MemberFilters
    orderings = ("since",)
    queryset = Member.objects.none()

    def get(self, request: Request, id: UUID) -> Response:
        """All of them; whose address is the caller's business with it."""
        return self.list(request)

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those of the campaign."""
        return queries.members_visible_to(get_current_user(self.request)).filter(campaign=self.campaign())


class CampaignInvitationsView(
    CampaignContactAccessLogMixin, IdempotentAPIView, mixins.ListModelMixin, CampaignScopedView
):
    """Who is invited to act for it, whether or not they have an account."""

    access_point = AccessPoint.INVITATIONS
    serializer_class = MemberInvitationSerializer
    queryset = MemberInvitation.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those to the campaign that are open."""
        campaign, user = self.campaign(), get_current_user(self.request)
        if not (user.is_reviewer or queries.is_manager(user, campaign)):
            raise NotAllowed(_("Only this campaign's managers see whom it has invited."))
        return queries.invitations_visible_to(user, at=timezone.now()).filter(campaign=campaign)

    @extend_schema(
        operation_id="listMemberInvitations",
        summary="List open invitations",
        description="For its managers.",
        tags=["campaigns"],
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Those that can still be taken up."""
        return self.list(request)

    @extend_schema(
        operation_id="inviteMember",
        summary="Invite a member by mail",
        tags=["campaigns"],
        request=MemberInvitationInput,
        responses={201: MemberInvitationSerializer},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Sends a link that works once, for a week. The answer is the same whether or not they have an account."""
        campaign = self.campaign()
        sent = MemberInvitationInput(data=request.data)
        sent.is_valid(raise_exception=True)
        made = invite_member(
            actor=get_current_user(request), campaign=campaign, at=timezone.now(), **sent.validated_data
        )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)


class LeaveCampaignView(CampaignScopedView):
    """Acting for it no longer."""

    @extend_schema(
        operation_id="leaveCampaign",
        summary="Leave a campaign",
        tags=["campaigns"],
        request=None,
        responses={204: None},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """At once. Who is its only manager makes somebody else one first."""
        EmptyBody.require_empty(request)
        leave_campaign(actor=get_current_user(request), campaign=self.campaign(), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(retrieve=extend_schema(summary="Get a member"))
@extend_schema(tags=["campaigns"])
class MemberViewSet(MemberContactLogMixin, etags.ETagMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Member]):
    """People who act for campaigns that I see."""

    serializer_class = MemberSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = Member.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those that the caller may see."""
        return queries.members_visible_to(get_current_user(self.request))

    @extend_schema(
        operation_id="changeMemberPosition",
        summary="Change a member's position",
        request=MemberPositionInput,
        responses=MemberSerializer,
    )
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Managers only; there always is one."""
        sent = MemberPositionInput(data=etags.read_versioned_data(request))
        sent.is_valid(raise_exception=True)
        member = self.get_object()
        change_position(actor=get_current_user(request), member=member, at=timezone.now(), **sent.validated_data)
        again = queries.members_visible_to(get_current_user(request)).get(pk=member.pk)
        return Response(self.get_serializer(again).data)

    @extend_schema(operation_id="removeMember", summary="Remove a member", responses={204: None})
    def destroy(self, request: Request, id: UUID) -> Response:
        """Their access ends at once. Managers only; anybody may remove themselves."""
        sent = VersionInput(data=etags.read_versioned_data(request))
        sent.is_valid(raise_exception=True)
        remove_member(
            actor=get_current_user(request), member=self.get_object(), at=timezone.now(), **sent.validated_data
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class AcceptedInvitationSerializer(serializers.Serializer[Member]):
    """What somebody has become by taking up an invitation."""

    member = serializers.UUIDField(source="public_id")
    campaign = serializers.UUIDField(source="campaign.public_id")
    position = serializers.CharField()


@extend_schema(tags=["campaigns"])
class MemberInvitationViewSet(viewsets.GenericViewSet[MemberInvitation]):
    """Invitations to act for a campaign."""

    serializer_class = MemberInvitationSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = MemberInvitation.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Open ones to campaigns that the caller manages."""
        return queries.invitations_visible_to(get_current_user(self.request), at=timezone.now())

    @extend_schema(operation_id="revokeMemberInvitation", summary="Revoke an invitation", responses={204: None})
    def destroy(self, request: Request, id: UUID) -> Response:
        """Its link opens nothing any more."""
        revoke_invitation(actor=get_current_user(request), invitation=self.get_object(), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        operation_id="acceptMemberInvitation",
        summary="Accept an invitation",
        request=LinkTokenInput,
        responses=AcceptedInvitationSerializer,
    )
    @action(detail=False, methods=["post"], permission_classes=[OwnDataOnly])
    def accept(self, request: Request) -> Response:
        """Whoever is signed in with the address that was invited joins. It works once."""
        sent = LinkTokenInput(data=request.data)
        sent.is_valid(raise_exception=True)
        member = accept_invitation(actor=get_current_user(request), at=timezone.now(), **sent.validated_data)
        return Response(AcceptedInvitationSerializer(member).data)
