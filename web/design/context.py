"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from web.design.languages import list_offered_languages


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return whether this is a demo, where second factors are optional, who runs this site, and its languages."""
    return {
        "is_demo": settings.SECOND_FACTOR != "required",
        "operator": settings.OPERATOR,
        "languages": list_offered_languages(),
    }
