"""Where the demo's people live and its contests are held: states by population, and the clock of most people there."""

from typing import NamedTuple


class State(NamedTuple):
    """A state: the code of its jurisdiction, its people in tenths of a million, and a time zone."""

    code: str
    people: int
    zone: str


EASTERN, CENTRAL, MOUNTAIN, PACIFIC = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"

STATES = (
    State("US-CA", 390, PACIFIC),
    State("US-TX", 300, CENTRAL),
    State("US-FL", 225, EASTERN),
    State("US-NY", 196, EASTERN),
    State("US-PA", 130, EASTERN),
    State("US-IL", 125, CENTRAL),
    State("US-OH", 118, EASTERN),
    State("US-GA", 110, EASTERN),
    State("US-NC", 108, EASTERN),
    State("US-MI", 100, "America/Detroit"),
    State("US-NJ", 93, EASTERN),
    State("US-VA", 87, EASTERN),
    State("US-WA", 78, PACIFIC),
    State("US-AZ", 74, "America/Phoenix"),
    State("US-MA", 70, EASTERN),
    State("US-TN", 70, CENTRAL),
    State("US-IN", 68, "America/Indiana/Indianapolis"),
    State("US-MO", 62, CENTRAL),
    State("US-MD", 61, EASTERN),
    State("US-WI", 59, CENTRAL),
    State("US-CO", 58, MOUNTAIN),
    State("US-MN", 57, CENTRAL),
    State("US-AL", 51, CENTRAL),
    State("US-LA", 46, CENTRAL),
    State("US-KY", 45, EASTERN),
    State("US-OR", 42, PACIFIC),
    State("US-CT", 36, EASTERN),
    State("US-UT", 34, MOUNTAIN),
    State("US-NV", 32, PACIFIC),
    State("US-IA", 32, CENTRAL),
    State("US-KS", 29, CENTRAL),
    State("US-NM", 21, MOUNTAIN),
    State("US-ID", 19, "America/Boise"),
    State("US-HI", 14, "Pacific/Honolulu"),
    State("US-ME", 14, EASTERN),
    State("US-MT", 11, MOUNTAIN),
    State("US-AK", 7, "America/Anchorage"),
)
BY_PEOPLE = {state: float(state.people) for state in STATES}
# Citizens who live elsewhere volunteer too, and make meetings harder.
ZONES_ABROAD = ("Europe/London", "Europe/Berlin", "Asia/Tokyo", "America/Mexico_City")
