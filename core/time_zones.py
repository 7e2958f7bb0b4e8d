"""Check the names of time zones."""

from functools import cache
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from core.errors import Invalid


def check_time_zone(name: str) -> None:
    """Raise Invalid unless `name` is an IANA time zone."""
    if not is_time_zone(name):
        raise Invalid(
            _("“%(name)s” is not a time zone. Give one like “America/New_York”.") % {"name": name}, field="time_zone"
        )


def is_time_zone(name: str) -> bool:
    """Return whether `name` is an IANA time zone."""
    return name in _iana_time_zones()


@cache
def _iana_time_zones() -> frozenset[str]:
    # Cached, because the names are read from a directory of files.
    return frozenset(available_timezones())
