"""How often one account, or one network, may ask what fits. Each answer tells a little of when people meet."""

from datetime import datetime

from django.conf import settings

from core.rate_counters import CountedRequest, count_request

MAX_FITS_PER_HOUR = int(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["fits"].removesuffix("/hour"))
"""Answers to one account, or to one network without one, through the API and on pages together."""


def count_fits_answer(reader: int | str, *, at: datetime) -> CountedRequest:
    """Count an answer about what fits, beside those that the API has given in the same hour.

    `reader` is the key of an account, or the network of a visitor without one, as `find_client_network` names it.
    """
    # The key is that of `FitsThrottle` in `matching/api/fits.py`.
    return count_request(f"throttle_fits_{reader}", limit=MAX_FITS_PER_HOUR, seconds=3600, at=at)
