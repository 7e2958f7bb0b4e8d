"""Versions as HTTP has them: `ETag` on what two people may edit, and `If-Match` on what changes it."""

import re
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errors import Stale


class ETagMixin(APIView):
    """A view whose answers about one thing carry its version as their `ETag`."""

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Adds it where the answer has a version."""
        told = getattr(response, "data", None)
        if isinstance(told, dict) and "version" in told:
            response["ETag"] = f'"{told["version"]}"'
        return super().finalize_response(request, response, *args, **kwargs)


def read_versioned_data(request: Request) -> Any:
    """What was sent; the version that `If-Match` names, if it does, counts as if it stood in the body.

    Raises Stale when it names none that we ever gave out.
    """
    header = request.headers.get("If-Match", "*").strip()
    if header == "*":
        return request.data
    named = re.fullmatch(r'"(\d{1,9})"', header)
    if named is None:
        raise Stale("If-Match names no version of ours. Load it again, and send the ETag that comes with it.")
    return {**request.data, "version": int(named[1])} if isinstance(request.data, dict) else request.data
