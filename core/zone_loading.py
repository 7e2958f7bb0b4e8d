"""Load a stored time zone. A row that came past the checks breaks no page of other people."""

from functools import lru_cache
from zoneinfo import ZoneInfo

import structlog

log = structlog.get_logger(__name__)

UTC_ZONE = "UTC"


@lru_cache(maxsize=1024)
def load_time_zone(name: str) -> ZoneInfo:
    """Return the zone with this name; for one that is unknown, UTC and a warning in the log."""
    try:
        return ZoneInfo(name)
    # A directory of the zone database ("America") is an OSError, a path ("../UTC") a ValueError.
    except (KeyError, ValueError, OSError):
        log.warning("unknown time zone read as UTC", time_zone=name)
        return ZoneInfo(UTC_ZONE)
