"""What a word that a person typed leads to: one skill, several, or none and the closest ones."""

from collections.abc import Collection
from dataclasses import dataclass

from core.models import Skill
from core.reference.queries import list_active_skills, read_skill_words
from core.reference.skill_search import find_word
from core.text_folding import fold_text

MAX_HITS_SHOWN = 6
MAX_CLOSEST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class WordSearch:
    """The skills to which a word leads. `sure` is the one that is meant, if there is no doubt.

    `hits` are those that match, the best first. Without any `closest` are those of which a name stands in what was
    typed, or is one slip away. Often there are none: a skill that is nothing like the word helps nobody.
    """

    sure: Skill | None
    hits: tuple[Skill, ...] = ()
    closest: tuple[Skill, ...] = ()


def search_word(word: str) -> WordSearch:
    """Return the skills to which a word leads that was typed to its end."""
    words_by_skill = read_skill_words()
    skills = {skill.pk: skill for skill in list_active_skills()}
    found = find_word(word, {pk: words for pk, words in words_by_skill.items() if pk in skills})
    return WordSearch(
        sure=None if found.sure is None else skills[found.sure],
        hits=tuple(skills[pk] for pk in found.hits[:MAX_HITS_SHOWN]),
        closest=tuple(skills[pk] for pk in found.closest[:MAX_CLOSEST_SHOWN]),
    )


def is_known_word(word: str) -> bool:
    """Return whether a word that was typed to its end leads to a skill."""
    return bool(find_word(word, read_skill_words()).hits)


def list_fields(*, without: Collection[str] = ()) -> list[tuple[Skill, list[Skill]]]:
    """Return each branch with the active skills below it, by name, but those with the codes `without`."""
    skills = sorted(list_active_skills(), key=lambda skill: fold_text(skill.shown_name))
    below: dict[int | None, list[Skill]] = {}
    for skill in skills:
        if skill.code not in without:
            below.setdefault(skill.parent_id, []).append(skill)
    return [(branch, below[branch.pk]) for branch in skills if branch.parent_id is None and branch.pk in below]


def list_skills_by_codes(codes: list[str]) -> dict[str, Skill]:
    """Return the active skills with these codes, each with its parent and its aliases."""
    return {skill.code: skill for skill in list_active_skills().filter(code__in=codes)}
