"""Name the page of a request for the logs, by its route: an address may hold an id, a secret or what a person typed."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

LOGGED_ADDRESS = "handraiser.address"
"""The key in the environment of a request, which the format of the access log names."""

UNKNOWN_ROUTE = "(no such page)"


class LoggedAddressMiddleware:
    """Put the route of each request into its environment, for the access log of the server."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response. The server writes its line afterwards."""
        response = self.get_response(request)
        request.META[LOGGED_ADDRESS] = name_route(request)
        return response


def name_route(request: HttpRequest) -> str:
    """Return the route of a request, such as `/open-roles/<uuid:open_role>/`."""
    if request.path_info.startswith(settings.STATIC_URL):
        return settings.STATIC_URL
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return UNKNOWN_ROUTE
    return "/" + match.route.replace("^", "").replace("$", "")
