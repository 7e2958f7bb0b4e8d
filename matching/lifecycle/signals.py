"""What the life cycle of a match announces to the layers above it, inside the transaction in which it happens."""

from django.dispatch import Signal

seats_opened = Signal()
"""Seats of a published role may be filled again. `role`, `at`.

Send it with `send`, never with `send_robust`: a receiver that fails must undo the transaction. If there is no receiver,
the regular run finds the seats.
"""
