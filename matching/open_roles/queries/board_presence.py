"""Whether a request may be on the board, as its own campaign is told."""

from enum import StrEnum

from campaigns.models import Request
from matching.open_roles.queries.board_roles import security_skills


class BoardPresence(StrEnum):
    """Whether the board may show a request."""

    SHOWN = "shown"
    """With the roles that are open, as long as its campaign is verified."""
    KEPT_OFF = "kept_off"
    """Its campaign keeps it off."""
    NEVER = "never"
    """Its work is never on the board."""


def find_board_presence(request: Request) -> BoardPresence:
    """Return whether the board may show a request, whose roles are prefetched: the rules are those of `board_seats`."""
    has_security_work = request.roles.filter(skill__in=security_skills()).exists()
    if request.emergency or has_security_work or all(role.vetted_for for role in request.roles.all()):
        return BoardPresence.NEVER
    return BoardPresence.SHOWN if request.is_on_board else BoardPresence.KEPT_OFF
