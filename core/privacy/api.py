"""Everything that is held about me, and having it gone."""

from dataclasses import asdict
from typing import Any

from django.contrib.auth import logout
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.accounts.mfa import has_recently_reauthenticated
from core.api.current_user import get_current_user
from core.api.permissions import OwnDataOnly
from core.api.serializers import StrictSerializer
from core.privacy.erasure import data_subject_of, erase_own_account, preview_erasure
from core.privacy.export import export_personal_data
from core.privacy.throttles import ErasureThrottle, ExportThrottle


class PersonalDataSerializer(serializers.Serializer[Any]):
    """What is held about me, a list of rows for each of its parts."""

    created_at = serializers.DateTimeField()
    sections = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))


class PersonalDataView(APIView):
    """All of it as one file."""

    permission_classes = [OwnDataOnly]
    throttle_classes = [ExportThrottle]

    @extend_schema(
        operation_id="exportPersonalData",
        summary="Export my personal data",
        description="What I said, what I was told and what I did, as a volunteer, for a campaign and as a reviewer. "
        "What others thought of me is not in it, nor anything about others. docs/privacy.md says what is kept and why.",
        tags=["me"],
        responses=PersonalDataSerializer,
    )
    def get(self, request: Request) -> Response:
        """A file that no cache keeps."""
        told = export_personal_data(actor=get_current_user(request), at=timezone.now())
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "no-store"}
        return Response(told, headers=headers)


class ErasurePreviewSerializer(serializers.Serializer[Any]):
    """What it means, in sentences."""

    blockers = serializers.ListField(
        source="first", child=serializers.CharField(), help_text="What I have to do before."
    )
    erased = serializers.ListField(source="goes", child=serializers.CharField())
    retained = serializers.ListField(source="stays", child=serializers.CharField())


class ErasureInput(StrictSerializer):
    """That I know what I do, and that it is me.

    Who has no password confirms with the second factor (allauth's reauthentication), and leaves it out.
    """

    understood = serializers.BooleanField(help_text="I have read what goes and what stays.")
    password = serializers.CharField(required=False, write_only=True, max_length=1000)


class ErasureView(generics.GenericAPIView[Any]):
    """I go, and everything that is mine."""

    permission_classes = [OwnDataOnly]
    throttle_classes = [ErasureThrottle]
    serializer_class = ErasurePreviewSerializer

    @extend_schema(
        operation_id="previewErasure", summary="Preview my erasure", tags=["me"], responses=ErasurePreviewSerializer
    )
    def get(self, request: Request) -> Response:
        """What I have to do first, what goes, and what stays."""
        told = preview_erasure(data_subject_of(get_current_user(request), at=timezone.now()))
        return Response(ErasurePreviewSerializer(asdict(told)).data)

    @extend_schema(
        operation_id="eraseAccount",
        summary="Erase my account",
        tags=["me"],
        request=ErasureInput,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """At once, and for good: nobody can bring it back."""
        sent = ErasureInput(data=request.data)
        sent.is_valid(raise_exception=True)
        erase_own_account(
            actor=get_current_user(request),
            proven=has_recently_reauthenticated(request._request, get_current_user(request)),
            at=timezone.now(),
            **sent.validated_data,
        )
        if hasattr(request._request, "session"):
            logout(request._request)
        return Response(status=status.HTTP_204_NO_CONTENT)
