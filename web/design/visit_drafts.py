"""What a visitor has said before we know who they are: kept in the session of their browser for a day.

Each walk through the pages of a room has a random id, which stands in the address, so that two tabs do not mix. A room
says what a draft of its own holds: never a name, an address or a phone.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.errors import TooManyRequests
from core.rate_counters import count_request

DRAFT_PARAMETER = "draft"
DRAFT_LIFETIME = timedelta(days=1)
MAX_DRAFTS_PER_SESSION = 3
MAX_DRAFT_ID_LENGTH = 32
MAX_NEW_VISITS_PER_MINUTE = 20
MAX_NEW_VISITS_PER_DAY = 500
"""From one network: each is a session, which is a row for a person who is not signed in, and stays for a day."""

_COUNTED = "is_new_visit_counted"


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """What was said so far in one walk. A room adds fields."""

    id: str

    def build_address(self, name: str, **parameters: str) -> str:
        """Return the address of a page of this draft."""
        return f"{reverse(name)}?{urlencode({DRAFT_PARAMETER: self.id} | parameters)}"


@dataclass(frozen=True, slots=True)
class VisitDraftStore:
    """The drafts of one room in a session, as rows that JSON can hold."""

    session_key: str

    def read_id(self, request: HttpRequest) -> str:
        """Return the id that the address names, or a new one.

        An id that the session does not know is kept: its session has ended, and what is typed now begins it again.
        """
        return request.GET.get(DRAFT_PARAMETER, "")[:MAX_DRAFT_ID_LENGTH] or token_urlsafe(9)

    def list_rows(self, request: HttpRequest, *, at: datetime) -> dict[str, Any]:
        """Return the drafts whose day is not over, by their ids."""
        oldest = (at - DRAFT_LIFETIME).timestamp()
        stored: dict[str, Any] = request.session.get(self.session_key, {})
        return {key: draft for key, draft in stored.items() if draft["at"] > oldest}

    def list_latest(self, request: HttpRequest, *, at: datetime) -> list[tuple[str, Any]]:
        """Return the drafts with their ids, the one that was worked on last in front."""
        return sorted(self.list_rows(request, at=at).items(), key=lambda item: item[1]["at"], reverse=True)

    def knows(self, request: HttpRequest, *, at: datetime) -> bool:
        """Return whether the session knows the draft that the address names."""
        return request.GET.get(DRAFT_PARAMETER, "") in self.list_rows(request, at=at)

    def store(self, request: HttpRequest, draft_id: str, row: dict[str, Any], *, at: datetime) -> None:
        """Store a draft; of more than a few the oldest goes. Its day begins again.

        The session of a person who is not signed in ends with it. Raises TooManyRequests when their network has begun
        too many.
        """
        others = {key: one for key, one in self.list_rows(request, at=at).items() if key != draft_id}
        if not request.user.is_authenticated and request.session.session_key is None:
            count_new_visit(request, at=at)
        recent = dict(sorted(others.items(), key=lambda item: item[1]["at"])[-(MAX_DRAFTS_PER_SESSION - 1) :])
        request.session[self.session_key] = recent | {draft_id: row | {"at": at.timestamp()}}
        if not request.user.is_authenticated:
            request.session.set_expiry(DRAFT_LIFETIME)

    def forget(self, request: HttpRequest, draft_id: str, *, at: datetime) -> None:
        """Erase a draft."""
        others = {key: one for key, one in self.list_rows(request, at=at).items() if key != draft_id}
        if others:
            request.session[self.session_key] = others
        else:
            request.session.pop(self.session_key, None)


def count_new_visit(request: HttpRequest, *, at: datetime) -> None:
    """Count a session that begins, once a request. Raises TooManyRequests for one too many from its network."""
    if getattr(request, _COUNTED, False):
        return
    network = get_adapter(request).get_client_ip(request)
    for limit, period in ((MAX_NEW_VISITS_PER_MINUTE, timedelta(minutes=1)), (MAX_NEW_VISITS_PER_DAY, DRAFT_LIFETIME)):
        seconds = period.total_seconds()
        counted = count_request(f"visit_{seconds:.0f}_{network}", limit=limit, seconds=seconds, at=at)
        if not counted.is_allowed:
            raise TooManyRequests(
                _("Many visits have begun from your network. Try again in a moment."),
                retry_after=math.ceil(counted.retry_after_seconds),
            )
    setattr(request, _COUNTED, True)
