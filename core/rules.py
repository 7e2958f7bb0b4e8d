"""Pure judgements that more than one app makes."""

from zoneinfo import available_timezones

from core.errors import Invalid


def check_time_zone(name: str) -> None:
    """Raises Invalid unless this is an IANA time zone."""
    if name not in available_timezones():
        raise Invalid(f"“{name}” is not a time zone. Give one like “America/New_York”.", field="time_zone")
