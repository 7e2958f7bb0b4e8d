"""Middleware that refuses bodies of pages: those that are too long, and texts that cannot be shown."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.api.problem_details import API_PREFIX
from core.api.strict_json import describe_unreadable_text


class ReadableFormMiddleware:
    """Refuse a form of a page or of the admin with a text that cannot be shown, or that shows nothing.

    Bodies of the API are refused by `StrictJSONMiddleware`. A password is compared and never shown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response of the view."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raise BadRequest for such a text."""
        if request.method != "POST" or request.path_info.startswith(API_PREFIX):
            return
        for name, texts in request.POST.lists():
            if "password" not in name and any(map(describe_unreadable_text, texts)):
                raise BadRequest(
                    _("A text of this form has characters that cannot be shown. Go back and write it again.")
                )


class BodyLengthMiddleware:
    """Refuse a long body of a page before anything reads it: Django bounds forms, and no file that comes with one.

    Bodies of the API are refused by `StrictJSONMiddleware`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response. Raises RequestDataTooBig."""
        length = str(request.META.get("CONTENT_LENGTH", ""))
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length.isdigit() and int(length) > limit and not request.path_info.startswith(API_PREFIX):
            raise RequestDataTooBig
        return self.get_response(request)
