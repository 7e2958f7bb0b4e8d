"""The people of a request as far as the reader may see them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from matching.models import Match
from matching.rules.states import MatchState


@dataclass(frozen=True, slots=True)
class RequestPeople:
    """The people of a request as far as the reader may see them, and the times of the offers, by role."""

    people: Sequence[Match] = ()
    asked_until: Mapping[int, datetime] = field(default_factory=dict)

    def group_unanswered(self) -> dict[int, list[Match]]:
        """Return by role the people who said yes and wait for the campaign, the first due first."""
        waiting: defaultdict[int, list[Match]] = defaultdict(list)
        for match in sorted(self.people, key=lambda match: (match.due_at is None, match.due_at, match.pk)):
            if match.state == MatchState.ACCEPTED and match.campaign_asked_at and not match.paused:  # type: ignore[attr-defined]
                waiting[match.seat.role_id].append(match)
        return waiting
