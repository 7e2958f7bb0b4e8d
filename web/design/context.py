"""What every template knows."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest

from web.design.languages import list_offered_languages


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return whether this is a demo, where second factors are optional, who runs this site, and its languages.

    And whether the footer leads to help for a hacked campaign.
    """
    return {
        "is_demo": settings.SECOND_FACTOR != "required",
        "operator": settings.OPERATOR,
        "languages": list_offered_languages(),
        "leads_to_hacked": _leads_to_hacked(request),
    }


def _leads_to_hacked(request: HttpRequest) -> bool:
    """Return whether the page leads to the help for campaigns that were hacked: all do but those of volunteers."""
    match = getattr(request, "resolver_match", None)  # none on a page that says that nothing is here
    view = match.func if match else None
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return getattr(apps.get_containing_app_config(module), "leads_to_hacked", True)
