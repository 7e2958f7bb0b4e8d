"""API of members and invitations of a campaign."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import member_queries, queries
from campaigns.actions.invitation_answers import accept_invitation
from campaigns.actions.invitations import check_may_be_invited, invite_member, revoke_invitation
from campaigns.actions.members import leave_campaign, remove_member
from campaigns.actions.positions import change_position
from campaigns.api.filters import MemberFilters
from campaigns.models import Campaign, Member, MemberInvitation
from core.accounts.permissions import read_sign_in
from core.api import etags
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.permissions import OwnDataOnly
from core.api.serializers import EmptyBody, StrictSerializer, VersionInput
from core.email_addresses import MAX_EMAIL_LENGTH
from core.enums import AccessPoint
from core.errors import NotAllowed, NotFound
from core.privacy.contact_fields import ContactEmailField, ContactField
from core.privacy.contact_logging import CampaignContactAccessLogMixin


class MemberSerializer(serializers.ModelSerializer[Member]):
    """A member of a campaign. The address is empty where the caller may not see it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    campaign = serializers.UUIDField(source="campaign.public_id", read_only=True)
    email = ContactField(
        source="user.email",
        subject="user_id",
        visible_if="is_email_visible",
        help_text="Managers and reviewers see everybody's, anybody else their own and those of the managers.",
    )
    first_name = serializers.SerializerMethodField()
    is_me = serializers.SerializerMethodField()

    class Meta:
        model = Member
        fields = ["id", "campaign", "position", "email", "first_name", "is_me", "since", "version"]
        read_only_fields = fields

    def is_email_visible(self, member: Member) -> bool:
        """Return whether the caller may see the address of a member."""
        visible: bool = member.shown  # type: ignore[attr-defined]
        return visible

    def get_first_name(self, member: Member) -> str:
        """The first name; empty where the address is, and of an account without one."""
        return member.user.first_name if self.is_email_visible(member) else ""

    def get_is_me(self, member: Member) -> bool:
        """Whether the member is the caller."""
        return member.user_id == get_current_user(self.context["request"]).pk


class MemberPositionInput(VersionInput):
    """The member's new position."""

    position = serializers.ChoiceField(choices=Member.Position.choices)


class MemberInvitationSerializer(serializers.ModelSerializer[MemberInvitation]):
    """An open invitation. It does not say whether the address has an account."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    email = ContactEmailField(subject="public_id")

    class Meta:
        model = MemberInvitation
        fields = ["id", "email", "position", "invited_at", "expires_at"]
        read_only_fields = fields


class MemberInvitationInput(StrictSerializer):
    """The address and the position to invite to."""

    email = serializers.EmailField(max_length=MAX_EMAIL_LENGTH)
    position = serializers.ChoiceField(choices=Member.Position.choices)


class LinkTokenInput(StrictSerializer):
    """The token at the end of the link."""

    token = serializers.CharField(max_length=200)


class MemberContactLogMixin(CampaignContactAccessLogMixin):
    """Records that members' addresses were shown."""

    access_point = AccessPoint.MEMBERS


class CampaignScopedView(generics.GenericAPIView[Any]):
    """Base of views below one campaign that the caller may see."""

    def campaign(self) -> Campaign:
        """Return the campaign. Raises NotFound, also for one that the caller may not see."""
        campaign = queries.visible_to(get_current_user(self.request)).filter(public_id=self.kwargs["id"]).first()
        if campaign is None:
            raise NotFound(_("There is no such campaign. Check its id."))
        return campaign


@extend_schema_view(
    get=extend_schema(operation_id="listCampaignMembers", summary="List the members of a campaign", tags=["campaigns"])
)
class CampaignMembersView(MemberContactLogMixin, mixins.ListModelMixin, CampaignScopedView):
    """Members of one campaign."""

    serializer_class = MemberSerializer
    filterset_class = MemberFilters
    orderings = ("since",)
    queryset = Member.objects.none()

    def get(self, request: Request, id: UUID) -> Response:
        """List the members, with those addresses that the caller may see."""
        return self.list(request)

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the members of the campaign."""
        return member_queries.members_visible_to(get_current_user(self.request)).filter(campaign=self.campaign())


class CampaignInvitationsView(
    CampaignContactAccessLogMixin, IdempotentAPIView, mixins.ListModelMixin, CampaignScopedView
):
    """Open invitations to one campaign, whether or not the address has an account."""

    access_point = AccessPoint.INVITATIONS
    created_route = "member-invitation-detail"
    serializer_class = MemberInvitationSerializer
    queryset = MemberInvitation.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the open invitations to the campaign. Raises NotAllowed."""
        campaign, user = self.campaign(), get_current_user(self.request)
        if not (queries.is_manager(user, campaign) or queries.may_review(user, campaign)):
            raise NotAllowed(_("Only this campaign's managers see its invitations. Ask a manager."))
        return member_queries.invitations_visible_to(user, at=timezone.now()).filter(campaign=campaign)

    @extend_schema(
        operation_id="listMemberInvitations",
        summary="List open invitations",
        description="For its managers.",
        tags=["campaigns"],
    )
    def get(self, request: Request, id: UUID) -> Response:
        """List the invitations that can still be accepted."""
        return self.list(request)

    @extend_schema(
        operation_id="inviteMember",
        summary="Invite a member by mail",
        tags=["campaigns"],
        request=MemberInvitationInput,
        responses={201: MemberInvitationSerializer},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Send a link that works once, for a week. The answer does not tell whether there is an account.

        An invitation to manage needs a sign-in of the last ten minutes.
        """
        campaign, actor = self.campaign(), get_current_user(request)
        payload = MemberInvitationInput(data=request.data)
        payload.require_valid(lambda: check_may_be_invited(actor, campaign, **payload.validated_data))
        sign_in = read_sign_in(request)
        invitation = invite_member(
            actor=actor,
            campaign=campaign,
            at=timezone.now(),
            has_mfa=sign_in.has_mfa,
            authenticated_at=sign_in.authenticated_at,
            **payload.validated_data,
        )
        return Response(self.get_serializer(invitation).data, status=status.HTTP_201_CREATED)


class LeaveCampaignView(CampaignScopedView):
    """The end of the caller's own membership."""

    @extend_schema(
        operation_id="leaveCampaign",
        summary="Leave a campaign",
        tags=["campaigns"],
        request=None,
        responses={204: None},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Leave at once. The only manager must make another member a manager first.

        If the safe phone is the caller's it is deleted. That needs a sign-in of the last ten minutes.
        """
        EmptyBody.require_empty(request)
        sign_in = read_sign_in(request)
        leave_campaign(
            actor=get_current_user(request),
            campaign=self.campaign(),
            at=timezone.now(),
            has_mfa=sign_in.has_mfa,
            authenticated_at=sign_in.authenticated_at,
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(retrieve=extend_schema(summary="Get a member"))
@extend_schema(tags=["campaigns"])
class MemberViewSet(MemberContactLogMixin, etags.ETagMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Member]):
    """Members of campaigns that the caller may see."""

    serializer_class = MemberSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = Member.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the members that the caller may see."""
        return member_queries.members_visible_to(get_current_user(self.request))

    @extend_schema(
        operation_id="changeMemberPosition",
        summary="Change a member's position",
        request=MemberPositionInput,
        responses=MemberSerializer,
    )
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Change the position. Managers only; one manager must remain.

        To make a member a manager, or another manager something else, needs a sign-in of the last ten minutes.
        """
        payload = MemberPositionInput(data=etags.read_versioned_data(request))
        payload.require_valid()
        member, sign_in = self.get_object(), read_sign_in(request)
        change_position(
            actor=get_current_user(request),
            member=member,
            at=timezone.now(),
            has_mfa=sign_in.has_mfa,
            authenticated_at=sign_in.authenticated_at,
            **payload.validated_data,
        )
        updated = member_queries.members_visible_to(get_current_user(request)).get(pk=member.pk)
        return Response(self.get_serializer(updated).data)

    @extend_schema(operation_id="removeMember", summary="Remove a member", responses={204: None})
    def destroy(self, request: Request, id: UUID) -> Response:
        """End the member's access at once. Managers only; any member may remove themselves.

        To remove another manager, or whose the safe phone is, needs a sign-in of the last ten minutes.
        """
        payload = VersionInput(data=etags.read_versioned_data(request))
        payload.require_valid()
        sign_in = read_sign_in(request)
        remove_member(
            actor=get_current_user(request),
            member=self.get_object(),
            at=timezone.now(),
            has_mfa=sign_in.has_mfa,
            authenticated_at=sign_in.authenticated_at,
            **payload.validated_data,
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class AcceptedInvitationSerializer(serializers.Serializer[Member]):
    """The membership that an accepted invitation has created."""

    member = serializers.UUIDField(source="public_id")
    campaign = serializers.UUIDField(source="campaign.public_id")
    position = serializers.ChoiceField(choices=Member.Position.choices)


@extend_schema(tags=["campaigns"])
class MemberInvitationViewSet(viewsets.GenericViewSet[MemberInvitation]):
    """Invitations to act for a campaign."""

    serializer_class = MemberInvitationSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = MemberInvitation.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the open invitations to campaigns that the caller manages."""
        return member_queries.invitations_visible_to(get_current_user(self.request), at=timezone.now())

    @extend_schema(operation_id="revokeMemberInvitation", summary="Revoke an invitation", responses={204: None})
    def destroy(self, request: Request, id: UUID) -> Response:
        """Revoke the invitation, so that its link stops working."""
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
        """Accept an invitation to the caller's own address. A link works once."""
        payload = LinkTokenInput(data=request.data)
        payload.require_valid()
        member = accept_invitation(actor=get_current_user(request), at=timezone.now(), **payload.validated_data)
        return Response(AcceptedInvitationSerializer(member).data)
