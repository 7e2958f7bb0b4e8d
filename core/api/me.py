"""Who I am here."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import RetrieveAPIView

from core.api.caller import caller
from core.models import User


class MeSerializer(serializers.ModelSerializer[User]):
    """The caller's account."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    reviewer = serializers.BooleanField(source="is_reviewer", read_only=True)

    class Meta:
        model = User
        fields = ["id", "email", "language", "reviewer"]
        read_only_fields = fields


@extend_schema(summary="My account", tags=["me"])
class Me(RetrieveAPIView[User]):
    """The account that is signed in."""

    serializer_class = MeSerializer

    def get_object(self) -> User:
        """The caller."""
        return caller(self.request)
