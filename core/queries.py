"""Reading core's rows."""

from django.db.models import QuerySet

from core.models import Skill


def offered_skills() -> QuerySet[Skill]:
    """Skills that somebody can claim or ask for today, each with its parent."""
    return Skill.objects.filter(retired=False).select_related("parent")


def skill_ancestors() -> dict[int, tuple[int, ...]]:
    """For every skill's id: its own and its ancestors' ids, nearest first."""
    parent = dict(Skill.objects.values_list("id", "parent_id"))
    lines: dict[int, tuple[int, ...]] = {}
    for skill in parent:
        line: list[int] = []
        above: int | None = skill
        while above is not None and above not in line:
            line.append(above)
            above = parent[above]
        lines[skill] = tuple(line)
    return lines
