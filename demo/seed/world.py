"""Inputs of every draw: the random numbers, the day, and the reference rows of the installation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from campaigns.models import Playbook
from core.models import Jurisdiction, Party, Skill
from demo.seed.seeded_random import SeededRandom

DEMO_SOURCE = "demo"
# Parties are invented, so that the demo takes no side.
PARTY_NAMES = {
    "harbor": "Harbor Party",
    "prairie": "Prairie Party",
    "lantern": "Lantern Party",
    "commons": "Commons Party",
}


@dataclass(frozen=True)
class WorldSize:
    """How many volunteers, campaigns and requests to draw."""

    volunteers: int = 4500
    campaigns: int = 120
    requests: int = 300


@dataclass(frozen=True)
class World:
    """Random numbers, the day that counts as today, and the reference rows; skills and jurisdictions by code."""

    rng: SeededRandom
    today: date
    skills: Mapping[str, Skill]
    jurisdictions: Mapping[str, Jurisdiction]
    parties: Sequence[Party]
    playbooks: Sequence[Playbook]

    def days_ago(self, days: int) -> datetime:
        """Return a moment in office hours `days` days ago, 1 or more, so that it is past at any hour."""
        clock = time(self.rng.randrange(14, 22), self.rng.randrange(60), tzinfo=UTC)
        return datetime.combine(self.today - timedelta(days=days), clock)


def load_world(*, seed: int, today: date) -> World:
    """Return the world as the database has it now; add the demo's parties where they are missing."""
    playbooks = Playbook.objects.filter(retired=False).order_by("code")
    return World(
        rng=SeededRandom(seed),
        today=today,
        skills={skill.code: skill for skill in Skill.objects.filter(retired=False)},
        jurisdictions={jurisdiction.code: jurisdiction for jurisdiction in Jurisdiction.objects.all()},
        parties=[
            Party.objects.get_or_create(code=code, defaults={"name": name})[0] for code, name in PARTY_NAMES.items()
        ],
        playbooks=list(playbooks.prefetch_related("roles__skill", "roles__nice_to_have_skills")),
    )
