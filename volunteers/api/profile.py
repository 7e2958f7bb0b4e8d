"""API of the caller's own profile."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import etags
from core.api.current_user import get_current_user
from core.api.permissions import OwnDataOnly
from core.errors import NotFound
from volunteers import queries
from volunteers.actions.profile import resolve_profile, save_profile
from volunteers.api.profile_examples import CHANGED_PROFILE_EXAMPLE, FIRST_PROFILE_EXAMPLE
from volunteers.api.profile_inputs import ProfileInput
from volunteers.api.profile_serializers import ProfileSerializer
from volunteers.models import Volunteer


@extend_schema_view(
    get=extend_schema(
        operation_id="getMyProfile",
        summary="Get my profile",
        tags=["me"],
        responses={200: ProfileSerializer, 404: None},
    ),
    put=extend_schema(
        operation_id="replaceMyProfile",
        summary="Replace my profile",
        description="Creates the profile or replaces it whole: each field says what leaving it out means. A profile "
        "that was read can be changed and sent back. Send back `version` to hear of changes made elsewhere. Mistakes "
        "are a 400 even where the version is stale. A first profile has no version: one that is sent is a 412. Each "
        "call "
        "confirms the hours, raises `version`, and counts as a change of the day, also where nothing differs. It may "
        "be "
        "sent after leaving, and does not bring the volunteer back.",
        tags=["me"],
        request=ProfileInput,
        responses=ProfileSerializer,
        examples=[FIRST_PROFILE_EXAMPLE, CHANGED_PROFILE_EXAMPLE],
    ),
)
class MyProfileView(etags.ETagMixin, generics.GenericAPIView[Volunteer]):
    """The caller's own profile."""

    permission_classes = [OwnDataOnly]
    serializer_class = ProfileSerializer

    def get(self, request: Request) -> Response:
        """The whole profile, to be changed and sent back. A 404 means that there is none yet."""
        return Response(ProfileSerializer(self._own_profile(request)).data)

    def put(self, request: Request) -> Response:
        """Create or replace the profile."""
        payload = ProfileInput(data=etags.read_versioned_data(request))
        payload.require_valid(lambda: self._judge(payload))
        profile, version = payload.profile()
        with payload.blaming_presets():
            save_profile(actor=get_current_user(request), profile=profile, at=timezone.now(), version=version)
        return Response(ProfileSerializer(self._own_profile(request)).data)

    def _judge(self, payload: ProfileInput) -> None:
        with payload.blaming_presets():
            resolve_profile(payload.profile()[0], today=timezone.now().date())

    def _own_profile(self, request: Request) -> Volunteer:
        volunteer = queries.with_profile(Volunteer.objects.filter(user=get_current_user(request))).first()
        if volunteer is None:
            raise NotFound(_("You have not raised your hand yet. Send your profile with PUT."))
        return volunteer
