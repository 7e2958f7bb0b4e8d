"""How well a skill answers a search. Pure: no rows; all texts are folded."""

from dataclasses import dataclass
from enum import IntEnum

SHORT_WORD_LENGTH = 2  # a word as short as "R" or "Go" stands inside of too many others


class MatchRank(IntEnum):
    """How a skill matches, the best first."""

    WHOLE_NAME = 0
    START_OF_NAME = 1
    WORDS_OF_NAME = 2
    ANYWHERE_IN_NAMES = 3
    DESCRIPTION = 4


@dataclass(frozen=True, slots=True)
class SkillWords:
    """The folded words of a skill: its name, code and aliases, and its description."""

    names: tuple[str, ...]
    description: str


def rank_skill(query: str, words: SkillWords) -> MatchRank | None:
    """Return how a skill matches the folded `query`; None unless each word of it stands in the skill."""
    if not query:
        return None
    if query in words.names:
        return MatchRank.WHOLE_NAME
    if any(name.startswith(query) for name in words.names):
        return MatchRank.START_OF_NAME
    query_words = query.split()
    if any(all(_begins_word(word, name) for word in query_words) for name in words.names):
        return MatchRank.WORDS_OF_NAME
    all_names = " ".join(words.names)
    if all(_stands_in(word, all_names) for word in query_words):
        return MatchRank.ANYWHERE_IN_NAMES
    if all(_stands_in(word, f"{all_names} {words.description}") for word in query_words):
        return MatchRank.DESCRIPTION
    return None


def _begins_word(word: str, text: str) -> bool:
    return f" {text}".find(f" {word}") >= 0


def _stands_in(word: str, text: str) -> bool:
    return _begins_word(word, text) if len(word) <= SHORT_WORD_LENGTH else word in text
