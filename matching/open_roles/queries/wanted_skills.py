"""Which skills the open roles of the board ask for."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from core.models import Skill
from core.reference.queries import list_active_skills, map_skill_ancestors
from matching.open_roles.queries.board import read_board


@dataclass(frozen=True, slots=True)
class WantedSkills:
    """How many open roles of the board ask for each skill, by the skill's id."""

    role_counts: Counter[int]

    def list_most_wanted(self, *, limit: int) -> list[Skill]:
        """Return the skills that most roles ask for, the most wanted first."""
        skills = list_active_skills().filter(pk__in=self.role_counts)
        return sorted(skills, key=lambda skill: (-self.role_counts[skill.pk], skill.shown_name))[:limit]

    def count_roles_that_ask(self, skills: Collection[Skill]) -> int:
        """Return how many roles ask for one of these skills, or for a branch above it."""
        ancestors = map_skill_ancestors()
        claimed = {ancestor for skill in skills for ancestor in ancestors.get(skill.pk, ())}
        return sum(count for skill, count in self.role_counts.items() if skill in claimed)


def read_wanted_skills(*, at: datetime) -> WantedSkills:
    """Return which skills the board asks for now."""
    return WantedSkills(Counter(read_board(at=at).columns.roles["skill"].tolist()))
