"""The API of reviewers and their roles, for administrators."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.factor_recovery import find_account
from core.accounts.permissions import IsAdministrator, require_recent_sign_in
from core.accounts.reviewer_roles import list_roles, reviewers_visible_to, set_reviewer_roles
from core.api.current_user import get_current_user
from core.api.idempotency import IdempotentAPIView
from core.api.serializers import StrictSerializer
from core.enums import ReviewerRole
from core.models import User


class ReviewerSerializer(serializers.ModelSerializer[User]):
    """An account with the roles that it has."""

    id = serializers.UUIDField(source="public_id", read_only=True, help_text="The account.")
    email = serializers.EmailField(read_only=True, help_text="The address of the account.")
    roles = serializers.SerializerMethodField(help_text="What this person may do, besides what every account may.")

    class Meta:
        model = User
        fields = ["id", "email", "roles"]
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=ReviewerRole.choices)))
    def get_roles(self, user: User) -> list[str]:
        """The roles, that of a reviewer first."""
        return [role.value for role in list_roles(user)]


class ReviewerRolesInput(StrictSerializer):
    """The address of an account, and all roles that it shall have."""

    email = serializers.EmailField(max_length=254, help_text="The address of an account that is there.")
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=ReviewerRole.choices),
        max_length=len(ReviewerRole),
        help_text="All of them: one that is left out ends. An empty list makes it an ordinary account.",
    )


@extend_schema_view(
    list=extend_schema(
        summary="List the reviewers", description="Everyone with a role, in the order of their accounts."
    )
)
@extend_schema(tags=["review"])
class ReviewerViewSet(IdempotentAPIView, mixins.ListModelMixin, viewsets.GenericViewSet[User]):
    """The people of the organisation, and what each of them may do."""

    permission_classes = [IsAdministrator]
    serializer_class = ReviewerSerializer
    queryset = User.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return everyone with a role."""
        return reviewers_visible_to(get_current_user(self.request))

    @extend_schema(
        operation_id="setReviewerRoles",
        summary="Set the roles of a reviewer",
        request=ReviewerRolesInput,
        responses={200: ReviewerSerializer},
    )
    def create(self, request: Request) -> Response:
        """Give an account exactly these roles. The person and the other administrators are told.

        It needs a sign-in of the last ten minutes.
        """
        require_recent_sign_in(request)
        serializer = ReviewerRolesInput(data=request.data)
        serializer.require_valid(lambda: find_account(serializer.validated_data["email"]))
        person = set_reviewer_roles(actor=get_current_user(request), at=timezone.now(), **serializer.validated_data)
        return Response(self._render(person))

    def _render(self, person: User) -> Any:
        return self.get_serializer(person).data
