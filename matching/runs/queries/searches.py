"""Find volunteers, roles and requests by words, for the pages of reviewers."""

from django.db.models import Q

from campaigns.models import Request, Role
from campaigns.queries import requests_visible_to
from core.models import User
from matching.lifecycle.queries.matches import is_not_about
from volunteers.models import Volunteer

MAX_SEARCH_LENGTH = 80
MAX_SEARCH_WORDS = 5


def search_volunteers(user: User, text: str, *, limit: int) -> list[Volunteer]:
    """Return the volunteers whose name holds each of these words, without the user; none for an empty text.

    Contacts are not searched, so that no access to one has to be recorded.
    """
    words = _split(text)
    if not words or not user.is_reviewer:
        return []
    people = Volunteer.objects.filter(is_not_about(user, "pk"), erased_at=None)
    for word in words:
        people = people.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return list(people.order_by("first_name", "last_name", "pk")[:limit])


def search_roles(user: User, text: str, *, limit: int) -> list[Role]:
    """Return the roles of published requests that the user may see, by name, skill, project or campaign.

    Of an empty text these are the first by the start of their project.
    """
    if not user.is_reviewer:
        return []
    roles = Role.objects.filter(request__in=requests_visible_to(user), request__state=Request.State.PUBLISHED)
    for word in _split(text):
        roles = roles.filter(
            Q(name__icontains=word)
            | Q(skill__name__icontains=word)
            | Q(request__title__icontains=word)
            | Q(request__campaign__name__icontains=word)
        )
    shown = roles.select_related("skill", "request__campaign")
    return list(shown.order_by("request__starts_on", "request_id", "order", "pk")[:limit])


def _split(text: str) -> list[str]:
    return text[:MAX_SEARCH_LENGTH].split()[:MAX_SEARCH_WORDS]
