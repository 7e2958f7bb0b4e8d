"""`ETag`, `If-None-Match` and `If-Match`: what has not changed is not sent again, and no stale edit is stored."""

import hashlib
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from rest_framework import status
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errors import Invalid

REFERENCE_MAX_AGE_SECONDS = 300
"""For how long a client may use reference data without asking again."""
DIGEST_LENGTH = 32
VERSIONED_DIGEST_LENGTH = 16
_ETAG_PATTERN = re.compile(rf'(?:W/)?"(\d{{1,9}})(?:-[0-9a-f]{{{VERSIONED_DIGEST_LENGTH}}})?"')


def digest_etag(body: bytes, version: int | None = None) -> str:
    """Return the `ETag` of a body: a digest of what it says, after the version of the object if it has one.

    Counts and states beside the object change without its version, so the version alone does not name the body.
    """
    digest = hashlib.sha256(body).hexdigest()
    return f'"{digest[:DIGEST_LENGTH]}"' if version is None else f'"{version}-{digest[:VERSIONED_DIGEST_LENGTH]}"'


def answer_conditionally(request: HttpRequest, response: HttpResponse, etag: str) -> HttpResponseBase:
    """Return the response with its `ETag`; for a read, 304 without a body if the caller has it.

    `If-Match` is for changes, and ignored in a read.
    """
    response["ETag"] = etag
    if request.method not in SAFE_METHODS or "If-Match" in request.headers:
        return response
    return get_conditional_response(request, etag=etag, response=response) or response


class ETagMixin(APIView):
    """A view whose answers about one object carry an `ETag`, and which repeats no answer that the caller has."""

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Add the header once the body is known. Lists, and answers without a body, have none."""
        finalized = super().finalize_response(request, response, *args, **kwargs)
        content = getattr(finalized, "data", None)
        if not isinstance(content, dict) or "results" in content or not status.is_success(finalized.status_code):
            return finalized
        version = content.get("version")
        # The answer to a write about something without a version is no name for what a read would answer.
        if version is not None or request.method in SAFE_METHODS:
            finalized.add_post_render_callback(
                lambda rendered: answer_conditionally(
                    request._request, rendered, digest_etag(rendered.content, version)
                )
            )
        return finalized


@method_decorator(gzip_page, name="dispatch")
class ReferenceDataMixin(APIView):
    """A view of reference data, the same for every caller: with an `ETag`, cached for some minutes, and compressed.

    Only for answers without secrets and personal data, as compression would tell of them by its length.
    """

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Add the headers once the body is known."""
        finalized = super().finalize_response(request, response, *args, **kwargs)
        if finalized.status_code == status.HTTP_200_OK:
            # Where only signed-in callers may read it, no shared cache keeps it.
            scope = "private" if self.authentication_classes else "public"
            patch_cache_control(finalized, **{scope: True}, max_age=REFERENCE_MAX_AGE_SECONDS)
            finalized.add_post_render_callback(
                lambda rendered: answer_conditionally(request._request, rendered, digest_etag(rendered.content))
            )
        return finalized


def read_versioned_data(request: Request) -> Any:
    """Return the body of a request, with the version of `If-Match`, if there is one, as its `version`.

    Only the version counts: an ETag also changes with counts that no edit is about. A proxy that compresses makes it
    weak, which is taken too. Raises Invalid when the header is no ETag of ours, or when the body names another version.
    """
    header = request.headers.get("If-Match", "*").strip()
    if header == "*":
        return request.data
    etag = _ETAG_PATTERN.fullmatch(header)
    if etag is None:
        message = _("If-Match names no version of ours. Load it again, and send the ETag that comes with it.")
        raise Invalid(message, field="If-Match")
    if not isinstance(request.data, dict):
        return request.data
    given = request.data.get("version", int(etag[1]))
    if not isinstance(given, int) or isinstance(given, bool):
        return request.data  # the serializer refuses it
    if given != int(etag[1]):
        raise Invalid(_("If-Match and the body name two versions. Send one of them."), field="version")
    return {**request.data, "version": int(etag[1])}
