"""The API of the caller's personal tokens."""

import secrets
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.authentication import TOKEN_PREFIX, AuthenticationContext
from core.accounts.personal_tokens import create_token, revoke_token
from core.accounts.queries import list_valid_tokens
from core.api.created_location import CreatedLocationMixin
from core.api.current_user import get_current_user
from core.api.pagination import OnePagePagination
from core.api.permissions import OwnDataOnly
from core.api.serializers import StrictSerializer
from core.models import PersonalToken
from core.models.personal_token import MAX_TOKEN_LIFETIME

DEFAULT_TOKEN_DAYS = 90


class PersonalTokenSerializer(serializers.ModelSerializer[PersonalToken]):
    """A token of the caller, without its secret."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    created_at = serializers.DateTimeField(read_only=True)

    class Meta:
        model = PersonalToken
        fields = ["id", "name", "scope", "created_at", "expires_at", "last_used_on"]
        read_only_fields = fields


class NewPersonalTokenSerializer(PersonalTokenSerializer):
    """A new token with its secret, which is shown only once."""

    token = serializers.CharField(read_only=True)

    class Meta(PersonalTokenSerializer.Meta):
        fields = [*PersonalTokenSerializer.Meta.fields, "token"]
        read_only_fields = fields


class PersonalTokenInput(StrictSerializer):
    """The name, scope and lifetime of a new token."""

    name = serializers.CharField(max_length=80)
    scope = serializers.ChoiceField(choices=PersonalToken.Scope.choices)
    days = serializers.IntegerField(
        min_value=1,
        max_value=MAX_TOKEN_LIFETIME.days,
        required=False,
        help_text=f"Days until it ends. Left out: {DEFAULT_TOKEN_DAYS}.",
    )


@extend_schema_view(
    list=extend_schema(
        summary="List my tokens",
        description="The valid ones, the newest first; `last_used_on` is the last day on which it was used.",
    ),
    destroy=extend_schema(operation_id="revokeToken", summary="Revoke a token", responses={204: None}),
)
@extend_schema(tags=["me"])
class TokenViewSet(CreatedLocationMixin, mixins.ListModelMixin, viewsets.GenericViewSet[PersonalToken]):
    """The caller's personal tokens.

    There is no Idempotency-Key here, because the stored response would hold the token.
    """

    permission_classes = [OwnDataOnly]
    serializer_class = PersonalTokenSerializer
    pagination_class = OnePagePagination
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    queryset = PersonalToken.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the valid tokens of the caller."""
        return list_valid_tokens(get_current_user(self.request), at=timezone.now())

    @extend_schema(
        operation_id="createToken",
        summary="Create a token",
        request=PersonalTokenInput,
        responses={201: NewPersonalTokenSerializer},
    )
    def create(self, request: Request) -> Response:
        """Create a token, to be sent as `Authorization: Bearer`.

        It needs a sign-in of the last ten minutes, with a second factor if the caller's role needs one.
        """
        serializer = PersonalTokenInput(data=request.data)
        serializer.require_valid()
        secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
        actor, access, at = get_current_user(request), request.auth, timezone.now()
        assert isinstance(access, AuthenticationContext)
        has_mfa, authenticated_at = access.has_mfa, access.authenticated_at
        fields = {"days": DEFAULT_TOKEN_DAYS} | serializer.validated_data
        token = create_token(
            actor=actor, secret=secret, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at, **fields
        )
        return Response(PersonalTokenSerializer(token).data | {"token": secret}, status=status.HTTP_201_CREATED)

    def destroy(self, request: Request, id: UUID) -> Response:
        """Revoke a token at once."""
        revoke_token(actor=get_current_user(request), token=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
