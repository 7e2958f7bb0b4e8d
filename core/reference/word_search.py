"""What a word that a person typed leads to: one skill, several, or none and the closest ones."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from core.models import Skill
from core.reference.queries import list_active_skills, rank_skills
from core.text_folding import fold_text

MAX_HITS_SHOWN = 6
MAX_CLOSEST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class WordSearch:
    """The skills to which a word leads. `sure` is the one that is meant, if there is no doubt.

    `hits` are those that match, the best first. Without any `closest` are those whose names look most like the word.
    """

    sure: Skill | None
    hits: tuple[Skill, ...] = ()
    closest: tuple[Skill, ...] = ()


def search_word(word: str) -> WordSearch:
    """Return the skills to which a word leads."""
    skills = {skill.pk: skill for skill in list_active_skills()}
    found = [skills[pk] for pk in rank_skills(word) if pk in skills]
    folded = fold_text(" ".join(word.split()))
    exact = [skill for skill in found if folded in _fold_names(skill)]
    if len(exact) == 1 or len(found) == 1:
        return WordSearch(sure=[*exact, *found][0], hits=tuple(found[:MAX_HITS_SHOWN]))
    if found:
        return WordSearch(sure=None, hits=tuple(found[:MAX_HITS_SHOWN]))
    by_likeness = sorted(skills.values(), key=lambda skill: (-_measure_likeness(folded, skill), skill.name))
    return WordSearch(sure=None, closest=tuple(by_likeness[:MAX_CLOSEST_SHOWN]))


def list_skills_by_codes(codes: list[str]) -> dict[str, Skill]:
    """Return the active skills with these codes, each with its parent and its aliases."""
    return {skill.code: skill for skill in list_active_skills().filter(code__in=codes)}


def _fold_names(skill: Skill) -> set[str]:
    aliases: list[str] = skill.alias_texts  # type: ignore[attr-defined]
    return {fold_text(text) for text in (skill.name, skill.code, *aliases)}


def _measure_likeness(folded: str, skill: Skill) -> float:
    return max(SequenceMatcher(None, folded, name).ratio() for name in _fold_names(skill))
