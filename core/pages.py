"""The page of the API's problems, and the health check."""

import re

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from core.api.problem_types import PROBLEM_TYPES
from core.api.strict_query import takes_parameters

HEALTH_RETRY_SECONDS = 5


@takes_parameters()
@login_not_required
@require_safe
def problem_types_page(request: HttpRequest) -> HttpResponse:
    """Explain every code of the API's problems. Each has an anchor, to which the `type` of a problem leads."""
    problems = [
        (code, problem, _mark_code(problem.meaning), _mark_code(problem.remedy))
        for code, problem in PROBLEM_TYPES.items()
    ]
    return render(request, "core/problems.html", {"problems": problems})


def _mark_code(text: str) -> str:
    """Return the text as HTML, with the words between backticks as code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))


@login_not_required
@require_safe
def health_check(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when a request can be served: the process is up and the database answers. Otherwise answer 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        away = HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
        away["Retry-After"] = str(HEALTH_RETRY_SECONDS)
        return away
    return HttpResponse("ok\n", content_type="text/plain")
