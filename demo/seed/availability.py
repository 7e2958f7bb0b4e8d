"""Draw when volunteers are free: the presets of the sign-up form or hours of their own, and days off."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time, timedelta

from core.week_mask import WINDOW_PRESETS, Window
from demo.seed.seeded_random import SeededRandom
from demo.seed.volunteers import DrawnVolunteers
from demo.seed.world import World
from volunteers.models import AvailabilityWindow, TimeOff

PRESET_WEIGHTS: dict[tuple[str, ...], float] = {
    ("evenings",): 38.0,
    ("evenings", "weekends"): 19.0,
    ("weekends",): 15.0,
    ("workdays",): 6.0,
    ("own",): 22.0,
}
TIME_OFF_SHARE = 0.08
FIRST_TIME_OFF_DAYS_AHEAD = 126
"""Of the demo's volunteer: after all requests of now, so that it is in the way of none."""
WEEK = timedelta(weeks=1)


@dataclass
class DrawnAvailability:
    """Weekly windows and days off of all volunteers."""

    windows: list[AvailabilityWindow] = field(default_factory=list)
    time_off: list[TimeOff] = field(default_factory=list)


def draw_availability(world: World, drawn_volunteers: DrawnVolunteers) -> DrawnAvailability:
    """Draw a week for each volunteer. Visitors sign in as the first, who is free in all presets."""
    availability = DrawnAvailability()
    for volunteer in drawn_volunteers.volunteers:
        presets = (
            tuple(WINDOW_PRESETS)
            if volunteer is drawn_volunteers.volunteers[0]
            else world.rng.pick_weighted(PRESET_WEIGHTS)
        )
        availability.windows += [
            AvailabilityWindow(volunteer=volunteer, weekday=window.weekday, starts=window.starts, ends=window.ends)
            for window in _draw_week(world.rng, presets)
        ]
        if volunteer is drawn_volunteers.volunteers[0]:
            first_day = world.today + timedelta(days=FIRST_TIME_OFF_DAYS_AHEAD)
            availability.time_off.append(TimeOff(volunteer=volunteer, starts_on=first_day, ends_on=first_day + WEEK))
        elif world.rng.happens(TIME_OFF_SHARE):
            first_day = world.today + timedelta(days=world.rng.randint(-5, 80))
            last_day = first_day + timedelta(days=world.rng.randint(3, 20))
            availability.time_off.append(TimeOff(volunteer=volunteer, starts_on=first_day, ends_on=last_day))
    return availability


def _draw_week(rng: SeededRandom, presets: Iterable[str]) -> Iterable[Window]:
    for preset in presets:
        yield from WINDOW_PRESETS[preset] if preset in WINDOW_PRESETS else _draw_own_hours(rng)


def _draw_own_hours(rng: SeededRandom) -> Iterable[Window]:
    for weekday in sorted(rng.sample(range(7), rng.randint(2, 5))):
        start_hour = rng.choice((7, 12, 17, 18, 19, 20) if weekday < 5 else (8, 10, 13, 15))
        starts = time(start_hour, rng.choice((0, 0, 30)))
        # From 20:00 four hours reach midnight, which counts as the next day's first moment.
        yield Window(weekday, starts, starts.replace(hour=(start_hour + rng.randint(2, 4)) % 24))
