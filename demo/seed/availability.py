"""When volunteers are free: the presets of the sign-up or hours of their own, and days away."""

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


@dataclass
class DrawnAvailability:
    """Weekly windows and days away of all volunteers."""

    windows: list[AvailabilityWindow] = field(default_factory=list)
    time_off: list[TimeOff] = field(default_factory=list)


def draw_availability(world: World, people: DrawnVolunteers) -> DrawnAvailability:
    """A week for everybody; the first volunteer, as whom a visitor signs in, has time whenever there is a preset."""
    drawn = DrawnAvailability()
    for volunteer in people.volunteers:
        chosen = tuple(WINDOW_PRESETS) if volunteer is people.volunteers[0] else world.rng.pick_weighted(PRESET_WEIGHTS)
        drawn.windows += [
            AvailabilityWindow(volunteer=volunteer, weekday=window.weekday, starts=window.starts, ends=window.ends)
            for window in _draw_week(world.rng, chosen)
        ]
        if volunteer is not people.volunteers[0] and world.rng.happens(TIME_OFF_SHARE):
            first = world.today + timedelta(days=world.rng.randint(-5, 80))
            last = first + timedelta(days=world.rng.randint(3, 20))
            drawn.time_off.append(TimeOff(volunteer=volunteer, starts_on=first, ends_on=last))
    return drawn


def _draw_week(chance: SeededRandom, chosen: Iterable[str]) -> Iterable[Window]:
    for name in chosen:
        yield from WINDOW_PRESETS[name] if name in WINDOW_PRESETS else _draw_own_hours(chance)


def _draw_own_hours(chance: SeededRandom) -> Iterable[Window]:
    for weekday in sorted(chance.sample(range(7), chance.randint(2, 5))):
        begins = chance.choice((7, 12, 17, 18, 19, 20) if weekday < 5 else (8, 10, 13, 15))
        starts = time(begins, chance.choice((0, 0, 30)))
        # From 20:00 four hours reach midnight, which counts as the next day's first moment.
        yield Window(weekday, starts, starts.replace(hour=(begins + chance.randint(2, 4)) % 24))
