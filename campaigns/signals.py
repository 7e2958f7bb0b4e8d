"""What the campaigns' side says aloud, inside the transaction in which it happens, for whoever above listens.

Nothing may depend on being heard here alone: what follows is also found by the sweep.
"""

from collections.abc import Iterable

from django.dispatch import Signal

from campaigns.models import Seat

request_published = Signal()
"""A request went out. `request`, `at`."""

campaign_verified = Signal()
"""A reviewer has made sure who a campaign is. `campaign`, `at`."""

requests_reduced = Signal()
"""Requests were called off, or lost seats. `requests`, `at`."""

request_extended = Signal()
"""Places were added to a published request. `request`, `roles`, `at`."""

request_amended = Signal()
"""A published request asks for something else. `request`, `roles`: those concerned; `words`: what is said of it has
changed; `sought`: whom it looks for; `agreed`: what its people have said yes to; `at`."""

occupied_seats_asked = Signal()
"""Which of these seats has somebody? `seats`; each receiver returns a set of seats' ids."""


def find_occupied_seats(seats: Iterable[Seat]) -> set[int]:
    """The ids of those seats that somebody has, as far as anybody who listens knows."""
    asked = list(seats)
    return {
        seat.pk for _, told in occupied_seats_asked.send(Seat, seats=asked) for seat in asked if seat.pk in (told or ())
    }
