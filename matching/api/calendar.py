"""The volunteer's private calendar feed."""

import secrets
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.authentication import AuthenticationContext
from core.api.created_location import CreatedLocationMixin
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.permissions import OwnDataOnly
from core.api.serializers import EmptyBody
from matching.boot_parts import CalendarFeedSerializer, read_calendar_feed
from matching.lifecycle.actions.calendar_feed import close_calendar_feed, open_calendar_feed


class CalendarAddressSerializer(serializers.Serializer[Any]):
    """The private address of my calendar. It is shown only once; opening the calendar again replaces it."""

    address = serializers.URLField(
        help_text="Where a calendar program reads text/calendar without a token; 404 once it is closed or replaced, "
        "and after a new password."
    )


@extend_schema_view(
    get=extend_schema(operation_id="getMyCalendarFeed", summary="Get my calendar feed", tags=["me"]),
    post=extend_schema(
        operation_id="openCalendarFeed",
        summary="Open my calendar feed",
        tags=["me"],
        request=None,
        responses={201: CalendarAddressSerializer},
    ),
    delete=extend_schema(
        operation_id="closeCalendarFeed", summary="Close my calendar feed", tags=["me"], responses={204: None}
    ),
)
class MyCalendarView(CreatedLocationMixin, ETagMixin, generics.GenericAPIView[Any]):
    """Meetings and deadlines for a calendar program."""

    permission_classes = [OwnDataOnly]
    serializer_class = CalendarFeedSerializer

    def get(self, request: Request) -> Response:
        """Whether the feed is open. Its address was shown when it was opened, and never again."""
        return Response(CalendarFeedSerializer(read_calendar_feed(get_current_user(request))).data)

    def get_created_path(self, answer: dict[str, Any]) -> str:
        """Return the path of this view: headers are logged, and the feed's address is a secret."""
        return self.request.path

    def post(self, request: Request) -> Response:
        """Make a new address, and close the old one. It needs a sign-in of the last ten minutes.

        It is refused to a volunteer who has left. A feed that is open then stays open, and is empty.

        A 404 without `errors`: you have no profile yet, so raise your hand first.
        """
        EmptyBody.require_empty(request)
        secret, access = secrets.token_urlsafe(32), request.auth
        assert isinstance(access, AuthenticationContext)
        open_calendar_feed(
            actor=get_current_user(request),
            secret=secret,
            has_mfa=access.has_mfa,
            authenticated_at=access.authenticated_at,
            at=timezone.now(),
        )
        address = settings.SITE_URL + reverse("calendar", args=[secret])
        return Response(CalendarAddressSerializer({"address": address}).data, status=status.HTTP_201_CREATED)

    def delete(self, request: Request) -> Response:
        """Close the address. Calendar programs that use it get no more updates."""
        close_calendar_feed(actor=get_current_user(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
