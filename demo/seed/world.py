"""What every row is drawn from: chance, the day, and the reference rows that the installation begins with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from campaigns.models import Playbook
from core.models import Jurisdiction, Party, Skill
from demo.seed.seeded_random import SeededRandom

DEMO_SOURCE = "demo"
# Parties are invented, so that the demo takes nobody's side.
PARTY_NAMES = {
    "harbor": "Harbor Party",
    "prairie": "Prairie Party",
    "lantern": "Lantern Party",
    "commons": "Commons Party",
}


@dataclass(frozen=True)
class WorldSize:
    """How much of it there is to be."""

    volunteers: int = 4500
    campaigns: int = 120
    requests: int = 300


@dataclass(frozen=True)
class World:
    """Chance, the day that counts as today, and the rows that are there before the demo; skills and places by code."""

    rng: SeededRandom
    today: date
    skills: Mapping[str, Skill]
    jurisdictions: Mapping[str, Jurisdiction]
    parties: Sequence[Party]
    playbooks: Sequence[Playbook]

    def days_ago(self, days: int) -> datetime:
        """A moment in office hours so many days ago, 1 or more: it has passed whatever the hour is now."""
        clock = time(self.rng.randrange(14, 22), self.rng.randrange(60), tzinfo=UTC)
        return datetime.combine(self.today - timedelta(days=days), clock)


def load_world(*, seed: int, today: date) -> World:
    """The world as the database has it now; adds the demo's parties where they are missing."""
    books = Playbook.objects.filter(retired=False).order_by("code")
    return World(
        rng=SeededRandom(seed),
        today=today,
        skills={skill.code: skill for skill in Skill.objects.filter(retired=False)},
        jurisdictions={place.code: place for place in Jurisdiction.objects.all()},
        parties=[
            Party.objects.get_or_create(code=code, defaults={"name": name})[0] for code, name in PARTY_NAMES.items()
        ],
        playbooks=list(books.prefetch_related("roles__skill", "roles__nice_to_have_skills")),
    )
