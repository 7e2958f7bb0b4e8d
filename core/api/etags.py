"""Versions in HTTP: `ETag` on objects that two users may edit, and `If-Match` on requests that change them."""

import hashlib
import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errors import Stale


def digest_etag(body: bytes) -> str:
    """Return the `ETag` of a public body that has no version: a digest of what it says."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


class ETagMixin(APIView):
    """A view whose responses about one object carry its version as their `ETag`."""

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Add the header where the response has a version."""
        content = getattr(response, "data", None)
        if isinstance(content, dict) and "version" in content:
            response["ETag"] = f'"{content["version"]}"'
        return super().finalize_response(request, response, *args, **kwargs)


def read_versioned_data(request: Request) -> Any:
    """Return the body of a request, with the version of `If-Match`, if there is one, as its `version`.

    Raises Stale when the header is no ETag of ours.
    """
    header = request.headers.get("If-Match", "*").strip()
    if header == "*":
        return request.data
    etag = re.fullmatch(r'"(\d{1,9})"', header)
    if etag is None:
        raise Stale(_("If-Match names no version of ours. Load it again, and send the ETag that comes with it."))
    return {**request.data, "version": int(etag[1])} if isinstance(request.data, dict) else request.data
