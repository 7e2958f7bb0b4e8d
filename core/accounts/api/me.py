"""The API of the caller's own account."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.language import set_language
from core.accounts.work_email import is_likely_work_email
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.permissions import OwnDataOnly
from core.api.serializers import StrictSerializer
from core.models import User


class MeSerializer(serializers.ModelSerializer[User]):
    """The caller's account."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    warnings = serializers.SerializerMethodField(help_text="Sentences to show to the user.")

    class Meta:
        model = User
        fields = ["id", "email", "language", "is_reviewer", "warnings"]
        read_only_fields = ["id", "email", "is_reviewer", "warnings"]

    def get_warnings(self, user: User) -> list[str]:
        """Return a warning for a work address, at which an employer may read the mail."""
        if not is_likely_work_email(user.email):
            return []
        return [
            _(
                "This looks like an address at work or school, where others may be able to read your mail. What we "
                "write names no campaign and no party, but a private address is safer: change it in your account."
            )
        ]


class MeInput(StrictSerializer, serializers.ModelSerializer[User]):
    """The fields of the account that can be changed here."""

    class Meta:
        model = User
        fields = ["language"]


@extend_schema_view(
    get=extend_schema(operation_id="getMyAccount", summary="Get my account", tags=["me"]),
    patch=extend_schema(operation_id="changeMyLanguage", summary="Change my language", tags=["me"], request=MeInput),
)
class MeView(ETagMixin, RetrieveAPIView[User]):
    """The account of the caller."""

    permission_classes = [OwnDataOnly]
    serializer_class = MeSerializer

    def get_object(self) -> User:
        """Return the caller."""
        return get_current_user(self.request)

    def patch(self, request: Request) -> Response:
        """Change the language, which is the only field that can be changed here."""
        serializer = MeInput(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        user = get_current_user(request)
        if "language" in serializer.validated_data:
            set_language(actor=user, language=serializer.validated_data["language"])
        return Response(MeSerializer(user).data)
