"""How often one account may ask what fits. Each answer tells a little of when people meet."""

from datetime import datetime

from core.models import User
from core.rate_counters import CountedRequest, count_request

MAX_FITS_PER_HOUR = 120
"""Answers to one account, through the API and on pages together."""


def count_fits_answer(user: User, *, at: datetime) -> CountedRequest:
    """Count an answer about what fits a user, beside those that the API has given in the same hour."""
    # The key is that of `FitsThrottle` in `matching/api/fits.py`.
    return count_request(f"throttle_fits_{user.pk}", limit=MAX_FITS_PER_HOUR, seconds=3600, at=at)
