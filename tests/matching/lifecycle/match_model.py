"""A small model of a match's life, written from the words of docs/flow.md, that knows nothing of the code.

It holds where every match stands, and says what a move makes of it and of those around it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

VOLUNTEER, CAMPAIGN, REVIEWER = "volunteer", "campaign", "reviewer"

NEXT_BY_ACTION = {
    ("proposed", REVIEWER, "approve"): "approved",
    ("proposed", REVIEWER, "reject"): "rejected",
    ("proposed", REVIEWER, "broadcast"): "offered",
    ("approved", REVIEWER, "reject"): "rejected",
    ("offered", VOLUNTEER, "accept"): "accepted",
    ("offered", REVIEWER, "accept"): "accepted",
    ("offered", VOLUNTEER, "decline"): "declined",
    ("offered", REVIEWER, "cancel"): "superseded",
    ("accepted", CAMPAIGN, "confirm"): "active",
    ("accepted", CAMPAIGN, "refuse"): "refused",
    ("accepted", VOLUNTEER, "withdraw"): "withdrawn",
    ("accepted", REVIEWER, "release"): "released",
    ("active", VOLUNTEER, "withdraw"): "withdrawn",
    ("active", CAMPAIGN, "release"): "released",
    ("active", REVIEWER, "release"): "released",
    ("active", CAMPAIGN, "finish"): "closing",
    ("active", REVIEWER, "finish"): "closing",
    ("closing", CAMPAIGN, "complete"): "completed",
}
"""What people do."""

NEXT_BY_CLOCK = {
    "approved": "superseded",
    "offered": "expired",
    "accepted": "released",
    "active": "closing",
    "closing": "completed",
}
"""What time does."""

NEXT_WHEN_SEAT_GONE = {
    "proposed": "superseded",
    "approved": "superseded",
    "offered": "superseded",
    "accepted": "released",
    "active": "closing",
}
"""What becomes of a match when its place or its project is gone."""

NEXT_WHEN_VOLUNTEER_LEFT = NEXT_WHEN_SEAT_GONE | {"active": "released", "closing": "completed"}
"""What becomes of it when its person is."""

DONE_STATES = ("closing", "completed")
HOLDING_STATES = ("approved", "offered", "accepted", "active")
ONE_DAY = timedelta(days=1)
EARLIEST_EXPIRY, LATEST_EXPIRY = (
    timedelta(minutes=30),
    timedelta(hours=61),
)  # no offer ends before; each has ended after, nights included


@dataclass
class ModelMatch:
    """A match as the model knows it."""

    state: str
    seat: int
    request: str
    volunteer: int
    since: datetime
    is_broadcast: bool = False
    heard_on_phone_at: datetime | None = None  # when a yes was heard on the phone that can still be taken back

    @property
    def holds(self) -> bool:
        return self.state in HOLDING_STATES and not (self.is_broadcast and self.state == "offered")


@dataclass
class LifecycleModel:
    """Matches by id; seats that are needed, by id, with the number of each; requests that are still on."""

    staffed_whole: frozenset[str]
    auto_confirming: frozenset[str]
    urgent: frozenset[str]
    seats: dict[str, dict[int, list[int]]]  # request → role → its seats in the order of their numbers
    pairs: dict[int, ModelMatch] = field(default_factory=dict)

    def is_asked_in_emergency(self, key: int) -> bool:
        """Whether another offer hides its campaign from the volunteer: then every other yes waits."""
        volunteer = self.pairs[key].volunteer
        return any(
            pair.volunteer == volunteer and pair.request in self.urgent and pair.state in ("offered", "accepted")
            for other, pair in self.pairs.items()
            if other != key
        )

    def is_closed_to_campaign(self, key: int, who: str, verb: str) -> bool:
        """Whether a campaign would end a person's work in an emergency: it can only call the emergency off."""
        ends = who == CAMPAIGN and verb in ("refuse", "release", "finish")
        return ends and self.pairs[key].request in self.urgent

    def after_action(self, key: int, who: str, verb: str) -> dict[int, str]:
        """Every match that is somewhere else when the move is made, and where; the table must have it."""
        pair = self.pairs[key]
        found = {key: NEXT_BY_ACTION[pair.state, who, verb]}
        if verb == "approve":
            found |= self._after_approval(key, pair)
        elif verb == "accept":
            found |= {
                other: "superseded"
                for other, each in self.pairs.items()
                if pair.is_broadcast
                and each.is_broadcast
                and each.state == "offered"
                and each.seat == pair.seat
                and other != key
            }
            if pair.request in self.auto_confirming and not (who == REVIEWER and pair.request not in self.urgent):
                found[key] = "active"
        return found

    def _after_approval(self, key: int, pair: ModelMatch) -> dict[int, str]:
        if pair.request not in self.staffed_whole:
            return {key: "offered"}
        found = self._send_team_offers(pair.request, but=(), and_also=pair.seat)
        return found | {key: "offered"} if found is not None else {}

    def _send_team_offers(
        self, request: str, *, but: Iterable[int], and_also: int | None = None
    ) -> dict[int, str] | None:
        """The offers of a whole team, if each seat is held or done with by others than these; None: they stay."""
        mine = {key: pair for key, pair in self.pairs.items() if pair.request == request and key not in set(but)}
        there = {pair.seat for pair in mine.values() if pair.holds or pair.state in DONE_STATES} | {and_also}
        if not {seat for seats in self.seats[request].values() for seat in seats} <= there:
            return None
        return {key: "offered" for key, pair in mine.items() if pair.state == "approved"}

    def reduce_seats(self, request: str, role: int, left: int) -> dict[int, str]:
        """Empty places go first, then those with the highest number."""
        asked = {pair.seat for pair in self.pairs.values() if pair.state in HOLDING_STATES}
        there = self.seats[request][role]
        order = [seat for seat in there if seat in asked] + [seat for seat in there if seat not in asked]
        self.seats[request][role] = [seat for seat in there if seat in order[:left]]
        gone = order[left:]
        found = self.after_seats_gone(key for key, pair in self.pairs.items() if pair.seat in gone)
        if request in self.staffed_whole:
            found |= self._send_team_offers(request, but=found) or {}
        return found

    def after_seats_gone(self, keys: Iterable[int]) -> dict[int, str]:
        """What becomes of these."""
        return {
            key: NEXT_WHEN_SEAT_GONE[self.pairs[key].state]
            for key in keys
            if self.pairs[key].state in NEXT_WHEN_SEAT_GONE
        }

    def after_volunteer_left(self, volunteer: int) -> dict[int, str]:
        """End everything of a volunteer who has left."""
        mine = {key: pair.state for key, pair in self.pairs.items() if pair.volunteer == volunteer}
        return {
            key: NEXT_WHEN_VOLUNTEER_LEFT[state] for key, state in mine.items() if state in NEXT_WHEN_VOLUNTEER_LEFT
        }

    def can_be_taken_back(self, key: int, at: datetime) -> bool:
        """Whether work cannot begin yet, because a yes was heard on the phone less than a day ago."""
        heard = self.pairs[key].heard_on_phone_at
        return heard is not None and at - heard < ONE_DAY

    def possible_by_time(self, key: int, at: datetime) -> set[str]:
        """Where time can have taken a match."""
        pair = self.pairs[key]
        found = {NEXT_BY_CLOCK[pair.state]} if pair.state in NEXT_BY_CLOCK else set()
        if (
            pair.heard_on_phone_at is not None
            and pair.request in self.auto_confirming
            and not self.can_be_taken_back(key, at)
        ):
            found |= {"active", "closing"}
        return found

    def list_overdue_starts(self, at: datetime) -> list[int]:
        """Yeses on the phone that stand, in requests that confirm themselves, and that a sweep cannot have left."""
        heard = (key for key, pair in self.pairs.items() if pair.state == "accepted" and pair.heard_on_phone_at)
        return [k for k in heard if self.pairs[k].request in self.auto_confirming and not self.can_be_taken_back(k, at)]

    def list_overdue_offers(self, at: datetime) -> list[int]:
        """Offers that a sweep cannot have left open."""
        return [key for key, pair in self.pairs.items() if pair.state == "offered" and at - pair.since > LATEST_EXPIRY]
