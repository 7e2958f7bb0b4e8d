"""Signals that volunteers send inside the transaction of a change, for the packages above.

A receiver is a short cut only: the sweep also finds what follows from the change.
"""

from django.dispatch import Signal

volunteer_updated = Signal()
"""A volunteer has created or changed their profile, or has returned. `volunteer`, `at`."""
