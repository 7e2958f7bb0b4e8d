"""Answers in which somebody is told how others are reached: whose contact it was is written down as they leave."""

from functools import cached_property
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.enums import AccessPoint, ViewerKind
from core.models import User
from core.models.contact_access import ContactSubject
from core.privacy.contact_access import record_contact_access


class ContactAccessLogMixin(APIView):
    """A view that tells of `shown`, those whose contact its answer holds.

    Its serializers find the set in their context and add to it; without it they cannot be used. One statement writes
    all of them down, and where that fails there is no answer.
    """

    access_point: AccessPoint

    @cached_property
    def contacts_shown(self) -> set[ContactSubject]:
        """Whose contact this answer holds."""
        return set()

    def get_viewer_kind(self, user: User) -> ViewerKind:
        """As what the caller is told."""
        raise NotImplementedError

    def get_serializer_context(self) -> dict[str, Any]:
        """What serializers are given."""
        context: dict[str, Any] = super().get_serializer_context()  # type: ignore[misc]
        return {**context, "shown": self.contacts_shown}

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Writes down whom it was about."""
        if self.contacts_shown and isinstance(request.user, User):
            record_contact_access(
                request.user,
                self.get_viewer_kind(request.user),
                self.contacts_shown,
                self.access_point,
                at=timezone.now(),
            )
        return super().finalize_response(request, response, *args, **kwargs)


class CampaignContactAccessLogMixin(ContactAccessLogMixin):
    """A view for the people of a campaign, and for reviewers."""

    def get_viewer_kind(self, user: User) -> ViewerKind:
        """As a reviewer, or as somebody of the campaign."""
        return ViewerKind.REVIEWER if user.is_reviewer else ViewerKind.CAMPAIGN
