"""API of claiming a profile that an organisation imported."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.current_user import get_current_user
from core.api.permissions import OwnDataOnly
from core.api.serializers import StrictSerializer, TrueField
from volunteers.actions.profile_claims import claim_profile, claim_profile_with_code
from volunteers.profile_rules import check_adult


class ProfileClaimInput(StrictSerializer):
    """The token at the end of the invitation's link, and the code, once it has been sent."""

    token = serializers.CharField(max_length=200)
    adult = TrueField(help_text="The caller is 18 or over; anything else is refused.")
    code = serializers.CharField(
        max_length=20, required=False, help_text="From the letter to the address that the invitation was sent to."
    )


class ProfileClaimSerializer(serializers.Serializer[Any]):
    """Whether the profile is the caller's now."""

    is_claimed = serializers.BooleanField(
        help_text="False: if the invitation can still be used, a code is on its way to the address that it was sent to."
    )


class ProfileClaimView(generics.GenericAPIView[Any]):
    """The claim of a profile that an organisation imported."""

    permission_classes = [OwnDataOnly]
    serializer_class = ProfileClaimInput

    # It takes no idempotency key: an answer that is refused is taken back with its key, and wrong codes are counted.
    @extend_schema(
        operation_id="acceptProfileInvitation",
        summary="Accept the invitation to my imported profile",
        tags=["me"],
        responses=ProfileClaimSerializer,
    )
    def post(self, request: Request) -> Response:
        """Make the profile of an invitation the caller's, if they have proved the address that it was sent to.

        Else a code is sent there; send it with the same token. Every token gets this answer, used and unknown ones too.
        """
        payload = ProfileClaimInput(data=request.data)
        # A code is tried, and counted, only when all else is right.
        payload.require_valid(lambda: check_adult(payload.validated_data["adult"]))
        claim = claim_profile_with_code if "code" in payload.validated_data else claim_profile
        volunteer = claim(actor=get_current_user(request), at=timezone.now(), **payload.validated_data)
        return Response(ProfileClaimSerializer({"is_claimed": volunteer is not None}).data)
