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

from core.actions.erasure import account_of, erase_me, what_it_means
from core.actions.personal import export
from core.api.caller import caller
from core.api.fields import Exact
from core.api.permissions import Own
from core.api.throttles import Erasures, Exports
from core.second_factor import shown_again


class DataSerializer(serializers.Serializer[Any]):
    """What is held about me, a list of rows for each of its parts."""

    made_at = serializers.DateTimeField()
    held = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))


class MyData(APIView):
    """All of it as one file."""

    permission_classes = [Own]
    throttle_classes = [Exports]

    @extend_schema(
        summary="Everything that is held about me",
        description="What I said, what I was told and what I did, as a volunteer, for a campaign and as a reviewer. "
        "What others thought of me is not in it, nor anything about others. docs/privacy.md says what is kept and why.",
        tags=["me"],
        responses=DataSerializer,
    )
    def get(self, request: Request) -> Response:
        """A file that no cache keeps."""
        told = export(actor=caller(request), at=timezone.now())
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "no-store"}
        return Response(told, headers=headers)


class ProspectSerializer(serializers.Serializer[Any]):
    """What it means, in sentences."""

    first = serializers.ListField(child=serializers.CharField(), help_text="What I have to do before.")
    goes = serializers.ListField(child=serializers.CharField())
    stays = serializers.ListField(child=serializers.CharField())


class ErasureInput(Exact):
    """That I know what I do, and that it is me.

    Who has no password confirms with the second factor (allauth's reauthentication), and leaves it out.
    """

    understood = serializers.BooleanField(help_text="I have read what goes and what stays.")
    password = serializers.CharField(required=False, write_only=True, max_length=1000)


class MyErasure(generics.GenericAPIView[Any]):
    """I go, and everything that is mine."""

    permission_classes = [Own]
    throttle_classes = [Erasures]
    serializer_class = ProspectSerializer

    @extend_schema(summary="What erasing me means", tags=["me"], responses=ProspectSerializer)
    def get(self, request: Request) -> Response:
        """What I have to do first, what goes, and what stays."""
        told = what_it_means(account_of(caller(request), at=timezone.now()))
        return Response(ProspectSerializer(asdict(told)).data)

    @extend_schema(summary="Erase me", tags=["me"], request=ErasureInput, responses={204: None})
    def post(self, request: Request) -> Response:
        """At once, and for good: nobody can bring it back."""
        sent = ErasureInput(data=request.data)
        sent.is_valid(raise_exception=True)
        erase_me(
            actor=caller(request),
            proven=shown_again(request._request, caller(request)),
            at=timezone.now(),
            **sent.validated_data,
        )
        if hasattr(request._request, "session"):
            logout(request._request)
        return Response(status=status.HTTP_204_NO_CONTENT)
