"""Pure judgements that more than one app makes."""

from functools import cache
from zoneinfo import available_timezones

from core.errors import Invalid


def check_time_zone(name: str) -> None:
    """Raises Invalid unless this is an IANA time zone."""
    if name not in _iana_time_zones():
        raise Invalid(f"“{name}” is not a time zone. Give one like “America/New_York”.", field="time_zone")


@cache
def _iana_time_zones() -> frozenset[str]:
    """Every IANA time zone: their files are looked through once."""
    return frozenset(available_timezones())
