"""Read the taxonomy of skills."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, Prefetch, QuerySet, Value

from core.models import Skill, SkillAlias
from core.reference.skill_search import SkillWords, rank_skill
from core.reference.vocabulary import Row
from core.text_folding import fold_text


def list_active_skills() -> QuerySet[Skill]:
    """Return the skills that volunteers can claim and roles can ask for, each with its parent and its aliases."""
    aliases = Prefetch("aliases", SkillAlias.objects.order_by("text", "pk"))
    return Skill.objects.filter(retired=False).select_related("parent").prefetch_related(aliases)


def read_skill_rows() -> list[Row]:
    """Return the active skills by name, as the vocabulary has them."""
    return [
        {
            "code": skill.code,
            "name": skill.name,
            "parent": skill.parent.code if skill.parent else None,
            "description": skill.description,
            "examples": list_examples(skill.aliases.all()),
            "aliases": [alias.text for alias in skill.aliases.all()],
        }
        for skill in list_active_skills()
    ]


def list_examples(aliases: Iterable[SkillAlias]) -> list[str]:
    """Return the texts of those aliases that stand beside the skill on forms."""
    return [alias.text for alias in aliases if alias.is_example]


def search_skills(text: str, skills: QuerySet[Skill]) -> QuerySet[Skill]:
    """Return the skills that hold every word of `text`, the best match first; case and accents make no difference.

    The branches above them and all skills below follow, so that the result is still a tree.
    """
    found = rank_skills(text)
    ancestors_by_skill = map_skill_ancestors()
    above = {ancestor for skill in found for ancestor in ancestors_by_skill[skill]}
    below = {skill for skill, ancestors in ancestors_by_skill.items() if set(found).intersection(ancestors)}
    ordered = [*found, *sorted((above | below) - set(found))]
    position = Func(
        Value(ordered, output_field=ArrayField(BigIntegerField())),
        F("pk"),
        function="array_position",
        output_field=IntegerField(),
    )
    return skills.filter(pk__in=ordered).order_by(position)


def rank_skills(text: str) -> list[int]:
    """Return the ids of the active skills that match `text`, the best match first."""
    query = fold_text(text)
    ranks = {
        skill.pk: (rank, skill.name)
        for skill in list_active_skills()
        if (rank := rank_skill(query, _fold_skill(skill))) is not None
    }
    return sorted(ranks, key=lambda skill: ranks[skill])


def _fold_skill(skill: Skill) -> SkillWords:
    # The database cannot fold accents without an extension, and there are fewer than a hundred skills.
    return SkillWords(
        names=(fold_text(skill.name), fold_text(skill.code), *(alias.folded for alias in skill.aliases.all())),
        description=fold_text(skill.description),
    )


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
