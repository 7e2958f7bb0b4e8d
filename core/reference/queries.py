"""Read the taxonomy of skills."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, Q, QuerySet, TextField, Value

from core.models import Jurisdiction, Skill
from core.reference.skill_search import rank_words
from core.reference.skill_words import Query, SkillWords
from core.reference.vocabulary import Row, sort_by_name
from core.reference_texts import ReferenceKind, translate_reference, translate_references
from core.text_folding import fold_text


def list_active_skills() -> QuerySet[Skill]:
    """Return the skills that volunteers can claim and roles can ask for, each with its parent and its aliases.

    The annotations `alias_texts` and `example_texts` hold the texts of the aliases, in order.
    """
    return (
        Skill.objects.filter(retired=False)
        .select_related("parent")
        .annotate(
            alias_texts=_collect_aliases("text"), example_texts=_collect_aliases("text", aliases__is_example=True)
        )
    )


def _collect_aliases(column: str, **conditions: bool) -> ArrayAgg:
    # Collected by the database: hundreds of rows as objects would cost more than everything else.
    return ArrayAgg(
        f"aliases__{column}",
        filter=Q(aliases__isnull=False, **conditions),
        order_by=("aliases__text", "aliases__pk"),
        default=Value([], output_field=ArrayField(TextField())),
    )


def read_skill_rows() -> list[Row]:
    """Return the active skills by name, as the vocabulary has them."""
    columns = ("code", "name", "parent__code", "description", "example_texts", "alias_texts")
    keys = ("code", "name", "parent", "description", "examples", "aliases")
    rows = [dict(zip(keys, row, strict=True)) for row in list_active_skills().values_list(*columns)]
    for row in rows:
        row["name"], row["description"] = translate_references((row["name"], row["description"]), ReferenceKind.SKILL)
    return sort_by_name(rows)


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
    """Return the ids of the active skills that match `text`, the best match first; a last word may be unfinished."""
    return list(rank_words(Query(fold_text(text)), read_skill_words()))


def read_skill_words() -> dict[int, SkillWords]:
    """Return the folded words of the active skills by their ids, in the order of their names."""
    skills = Skill.objects.filter(retired=False).annotate(folded_aliases=_collect_aliases("folded"))
    # The database cannot fold accents without an extension, and there are fewer than a hundred skills.
    rows = skills.values_list("pk", "name", "code", "description", "folded_aliases")
    return {
        pk: SkillWords((*_fold_texts(name), fold_text(code), *aliases), " ".join(_fold_texts(description)))
        for pk, name, code, description, aliases in sorted(rows, key=lambda row: row[1])
    }


def _fold_texts(text: str) -> dict[str, None]:
    """Return a text of a skill, folded, as it is stored and as the active language has it."""
    return dict.fromkeys((fold_text(text), fold_text(translate_reference(text, ReferenceKind.SKILL))))


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


def list_jurisdiction_choices() -> list[tuple[str, str]]:
    """Return code and name of the jurisdictions, by their names in the active language."""
    rows = Jurisdiction.objects.values_list("code", "name")
    choices = [(code, translate_reference(name, ReferenceKind.JURISDICTION)) for code, name in rows]
    return sorted(choices, key=lambda choice: fold_text(choice[1]))
