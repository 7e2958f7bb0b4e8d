"""Read what the forms of the queue send: proposals, each with the version that the reviewer has seen."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.models import User
from matching.lifecycle.actions.team_review import MAX_PROPOSALS_AT_ONCE, SeenProposal
from matching.lifecycle.queries.matches import matches_visible_to

MAX_VERSION_DIGITS = 9


def read_seen_proposals(user: User, request_id: UUID, values: Sequence[str]) -> list[SeenProposal]:
    """Return the proposals of a request that a form names. Raises Invalid where it names none, or what is not there."""
    versions = _read_values(values)
    if not versions or len(values) > MAX_PROPOSALS_AT_ONCE:
        raise Invalid(_("No person is chosen, or too many are. Choose at least one."))
    visible = matches_visible_to(user).filter(request__public_id=request_id, public_id__in=versions)
    found = list(visible.select_related("request__campaign__candidate", "volunteer__user").order_by("pk"))
    if len(found) < len(versions):
        raise Invalid(_("The team has changed since you looked at it. Look at it again."))
    return [SeenProposal(match, versions[match.public_id]) for match in found]


def _read_values(values: Sequence[str]) -> dict[UUID, int]:
    """Return the versions by match, of values such as “ID 3”."""
    versions = {}
    for value in values[: MAX_PROPOSALS_AT_ONCE + 1]:
        match, _space, version = value.partition(" ")
        if not version.isascii() or not version.isdigit() or len(version) > MAX_VERSION_DIGITS:
            raise Invalid(_("The team has changed since you looked at it. Look at it again."))
        try:
            versions[UUID(match)] = int(version)
        except ValueError:
            raise Invalid(_("The team has changed since you looked at it. Look at it again.")) from None
    return versions
