"""What the volunteers' side says aloud, inside the transaction in which it happens, for whoever above listens.

Nothing may depend on being heard here alone: what follows is also found by the sweep.
"""

from django.dispatch import Signal

volunteer_updated = Signal()
"""Somebody raised a hand, said something new about themselves, or is back. `volunteer`, `at`."""
