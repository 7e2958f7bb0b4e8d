"""Everything that is held about me."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.actions.personal import export
from core.api.caller import caller
from core.api.permissions import Own
from core.api.throttles import Exports


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
