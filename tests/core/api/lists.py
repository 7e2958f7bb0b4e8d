"""The lists of the API, and their addresses."""

from typing import Any

from django.urls import URLPattern, get_resolver

from tests.access.endpoints import _list_routes
from tests.cast import Cast


def lists() -> list[URLPattern]:
    """Every route of the API that answers GET with a list."""
    return [route for route in _list_routes(get_resolver()) if _is_list(route)]


def _is_list(route: URLPattern) -> bool:
    view: Any = route.callback
    known = getattr(view, "cls", None) or getattr(view, "view_class", None)
    actions = getattr(view, "actions", None) or {}
    return actions.get("get") == "list" or (not actions and hasattr(known, "list") and hasattr(known, "get"))


def addresses(cast: Cast) -> list[str]:
    found = [str(route.pattern) for route in lists()]
    return sorted(f"/api/v1/{path}".replace("<uuid:id>", str(cast.campaign.public_id)) for path in found)
