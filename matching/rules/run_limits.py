"""How many runs wait at once."""

MAX_WAITING_RUNS = 10
"""Runs that reviewers requested and that no worker has begun. Those of the application itself do not count."""
