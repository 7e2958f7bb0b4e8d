"""Signals that campaigns send inside the transaction of a change, for the packages above.

A receiver is a short cut only: the sweep also finds what follows from the change.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum
from typing import Any

from django.dispatch import Signal

from campaigns.models import Contest, Seat


class SeatStage(IntEnum):
    """How far a seat is filled. The highest stage of all matches of a seat is the seat's."""

    IN_REVIEW = 1  # somebody is proposed, and a reviewer looks at it
    OFFERED = 2  # somebody is asked
    FILLED = 3  # somebody has said yes


request_published = Signal()
"""A request was published. `request`, `at`."""

campaign_verified = Signal()
"""A reviewer has verified a campaign. `campaign`, `at`."""

campaign_stopped = Signal()
"""The candidate has stopped a campaign, and its published requests are cancelled. `campaign`, `at`."""

requests_reduced = Signal()
"""Requests were cancelled, or lost seats. `requests`, `at`.

`called_off` is true where a member of the campaign cancelled them: a session that was stolen could have done it.
"""

request_extended = Signal()
"""Seats were added to a published request. `request`, `roles`, `at`."""

request_amended = Signal()
"""A published request was amended. `request`, `roles` (those concerned), `at`, and what has changed: `words`, its
texts; `sought`, its requirements; `agreed`, the terms that its volunteers have agreed to."""

election_day_corrected = Signal()
"""A contest's days were corrected, and its requests fit them. `contest`, `at`."""

verification_deadline_asked = Signal()
"""Asks until when the verification of a campaign is promised that waits from now on. `contest`, `at`; each receiver
returns a time."""

occupied_seats_asked = Signal()
"""Asks which of these seats are occupied. `seats`; each receiver returns a set of seats' ids."""

seat_stages_asked = Signal()
"""Asks how far the seats of these roles are filled. `role_ids`; each receiver returns stages by the seats' ids."""


def find_seat_stages(role_ids: Iterable[int]) -> dict[int, SeatStage]:
    """Return how far the seats of these roles are filled, by the seats' ids; an empty one is left out."""
    answers: list[tuple[Any, Any]] = seat_stages_asked.send(Seat, role_ids=list(role_ids))
    return {seat_id: stage for _receiver, stages in answers for seat_id, stage in (stages or {}).items()}


def find_occupied_seats(seats: Iterable[Seat]) -> set[int]:
    """Return the ids of those seats that are occupied, according to the receivers."""
    seats = list(seats)
    answers = occupied_seats_asked.send(Seat, seats=seats)
    return {seat.pk for _receiver, occupied_ids in answers for seat in seats if seat.pk in (occupied_ids or ())}


def find_verification_deadline(contest: Contest, *, at: datetime) -> datetime | None:
    """Return until when the verification of a campaign in this contest is promised, or None without a receiver."""
    answers: list[tuple[Any, Any]] = verification_deadline_asked.send(Contest, contest=contest, at=at)
    return min((deadline for _receiver, deadline in answers if deadline), default=None)
