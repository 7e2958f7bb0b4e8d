"""What concerns a volunteer and a campaign together: runs, matches, vetoes, pins, policy."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Matching."""

    name = "matching"
