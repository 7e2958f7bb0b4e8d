"""The API of a user's own data: export it, and erase the account."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib.auth import logout
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.accounts.authentication import AuthenticationContext
from core.accounts.mfa import list_authenticators
from core.accounts.own_password import is_own_password
from core.accounts.reauthentication import is_recent
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.permissions import OwnDataOnly
from core.api.serializers import StrictSerializer, TrueField
from core.models import User
from core.privacy.erasure import check_confirmation, data_subject_of, erase_own_account, preview_erasure
from core.privacy.export import export_personal_data
from core.privacy.export_schema import build_sections_serializer
from core.privacy.export_sections import list_export_sections
from core.privacy.throttles import ErasureThrottle, ExportThrottle

# All apps have registered by now: their modules are imported before any view.
ExportedSectionsSerializer = build_sections_serializer()


class PersonalDataSerializer(serializers.Serializer[Any]):
    """The export: a list of rows for each of its sections."""

    created_at = serializers.DateTimeField()
    sections = ExportedSectionsSerializer()


PERSONAL_DATA_EXAMPLE = OpenApiExample(
    "A new account",
    value={
        "created_at": "2026-03-02T12:00:00Z",
        "sections": {
            **{name: [] for name in list_export_sections()},
            "account": [
                {
                    "public_id": "2e92fb01-9537-50a9-9b75-07b51ee5c062",
                    "email": "alex@example.org",
                    "first_name": "Alex",
                    "language": "en",
                    "is_active": True,
                    "is_staff": False,
                    "is_superuser": False,
                    "is_policy_editor": False,
                    "conduct_accepted_at": None,
                    "is_reminded_a_day_before": True,
                    "is_reminded_an_hour_before": True,
                    "last_digest_at": None,
                    "joined_at": "2026-03-01T12:00:00Z",
                    "last_login": "2026-03-01T12:00:00Z",
                }
            ],
            "addresses": [{"email": "alex@example.org", "verified": True, "primary": True}],
        },
    },
    response_only=True,
)


class PersonalDataView(APIView):
    """The caller's personal data as one file."""

    permission_classes = [OwnDataOnly]
    throttle_classes = [ExportThrottle]

    @extend_schema(
        operation_id="exportPersonalData",
        summary="Export my personal data",
        description="The data that we hold about the caller: their profile, notices and actions as a volunteer, for a "
        "campaign and as a reviewer. It leaves out what other people said about them, and everything about other "
        "people. There may be more sections and columns one day, so show all that come. A column "
        "without a value is null, and a text that may be empty is empty: the description of each says which. Ten an "
        "hour, each made anew, so there is no `ETag`.",
        tags=["me"],
        responses=PersonalDataSerializer,
        examples=[PERSONAL_DATA_EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        """Return the export as a file that no cache keeps."""
        export = export_personal_data(actor=get_current_user(request), at=timezone.now())
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "no-store"}
        return Response(export, headers=headers)


class ErasurePreviewSerializer(serializers.Serializer[Any]):
    """The consequences of an erasure, in sentences."""

    blockers = serializers.ListField(child=serializers.CharField(), help_text="What the caller has to do before.")
    erased = serializers.ListField(child=serializers.CharField())
    retained = serializers.ListField(child=serializers.CharField())


class ErasureInput(StrictSerializer):
    """The caller's confirmation, with their password.

    A user with a second factor leaves the password out, and proves it once more by the factor before. One without a
    password signs in once more, with a mailed code.
    """

    understands_consequences = TrueField(
        help_text="True: the caller has read what goes and what stays, which `GET /me/erasure` says."
    )
    password = serializers.CharField(
        required=False,
        write_only=True,
        max_length=1000,
        help_text="Needed by an account with a password and without a second factor, unless `auth/reauthenticate` has "
        "taken it within the last ten minutes. All others leave it out. They prove it before, by the factor or by a "
        "new sign-in: else the answer is a 403 with the code `sign_in_again`.",
    )


class ErasureView(ETagMixin, generics.GenericAPIView[Any]):
    """The erasure of the caller's account."""

    permission_classes = [OwnDataOnly]
    throttle_classes = [ErasureThrottle]
    serializer_class = ErasurePreviewSerializer

    @extend_schema(
        operation_id="previewErasure", summary="Preview my erasure", tags=["me"], responses=ErasurePreviewSerializer
    )
    def get(self, request: Request) -> Response:
        """What the caller has to do first, what goes, and what stays."""
        preview = preview_erasure(data_subject_of(get_current_user(request), at=timezone.now()))
        return Response(ErasurePreviewSerializer(asdict(preview)).data)

    @extend_schema(
        operation_id="eraseAccount",
        summary="Erase my account",
        tags=["me"],
        request=ErasureInput,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Erase the account and its data at once; it cannot be undone, and the session ends.

        It needs the password. With a second factor it needs that one instead, within the last ten minutes; without both
        it needs a sign-in of the last ten minutes. A missing or wrong password is a 400 at `password`. What has to be
        done first is a 409.
        """
        serializer = ErasureInput(data=request.data)
        actor, at = get_current_user(request), timezone.now()

        def read_confirmation() -> dict[str, bool]:
            given = dict(serializer.validated_data)
            password = given.pop("password", "")
            is_confirmed = _is_confirmed(request, actor, password, at=at)
            return given | {"is_confirmed": is_confirmed, "gave_password": bool(password)}

        serializer.require_valid(lambda: check_confirmation(actor, **read_confirmation()))
        erase_own_account(actor=actor, at=at, **read_confirmation())
        if hasattr(request._request, "session"):
            logout(request._request)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _is_confirmed(request: Request, user: User, password: str, *, at: datetime) -> bool:
    """Return whether the user has shown that it is them: lately, or by the password. A factor counts before it."""
    access, has_factor = request.auth, list_authenticators(user).exists()
    if isinstance(access, AuthenticationContext) and is_recent(access.confirmed_at, at=at):
        return access.has_mfa or not has_factor
    return not has_factor and is_own_password(request._request, user, password)
