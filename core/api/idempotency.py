"""`Idempotency-Key`: a client that does not know whether its request arrived sends it again, and it is done once."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.current_user import get_current_user
from core.api.idempotency_keys import claim_idempotency_key
from core.errors import Invalid
from core.models import IdempotencyKey
from core.models.contact_access import ContactSubject

IDEMPOTENCY_HEADER = "Idempotency-Key"


class ReplayedResponse(Exception):
    """The request was answered before."""

    def __init__(self, row: IdempotencyKey) -> None:
        self.row = row


class IdempotentAPIView(APIView):
    """A view whose POSTs may carry a key: the same key gets the same answer, and nothing is done twice.

    What was refused is not remembered: it may succeed the next time. A key that comes with another request is a 422.
    """

    _key_row: IdempotencyKey | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The whole answer in one transaction with its key, if there is one."""
        if request.method != "POST" or IDEMPOTENCY_HEADER not in request.headers:
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            elif self._key_row is not None:
                self._key_row.status = response.status_code
                self._key_row.answer = JSONRenderer().render(getattr(response, "data", None)).decode()
                self._key_row.shown = [one if isinstance(one, int) else str(one) for one in self._get_contacts_shown()]
                self._key_row.save()
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Claims the key, once it is known who is asking."""
        super().initial(request, *args, **kwargs)
        key = request.headers.get(IDEMPOTENCY_HEADER)
        if request.method == "POST" and key is not None:
            if not 1 <= len(key) <= 100:
                raise Invalid("An Idempotency-Key has between 1 and 100 characters.", field=IDEMPOTENCY_HEADER)
            said = f"{request.method} {request.get_full_path()}\n".encode() + request.body
            digest = hashlib.sha256(said).hexdigest()
            row = claim_idempotency_key(actor=get_current_user(request), key=key, digest=digest, at=timezone.now())
            if row.status is not None:
                raise ReplayedResponse(row)
            self._key_row = row

    def handle_exception(self, exc: Exception) -> Response:
        """Gives the answer of the first time."""
        if isinstance(exc, ReplayedResponse):
            # Whoever is shown a contact anew is written down anew.
            self._get_contacts_shown().update(one if isinstance(one, int) else UUID(one) for one in exc.row.shown)
            return Response(json.loads(exc.row.answer), status=exc.row.status, headers={"Idempotent-Replayed": "true"})
        return super().handle_exception(exc)

    def _get_contacts_shown(self) -> set[ContactSubject]:
        # The contact access log belongs to a package above this one, so a view that has it is known by the attribute.
        contacts_shown: set[ContactSubject] = getattr(self, "contacts_shown", set())
        return contacts_shown
