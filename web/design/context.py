"""What every template knows."""

from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop

from web.design.languages import list_offered_languages
from web.design.navigation import find_roles

DEMO_OPERATOR_TEXTS = frozenset(
    (
        gettext_noop("Nobody: this is a demo"),
        gettext_noop("Your own machine"),
        gettext_noop("Never: this is a demo"),
        gettext_noop("Invented campaigns only"),
        gettext_noop("On this machine, in the folder var"),
        gettext_noop("Nobody but the reviewer of the demo"),
    )
)
"""What the settings say of the operator outside production, if the operator has not said it."""


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return whether this is a demo, where second factors are optional, who runs this site, and its languages.

    And whether the footer leads to help for a hacked campaign.
    """
    return {
        "is_demo": settings.SECOND_FACTOR != "required",
        "operator": describe_operator(),
        "languages": list_offered_languages(),
        "leads_to_hacked": partial(_leads_to_hacked, request),
    }


def describe_operator() -> dict[str, str]:
    """Return what the pages say of who runs this site: as the operator wrote it; in a demo in the reader's language."""
    if settings.PRODUCTION:
        return settings.OPERATOR
    return {name: gettext(text) if text in DEMO_OPERATOR_TEXTS else text for name, text in settings.OPERATOR.items()}


def _leads_to_hacked(request: HttpRequest) -> bool:
    """Return whether the page leads to the help for campaigns that were hacked.

    All do but those of volunteers. Theirs do, too, for a reader who acts for a campaign, or is no volunteer yet.
    """
    match = getattr(request, "resolver_match", None)  # none on a page that says that nothing is here
    view = match.func if match else None
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    if getattr(apps.get_containing_app_config(module), "leads_to_hacked", True):
        return True
    roles = find_roles(request)
    return roles is not None and ("campaigns" in roles or "volunteer" not in roles)
