"""The link of the header that leads campaign staff to their desk."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.member_queries import list_memberships
from core.models import User


def find_campaign_destinations(user: User) -> Sequence[tuple[str, str]]:
    """Return the way to the desk of the user's campaign, or to the choice between several. One query."""
    ids = list(list_memberships(user).values_list("campaign__public_id", flat=True)[:2])
    if not ids:
        return []
    if len(ids) == 1:
        return [(reverse("campaign-desk", args=ids), _("My campaign"))]
    return [(reverse("campaigns"), _("My campaigns"))]
