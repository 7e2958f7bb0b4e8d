"""`Idempotency-Key`: a client may repeat a request whose response it lost, and the request is done once."""

import hashlib
import json
import re
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.created_location import CreatedLocationMixin
from core.api.current_user import get_current_user
from core.api.idempotency_keys import claim_idempotency_key
from core.api.replay_facts import list_replay_facts, may_replay
from core.errors import Invalid
from core.models import IdempotencyKey
from core.models.contact_access import ContactSubject

IDEMPOTENCY_HEADER = "Idempotency-Key"
_PUBLIC_ID_PATTERN = re.compile(r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}")


class ReplayedResponse(Exception):
    """The request was answered before: its stored response is sent again, if the caller may still see it."""

    def __init__(self, row: IdempotencyKey) -> None:
        self.row = row
        self.is_visible = may_replay(row.access_facts, row.user, row.subjects)


class IdempotentAPIView(CreatedLocationMixin):
    """A view whose POSTs may carry a key: the same key gets the same response, and nothing is done twice.

    Errors are not stored, as the request may succeed the next time. A key that comes with a different request is
    answered with 422. In place of a response that its caller may not see any more comes what a read would show now, or
    204 where the view cannot tell.
    """

    _key_row: IdempotencyKey | None = None

    def can_show_now(self) -> bool:
        """Return whether `show_now` answers for this operation."""
        return False

    def show_now(self) -> Any:
        """Return what the operation would answer now about the object that it has changed before."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a request with a key in one transaction, so that key, effect and response are committed together."""
        if request.method != "POST" or IDEMPOTENCY_HEADER not in request.headers:
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            elif self._key_row is not None:
                self._key_row.response_status = response.status_code
                self._key_row.response_body = JSONRenderer().render(getattr(response, "data", None)).decode()
                contacts = self._get_contacts_shown()
                self._key_row.contacts_shown = [
                    contact if isinstance(contact, int) else str(contact) for contact in contacts
                ]
                of_contacts = {contact for contact in contacts if isinstance(contact, UUID)}
                self._key_row.subjects = sorted(_find_public_ids(request, self._key_row.response_body) | of_contacts)
                self._key_row.access_facts = list_replay_facts(self._key_row.user, self._key_row.subjects)
                self._key_row.save()
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Claim the key once the caller is authenticated. Raises Invalid, IdempotencyKeyReused, ReplayedResponse."""
        super().initial(request, *args, **kwargs)
        key = request.headers.get(IDEMPOTENCY_HEADER)
        if request.method == "POST" and key is not None:
            if not 1 <= len(key) <= 100:
                raise Invalid(
                    _("This Idempotency-Key is too short or too long. Send one of 1 to 100 characters."),
                    field=IDEMPOTENCY_HEADER,
                )
            digest = _digest_request(request)
            row = claim_idempotency_key(actor=get_current_user(request), key=key, digest=digest, at=timezone.now())
            if row.response_status is not None:
                raise ReplayedResponse(row)
            self._key_row = row

    def handle_exception(self, exc: Exception) -> Response:
        """Send the stored response for a ReplayedResponse, or what may be seen in its place."""
        if isinstance(exc, ReplayedResponse):
            return self._replay(exc)
        return super().handle_exception(exc)

    def _replay(self, replayed: ReplayedResponse) -> Response:
        row = replayed.row
        if replayed.is_visible:
            # The stored response shows its contacts again, so the contact access log gets a new entry.
            self._get_contacts_shown().update(
                contact if isinstance(contact, int) else UUID(contact) for contact in row.contacts_shown
            )
            content, code = json.loads(row.response_body), row.response_status
        elif self.can_show_now():
            content, code = self.show_now(), row.response_status
        else:
            content, code = None, status.HTTP_204_NO_CONTENT
        return Response(content, status=code, headers={"Idempotent-Replayed": "true"})

    def _get_contacts_shown(self) -> set[ContactSubject]:
        # The contact access log belongs to a package above this one, so a view that has it is known by the attribute.
        contacts_shown: set[ContactSubject] = getattr(self, "contacts_shown", set())
        return contacts_shown


def _digest_request(request: Request) -> str:
    """Return a digest of the address and of what the body says: the order of keys and the spaces do not count."""
    body = json.dumps(json.loads(request.body or b"null"), sort_keys=True)
    return hashlib.sha256(f"{request.method} {request.get_full_path()}\n{body}".encode()).hexdigest()


def _find_public_ids(request: HttpRequest, answer: str) -> set[UUID]:
    """Return the public ids in a request that was answered, and in its response.

    An answer says things of rows that it names, or that the request named: a person, their match, what they wrote. So
    no view has to say whom its answers are about, and none can forget it.
    """
    # Decoded and written again, so that an id which was sent with escapes is found too.
    texts = (unquote(request.get_full_path()), json.dumps(json.loads(request.body or b"null")), answer)
    return {UUID(public_id) for text in texts for public_id in _PUBLIC_ID_PATTERN.findall(text)}
