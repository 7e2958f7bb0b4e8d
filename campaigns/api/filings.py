"""API of a campaign's filing: how a reviewer checks who the campaign is."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import queries
from campaigns.actions.filings import changes_safe_phone, state_filing
from campaigns.api.members import CampaignScopedView
from campaigns.filing_rules import (
    MAX_FILING_REFERENCE_LENGTH,
    MAX_PHONE_LENGTH,
    FilingChange,
    FilingFacts,
    check_filing,
)
from campaigns.models import Filing
from core.accounts.permissions import require_recent_sign_in
from core.api import etags
from core.api.current_user import get_current_user
from core.api.serializers import StrictSerializer, VersionInput
from core.enums import AccessPoint
from core.errors import NotAllowed, NotFound
from core.privacy.contact_fields import ContactField
from core.privacy.contact_logging import CampaignContactAccessLogMixin


class FilingSerializer(serializers.ModelSerializer[Filing]):
    """A campaign's public filing, with its two phones."""

    safe_phone = ContactField(
        subject="safe_phone_of_id",
        help_text="A phone on which a member is reached when the campaign's email is lost; empty for none.",
    )

    class Meta:
        model = Filing
        fields = ["reference", "callback_phone", "safe_phone", "stated_at", "version"]
        read_only_fields = fields


class FilingFactsInput(StrictSerializer):
    """How a campaign that registers can be checked."""

    reference = serializers.CharField(max_length=MAX_FILING_REFERENCE_LENGTH)
    callback_phone = serializers.CharField(max_length=MAX_PHONE_LENGTH)
    safe_phone = serializers.CharField(max_length=MAX_PHONE_LENGTH)


class FilingChangeInput(VersionInput):
    """Fields of a filing to change; what is left out stays as it is."""

    reference = serializers.CharField(max_length=MAX_FILING_REFERENCE_LENGTH, required=False)
    callback_phone = serializers.CharField(max_length=MAX_PHONE_LENGTH, required=False)
    safe_phone = serializers.CharField(max_length=MAX_PHONE_LENGTH, required=False)

    def change(self) -> tuple[FilingChange, int | None]:
        """Return the change, and the version that it was based on."""
        fields = dict(self.validated_data)
        version = fields.pop("version", None)
        return FilingChange(**fields), version


def build_filing(fields: dict[str, str] | None) -> FilingFacts | None:
    """Return the filing of a payload; None where it was left out."""
    return FilingFacts(**fields) if fields else None


class FilingView(CampaignContactAccessLogMixin, etags.ETagMixin, CampaignScopedView):
    """How one campaign is checked."""

    access_point = AccessPoint.MEMBERS

    @extend_schema(
        operation_id="getFiling",
        summary="Get how a campaign is checked",
        description="Its managers, and reviewers with no part in the contest.",
        tags=["campaigns"],
        responses=FilingSerializer,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Return the filing and its phones."""
        campaign, user = self.campaign(), get_current_user(request)
        if not (queries.is_manager(user, campaign) or queries.may_review(user, campaign)):
            raise NotAllowed(_("Only managers and reviewers see how we check a campaign. Ask a manager."))
        filing = Filing.objects.filter(campaign=campaign).first()
        if filing is None:
            raise NotFound(_("Nobody has said yet how we can check this campaign. A manager can say so."))
        return self._respond(filing)

    @extend_schema(
        operation_id="changeFiling",
        summary="Change how a campaign is checked",
        description="Its managers. Filing and call-back phone stay as they are once the campaign is verified. "
        "A new safe phone needs a sign-in of the last ten minutes.",
        tags=["campaigns"],
        request=FilingChangeInput,
        responses=FilingSerializer,
    )
    def patch(self, request: Request, id: UUID) -> Response:
        """State the given fields; a new safe phone is the caller's, and needs a sign-in of the last ten minutes."""
        payload = FilingChangeInput(data=etags.read_versioned_data(request))
        payload.require_valid(lambda: check_filing(payload.change()[0].given))
        change, version = payload.change()
        user, campaign, at = get_current_user(request), self.campaign(), timezone.now()
        if changes_safe_phone(user, campaign, change):
            require_recent_sign_in(request)
        return self._respond(state_filing(actor=user, campaign=campaign, change=change, at=at, version=version))

    def _respond(self, filing: Filing) -> Response:
        return Response(FilingSerializer(filing, context=self.get_serializer_context()).data)
