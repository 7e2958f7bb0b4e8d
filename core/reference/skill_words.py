"""The words of a skill, and those that a person looks for. All texts are folded."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from core.reference.query_words import FILLER, FILLER_BEFORE, MAX_STEMS_KEPT, list_words, stem_word, strip_filler


@dataclass(frozen=True)
class SkillWords:
    """The folded words of a skill: its name, code and aliases, and its description."""

    names: tuple[str, ...]
    description: str = ""

    @cached_property
    def name_stems(self) -> tuple[frozenset[str], ...]:
        """Return the stems of each name."""
        return tuple(list_stems(name) for name in self.names)


@dataclass(frozen=True)
class Query:
    """What a person looks for, folded. It is finished when no more letters follow: then beginnings count less."""

    text: str
    is_finished: bool = False

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the words that count: without “I can”, “help with” and the like."""
        return strip_filler(self.text)

    @property
    def is_filler(self) -> bool:
        """Return whether nothing but filler was typed, as in “I can help”."""
        return all(word in FILLER or word in FILLER_BEFORE for word in self.words)

    @cached_property
    def stems(self) -> tuple[frozenset[str], ...]:
        """Return the stems of the words that count, and those with the verb that may stand before: “make flyers”."""
        return frozenset(map(stem_word, self.words)), list_stems(self.text)


@lru_cache(maxsize=MAX_STEMS_KEPT)
def list_stems(text: str) -> frozenset[str]:
    """Return the stems of a text's words, without words such as “the”."""
    return frozenset(map(stem_word, list_words(text)))
