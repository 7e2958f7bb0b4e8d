"""Keep what was typed into a form that could not be taken, such as after the session ended, until it is shown again.

It lies in the session of the same browser, under a random id, for an hour at most. Nothing is done with it until its
writer sends it once more. Passwords and codes are never kept. A form that was drawn for an account is shown to that
account only. One of a page that is open to all, drawn for nobody, is shown to who signs in.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from core.rate_counters import count_request
from web.design.form_keys import FORM_OWNER_FIELD, MARK_FIELDS, find_form_owner

KEPT_FORM_PARAMETER = "kept"
KEPT_FORM_LIFETIME = timedelta(hours=1)
MAX_KEPT_FORMS_PER_SESSION = 6
MAX_KEPT_CHARACTERS = 40_000
MAX_KEPT_ERRORS = 40
MAX_KEPT_ERROR_LENGTH = 500
MAX_OWNER_LENGTH = 64
MAX_KEPT_FORMS_PER_MINUTE = 20  # from one network: each is a row for somebody who is not signed in
_SESSION_KEY = "web.design.kept_forms"
_SECRET_WORDS = ("password", "code", "token", "secret")
_OPEN_FIELDS = frozenset({"accepts_code_of_conduct"})
"""Fields whose names only sound like a secret."""


def keep_form(
    request: HttpRequest,
    *,
    at: datetime,
    changed: QueryDict | None = None,
    errors: Sequence[tuple[str, str]] = (),
) -> str:
    """Keep the form that was sent, and return the address of its page that shows it again.

    A form that is too large, or one too many, is not kept, and neither is one of a closed page without the mark of its
    account; the address is then that of the empty form. `changed` is kept in place of what was sent: its page has taken
    it, so it needs no mark. `errors` are what is wrong, each with the name of its field: they are shown with the form.
    """
    sent = request.POST if changed is None else changed
    fields = {name: texts for name, texts in sent.lists() if _may_be_kept(name)}
    size = sum(len(name) + sum(map(len, texts)) for name, texts in fields.items())
    query = request.GET.copy()
    query.pop(KEPT_FORM_PARAMETER, None)
    mark = request.POST.get(FORM_OWNER_FIELD, "")[:MAX_OWNER_LENGTH]
    if not mark and changed is None and _is_closed(request):
        return f"{request.path}?{query.urlencode()}" if query else request.path
    if (fields or errors) and size <= MAX_KEPT_CHARACTERS and _is_within_rate(request, at=at):
        kept_id = token_urlsafe(12)
        others = _list_kept_forms(request, at=at)
        recent = dict(sorted(others.items(), key=lambda item: item[1]["at"])[-(MAX_KEPT_FORMS_PER_SESSION - 1) :])
        form = {
            "path": _digest_path(request),
            "fields": fields,
            "owner": mark or find_form_owner(request),
            "errors": [[name, text[:MAX_KEPT_ERROR_LENGTH]] for name, text in errors[:MAX_KEPT_ERRORS]],
            "at": at.timestamp(),
        }
        request.session[_SESSION_KEY] = recent | {kept_id: form}
        query[KEPT_FORM_PARAMETER] = kept_id
    return f"{request.path}?{query.urlencode()}" if query else request.path


def find_kept_form(request: HttpRequest, *, at: datetime) -> QueryDict | None:
    """Return what its reader typed into the form of this page, if the address names it and the hour is not over."""
    kept = _find_row(request, at=at)
    return None if kept is None else QueryDict(urlencode(kept["fields"], doseq=True))


def list_kept_errors(request: HttpRequest, *, at: datetime) -> list[tuple[str, str]]:
    """Return what was wrong with the form that `find_kept_form` returns, each with the name of its field."""
    kept = _find_row(request, at=at)
    return [] if kept is None else [(name, text) for name, text in kept.get("errors", [])]


def forget_kept_forms(request: HttpRequest) -> None:
    """Forget what was kept of this page, because it was taken now."""
    kept: dict[str, Any] = request.session.get(_SESSION_KEY, {})
    others = {kept_id: form for kept_id, form in kept.items() if form["path"] != _digest_path(request)}
    if others != kept:
        request.session[_SESSION_KEY] = others


def _find_row(request: HttpRequest, *, at: datetime) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = _list_kept_forms(request, at=at).get(request.GET.get(KEPT_FORM_PARAMETER, ""))
    if kept is None or kept["path"] != _digest_path(request) or kept["owner"] not in ("", find_form_owner(request)):
        return None
    return kept


def _digest_path(request: HttpRequest) -> str:
    """Return the digest of the page's path: that of a link has a secret, and sessions are rows of a table."""
    return hashlib.sha256(request.path.encode()).hexdigest()


def _may_be_kept(name: str) -> bool:
    if name in _OPEN_FIELDS:
        return True
    return name not in MARK_FIELDS and not any(word in name.lower() for word in _SECRET_WORDS)


def _is_closed(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(getattr(match and match.func, "login_required", True))


def _is_within_rate(request: HttpRequest, *, at: datetime) -> bool:
    network = get_adapter(request).get_client_ip(request)
    return count_request(f"kept-form_{network}", limit=MAX_KEPT_FORMS_PER_MINUTE, seconds=60, at=at).is_allowed


def _list_kept_forms(request: HttpRequest, *, at: datetime) -> dict[str, Any]:
    oldest = (at - KEPT_FORM_LIFETIME).timestamp()
    kept: dict[str, Any] = request.session.get(_SESSION_KEY, {})
    return {kept_id: form for kept_id, form in kept.items() if form["at"] > oldest and "owner" in form}
