"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return whether this is a demo, where second factors are optional, and who runs this site."""
    return {"is_demo": settings.SECOND_FACTOR != "required", "operator": settings.OPERATOR}
