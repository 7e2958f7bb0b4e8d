"""Read reference data."""

from django.db.models import Q, QuerySet

from core.models import Skill


def list_active_skills() -> QuerySet[Skill]:
    """Skills that somebody can claim or ask for today, each with its parent."""
    return Skill.objects.filter(retired=False).select_related("parent")


def search_skills(text: str, skills: QuerySet[Skill]) -> QuerySet[Skill]:
    """Those of these skills in which every word is found, with the branches above and all that is below them.

    So what is found still is a tree.
    """
    found = Skill.objects.filter(retired=False)
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(code__icontains=word) | Q(description__icontains=word))
    direct = set(found.values_list("pk", flat=True))
    lines = map_skill_ancestors()
    above = {each for one in direct for each in lines[one]}
    below = {one for one, line in lines.items() if direct.intersection(line)}
    return skills.filter(pk__in=above | below)


def map_skill_ancestors() -> dict[int, tuple[int, ...]]:
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
