"""The API of the caller's own account."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts import mfa
from core.accounts.account_settings import change_account_settings
from core.accounts.authentication import AuthenticationContext
from core.accounts.boot_parts import build_boot_fields, read_boot_parts
from core.accounts.language import check_interface_language
from core.accounts.waiting_work import WorkAudience, count_waiting_work, list_waiting_work
from core.accounts.work_email import is_likely_work_email
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.permissions import OwnDataOnly
from core.api.serializers import StrictSerializer
from core.models import User

REMINDER_FIELDS = ("is_reminded_a_day_before", "is_reminded_an_hour_before")


class ConductSerializer(serializers.Serializer[Any]):
    """The code of conduct, and whether the caller has agreed to it."""

    accepted_at = serializers.DateTimeField(allow_null=True, help_text="When I agreed; null before.")
    address = serializers.URLField(help_text="The page with its text, which is nowhere in the API: open this page.")


class SecondFactorSerializer(serializers.Serializer[Any]):
    """Whether the caller has a second factor, needs one, and has used it in this sign-in."""

    is_set = serializers.BooleanField(help_text="I have an authenticator app or a passkey.")
    is_needed = serializers.BooleanField(help_text="A role of mine shows me other people, so it needs one.")
    is_used = serializers.BooleanField(help_text="This sign-in has used it.")


class WorkCountSerializer(serializers.Serializer[Any]):
    """How many things of one kind wait for the caller."""

    count = serializers.IntegerField(help_text="How many wait.")
    overdue_count = serializers.IntegerField(help_text="How many of these are past their date.")


AUDIENCE_NOTES = {
    WorkAudience.EVERYBODY: "",
    WorkAudience.CAMPAIGN: "Null before the second factor that a role of the caller needs was used.",
    WorkAudience.REVIEWER: "Null for a caller who is no reviewer, and before the second factor was used.",
}
"""By the users that a kind of work is counted for: when it is null."""

# All apps have registered by now: their modules are imported before any view.
WaitingWorkSerializer: type[serializers.Serializer[Any]] = type(
    "WaitingWorkSerializer",
    (serializers.Serializer,),
    {
        "__doc__": "What waits for the caller. Where nothing waits, both counts are 0.",
        **{
            name: WorkCountSerializer(
                allow_null=work.audience != WorkAudience.EVERYBODY,
                help_text=f"{work.description} {AUDIENCE_NOTES[work.audience]}".strip(),
            )
            for name, work in list_waiting_work().items()
        },
    },
)


class MeSerializer(serializers.ModelSerializer[User]):
    """Everything about the caller that an app needs when it starts."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    warnings = serializers.SerializerMethodField(help_text="Sentences to show to the user.")
    conduct = ConductSerializer(
        source="boot.conduct", read_only=True, help_text="The code of conduct, and whether I have agreed to it."
    )
    second_factor = SecondFactorSerializer(source="boot.second_factor", read_only=True, help_text="My second factor.")
    waiting = WaitingWorkSerializer(source="boot.waiting", read_only=True, help_text="What waits for me.")

    class Meta:
        model = User
        fields = [
            *("id", "email", "first_name", "language", *REMINDER_FIELDS, "is_reviewer"),
            *("warnings", "conduct", "second_factor", "waiting"),
        ]
        read_only_fields = fields

    def get_fields(self) -> dict[str, Any]:
        """Return the fields, with those that the apps have registered."""
        return super().get_fields() | build_boot_fields("boot")

    def get_warnings(self, user: User) -> list[str]:
        """Return a warning for a work address, at which an employer may read the mail."""
        if not is_likely_work_email(user.email):
            return []
        return [
            _(
                "This looks like an address at work or school, where others may be able to read your email. What we "
                "write names no campaign and no party, but a private address is safer: change it in your account."
            )
        ]


class MeInput(StrictSerializer, serializers.ModelSerializer[User]):
    """The fields of the account that can be changed here."""

    class Meta:
        model = User
        fields = ["first_name", "language", *REMINDER_FIELDS]

    def judge(self) -> None:
        """Judge what could be read as the action does. Raises Invalid (unknown language)."""
        if "language" in self.validated_data:
            check_interface_language(self.validated_data["language"])


@extend_schema_view(
    get=extend_schema(
        operation_id="getMyAccount",
        summary="Get my account",
        description="All that an app needs when it starts: my roles, and what waits for me.",
        tags=["me"],
    ),
    patch=extend_schema(operation_id="changeMyAccount", summary="Change my account", tags=["me"], request=MeInput),
)
class MeView(ETagMixin, RetrieveAPIView[User]):
    """The account of the caller."""

    permission_classes = [OwnDataOnly]
    serializer_class = MeSerializer

    def get_object(self) -> User:
        """Return the caller, with everything that the boot answer says of them."""
        user = get_current_user(self.request)
        has_mfa = isinstance(self.request.auth, AuthenticationContext) and self.request.auth.has_mfa
        is_needed = mfa.is_mfa_required(user)
        parts, sees_others = read_boot_parts(user), has_mfa or not is_needed
        user.boot = {  # type: ignore[attr-defined]
            **parts,
            "conduct": {"accepted_at": user.conduct_accepted_at, "address": settings.SITE_URL + reverse("conduct")},
            "second_factor": {
                "is_set": mfa.list_authenticators(user).exists(),
                "is_needed": is_needed,
                "is_used": has_mfa,
            },
            "waiting": count_waiting_work(user, sees_others=sees_others, at=timezone.now(), parts=parts),
        }
        return user

    def patch(self, request: Request) -> Response:
        """Change the fields that are sent: the first name, the language, and which reminders come before a meeting."""
        serializer = MeInput(data=request.data, partial=True)
        serializer.require_valid(serializer.judge)
        change_account_settings(actor=get_current_user(request), **serializer.validated_data)
        return Response(self.get_serializer(self.get_object()).data)
