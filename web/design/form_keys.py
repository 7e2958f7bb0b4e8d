"""Do a form once: a double click, or a form that is sent again, gets the redirect of the first."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

from core.errors import HandraiserError
from core.form_keys import claim_form_key
from core.link_secrets import HIDDEN_SECRET, hide_link_secrets
from core.models import FormKey, User
from core.models.form_key import MAX_LOCATION_LENGTH

FORM_KEY_FIELD = "form_key"
FORM_OWNER_FIELD = "form_owner"
CSRF_FIELD = "csrfmiddlewaretoken"
MARK_FIELDS = frozenset({FORM_KEY_FIELD, FORM_OWNER_FIELD, CSRF_FIELD})
"""What a form carries beside that which its writer types."""


def find_form_owner(request: HttpRequest) -> str:
    """Return the mark of the account for which a form is drawn, which tells nothing of it; empty without one."""
    if not isinstance(request.user, User):
        return ""
    return salted_hmac(FORM_OWNER_FIELD, str(request.user.public_id), algorithm="sha256").hexdigest()


def perform_once(request: HttpRequest, perform: Callable[[], HttpResponse], *, at: datetime) -> HttpResponse:
    """Return the redirect of `perform`, which runs only for the first of equal submissions.

    What `perform` raises leaves the key unused, so that the form can be mended and sent again. A form without a key is
    performed each time. The same key with another content is another submission: the back button led to the form.
    """
    key = request.POST.get(FORM_KEY_FIELD, "")
    if not key:
        return perform()
    with transaction.atomic():
        row = claim_form_key(digest=_digest_submission(request, key), at=at)
        if row.location:
            return redirect(_put_in_secret(request, row.location))
        outcome = _perform_or_refuse(perform)
        location = "" if isinstance(outcome, HandraiserError) else outcome.headers.get("Location", "")
        _store_location(row, _take_out_secret(request, location))
    if isinstance(outcome, HandraiserError):
        # Raised only now: some actions count a wrong answer before they refuse it, and the count must stay.
        raise outcome
    return outcome


def _perform_or_refuse(perform: Callable[[], HttpResponse]) -> HttpResponse | HandraiserError:
    try:
        return perform()
    except HandraiserError as error:
        return error


def _take_out_secret(request: HttpRequest, location: str) -> str:
    """Return an address without the secret of the request's own link, as who reads the table must not open it.

    An address with the secret of another link is not stored.
    """
    hidden = hide_link_secrets(location)
    return hidden if _put_in_secret(request, hidden) == location else ""


def _put_in_secret(request: HttpRequest, location: str) -> str:
    """Return a stored address with the secret of the request's own link: the same submission came to the same one."""
    given = request.resolver_match.kwargs if request.resolver_match else {}
    secret = given.get("token")
    return location.replace(HIDDEN_SECRET, secret) if secret else location


def _store_location(row: FormKey, location: str) -> None:
    if 0 < len(location) <= MAX_LOCATION_LENGTH:
        row.location = location
        row.save(update_fields=["location"])
    else:
        row.delete()


def _digest_submission(request: HttpRequest, key: str) -> str:
    # Bound to the account, so that a key that leaked tells nobody else where it led.
    typed = sorted((name, texts) for name, texts in request.POST.lists() if name not in MARK_FIELDS)
    return hashlib.sha256(repr((request.user.pk, request.get_full_path(), key, typed)).encode()).hexdigest()
