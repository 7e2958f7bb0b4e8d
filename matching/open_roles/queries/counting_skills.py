"""Which of a person's skills counts for what a role asks: a claim counts for all that is above it in the tree."""

from collections.abc import Collection

from core.models import Skill
from core.reference.queries import map_skill_ancestors


def find_counting_skills(claimed: Collection[str]) -> dict[str, Skill]:
    """Return for each skill for which one of these claims counts that claim, all by code; the nearest one counts."""
    if not claimed:
        return {}
    skills = Skill.objects.in_bulk()
    steps: dict[str, tuple[int, str]] = {}
    by_code = {skill.code: skill for skill in skills.values()}
    ancestors = map_skill_ancestors()
    for code in sorted(by_code.keys() & set(claimed)):
        for step, ancestor in enumerate(ancestors.get(by_code[code].pk, ())):
            above = skills[ancestor].code
            steps[above] = min(steps.get(above, (step, code)), (step, code))
    return {above: by_code[code] for above, (_step, code) in steps.items()}
