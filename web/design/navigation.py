"""The places to which the header leads a signed-in user: one for each role that the user has.

A room registers its own in the `ready` method of its app.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Destination:
    """A link of the header. `is_current` marks the place in which the reader is."""

    href: str
    label: str
    is_current: bool = False


DestinationFinder = Callable[[User], Sequence[tuple[str, str]]]
"""Returns the address and the words of each link that a user gets; at most one query."""

_finders = Registry[DestinationFinder]("destination")


def register_destinations(name: str, find: DestinationFinder) -> None:
    """Register the links of a role. Raises ValueError when the name is taken."""
    _finders.register(name, find)


WayOnFinder = Callable[[HttpRequest, datetime], str]
"""Returns the address at which something goes on that the visitor began in this browser; empty without it."""

_way_on_finders = Registry[WayOnFinder]("way on")


def register_way_on(name: str, find: WayOnFinder) -> None:
    """Register what may wait for a visitor. Raises ValueError when the name is taken."""
    _way_on_finders.register(name, find)


def find_way_on(request: HttpRequest, name: str, *, at: datetime) -> str:
    """Return the address at which what was begun goes on; empty without it."""
    return _way_on_finders[name](request, at)


def find_signed_in_address(user: User) -> str:
    """Return where a user goes who has signed in: the first of the links of the header, or the home page."""
    for find in _finders.values():
        for address, _label in find(user):
            return address
    return reverse("admin:index") if user.is_reviewer else reverse("home")


def has_destination(request: HttpRequest, address: str) -> bool:
    """Return whether a link of the header leads the signed-in user to this address."""
    return any(link.href == address for link in find_destinations(request))


def find_roles(request: HttpRequest) -> set[str] | None:
    """Return the names under which rooms have a link for the signed-in user; None for a visitor."""
    user = request.user
    return {name for name, found in _find_links(request, user).items() if found} if isinstance(user, User) else None


def _find_links(request: HttpRequest, user: User) -> dict[str, list[tuple[str, str]]]:
    """Return the links of each room; they are read once for a page, since its header and its footer ask."""
    if not hasattr(request, "destination_links"):
        links = {name: list(find(user)) for name, find in _finders.items()}
        request.destination_links = links  # type: ignore[attr-defined]
    found: dict[str, list[tuple[str, str]]] = request.destination_links  # type: ignore[attr-defined]
    return found


def find_destinations(request: HttpRequest) -> Iterator[Destination]:
    """Yield the links for the signed-in user, the review desk last."""
    user = request.user
    if not isinstance(user, User):
        return
    links = [link for found in _find_links(request, user).values() for link in found]
    if user.is_reviewer:
        links.append((reverse("admin:index"), _("Review")))
    for href, label in links:
        yield Destination(href, label, is_current=request.path.startswith(href))
