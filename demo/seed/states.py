"""US states by population, with the time zone of most people there."""

from typing import NamedTuple


class USState(NamedTuple):
    """A state: the code of its jurisdiction, its people in tenths of a million, and a time zone."""

    code: str
    population: int
    time_zone: str


EASTERN, CENTRAL, MOUNTAIN, PACIFIC = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"

US_STATES = (
    USState("US-CA", 390, PACIFIC),
    USState("US-TX", 300, CENTRAL),
    USState("US-FL", 225, EASTERN),
    USState("US-NY", 196, EASTERN),
    USState("US-PA", 130, EASTERN),
    USState("US-IL", 125, CENTRAL),
    USState("US-OH", 118, EASTERN),
    USState("US-GA", 110, EASTERN),
    USState("US-NC", 108, EASTERN),
    USState("US-MI", 100, "America/Detroit"),
    USState("US-NJ", 93, EASTERN),
    USState("US-VA", 87, EASTERN),
    USState("US-WA", 78, PACIFIC),
    USState("US-AZ", 74, "America/Phoenix"),
    USState("US-MA", 70, EASTERN),
    USState("US-TN", 70, CENTRAL),
    USState("US-IN", 68, "America/Indiana/Indianapolis"),
    USState("US-MO", 62, CENTRAL),
    USState("US-MD", 61, EASTERN),
    USState("US-WI", 59, CENTRAL),
    USState("US-CO", 58, MOUNTAIN),
    USState("US-MN", 57, CENTRAL),
    USState("US-AL", 51, CENTRAL),
    USState("US-LA", 46, CENTRAL),
    USState("US-KY", 45, EASTERN),
    USState("US-OR", 42, PACIFIC),
    USState("US-CT", 36, EASTERN),
    USState("US-UT", 34, MOUNTAIN),
    USState("US-NV", 32, PACIFIC),
    USState("US-IA", 32, CENTRAL),
    USState("US-KS", 29, CENTRAL),
    USState("US-NM", 21, MOUNTAIN),
    USState("US-ID", 19, "America/Boise"),
    USState("US-HI", 14, "Pacific/Honolulu"),
    USState("US-ME", 14, EASTERN),
    USState("US-MT", 11, MOUNTAIN),
    USState("US-AK", 7, "America/Anchorage"),
)
STATE_WEIGHTS = {state: float(state.population) for state in US_STATES}
# Citizens abroad volunteer too, and make meetings harder.
TIME_ZONES_ABROAD = ("Europe/London", "Europe/Berlin", "Asia/Tokyo", "America/Mexico_City")
