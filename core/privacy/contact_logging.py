"""Answers that show contacts: they are recorded as the answer leaves, by the fields and tags that show them."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.enums import AccessPoint, ViewerKind
from core.models import User
from core.models.contact_access import ContactSubject
from core.privacy.contact_access import record_contact_access

CONTACTS_SHOWN = "contacts_shown"
"""Where serializers and templates find the log in their context: a set of the people whose contact they show."""


class ContactAccessLogMixin(APIView):
    """A view whose answers may show contacts, by `core.privacy.contact_fields.ContactField`.

    One statement records all contacts of an answer. If it fails there is no answer.
    """

    access_point: AccessPoint

    @cached_property
    def contacts_shown(self) -> set[ContactSubject]:
        """Return the people whose contact this answer holds, so far."""
        return set()

    def get_viewer(self, request: Request) -> User | None:
        """Return the user who sees the contacts; None for a candidate, who has a link and no account."""
        return request.user if isinstance(request.user, User) else None

    def get_viewer_kind(self, user: User) -> ViewerKind:
        """Return the role in which the caller sees the contacts."""
        raise NotImplementedError

    def get_serializer_context(self) -> dict[str, Any]:
        """Return the context of a serializer, with the log."""
        context: dict[str, Any] = super().get_serializer_context()  # type: ignore[misc]
        return {**context, CONTACTS_SHOWN: self.contacts_shown}

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Record the contacts that the answer shows."""
        if self.contacts_shown:
            # Only a candidate sees contacts without an account; a constraint of the table demands it, too.
            viewer = self.get_viewer(request)
            kind = self.get_viewer_kind(viewer) if viewer else ViewerKind.CANDIDATE
            record_contact_access(viewer, kind, self.contacts_shown, self.access_point, at=timezone.now())
        return super().finalize_response(request, response, *args, **kwargs)


class CampaignContactAccessLogMixin(ContactAccessLogMixin):
    """A view for the members of a campaign, and for reviewers."""

    def get_viewer_kind(self, user: User) -> ViewerKind:
        """Return the reviewer's role, or the campaign's."""
        return ViewerKind.REVIEWER if user.is_reviewer else ViewerKind.CAMPAIGN


def render_with_contacts(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    viewer: User | None,
    viewer_kind: ViewerKind,
    access_point: AccessPoint,
    status: int = 200,
) -> HttpResponse:
    """Render a page whose template shows contacts by the tag `contact`, and record them.

    `viewer` is None for a candidate, who has a link and no account.
    """
    contacts_shown: set[ContactSubject] = set()
    response = render(request, template, {**context, CONTACTS_SHOWN: contacts_shown}, status=status)
    record_contact_access(viewer, viewer_kind, contacts_shown, access_point, at=timezone.now())
    return response
