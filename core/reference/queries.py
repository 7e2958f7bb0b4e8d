"""Read reference data."""

from django.db.models import Q, QuerySet

from core.models import Skill


def list_active_skills() -> QuerySet[Skill]:
    """Return the skills that volunteers can claim and roles can ask for, each with its parent."""
    return Skill.objects.filter(retired=False).select_related("parent")


def search_skills(text: str, skills: QuerySet[Skill]) -> QuerySet[Skill]:
    """Return the skills that hold every word of `text`, with the branches above and all skills below: still a tree."""
    matches = Skill.objects.filter(retired=False)
    for word in text.split():
        matches = matches.filter(Q(name__icontains=word) | Q(code__icontains=word) | Q(description__icontains=word))
    match_ids = set(matches.values_list("pk", flat=True))
    ancestors_by_skill = map_skill_ancestors()
    above = {ancestor for skill in match_ids for ancestor in ancestors_by_skill[skill]}
    below = {skill for skill, ancestors in ancestors_by_skill.items() if match_ids.intersection(ancestors)}
    return skills.filter(pk__in=above | below)


def map_skill_ancestors() -> dict[int, tuple[int, ...]]:
    """Return, for the id of every skill, its own id and those of its ancestors, the nearest first."""
    parents = dict(Skill.objects.values_list("id", "parent_id"))
    ancestors_by_skill: dict[int, tuple[int, ...]] = {}
    for skill in parents:
        ancestors: list[int] = []
        ancestor: int | None = skill
        # A circle of parents, which a reviewer could make in the admin, must not hang the request.
        while ancestor is not None and ancestor not in ancestors:
            ancestors.append(ancestor)
            ancestor = parents[ancestor]
        ancestors_by_skill[skill] = tuple(ancestors)
    return ancestors_by_skill
