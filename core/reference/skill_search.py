"""How well a skill answers a search. Pure: no rows; all texts are folded."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum

from core.reference.one_slip import is_one_slip_away
from core.reference.query_words import FILLER_BEFORE, TITLE_WORDS, stem_word
from core.reference.skill_words import Query, SkillWords
from core.text_folding import fold_text

SHORT_WORD_LENGTH = 4  # a word as short as "Go" or "sing" stands inside of too many others
MIN_BEGINNING_LENGTH = 4  # of a word that was typed to its end, and half of the word: "car" is no "cartography"
MIN_HELD_NAME_LENGTH = 4  # “R” and “X” stand in sentences about something else
MIN_HELD_WORDS = 2  # one word of a sentence is a guess
MIN_LIKENESS = 0.9  # one letter too many of five, one wrong of ten: “hiking” is no “hiring”

_DOUBLED = re.compile(r"(.)\1")


class MatchRank(IntEnum):
    """How a skill matches, the best first."""

    WHOLE_NAME = 0
    SAME_WORDS = 1
    START_OF_NAME = 2
    WORDS_OF_NAME = 3
    ANYWHERE_IN_NAMES = 4
    DESCRIPTION = 5


@dataclass(frozen=True)
class FoundSkills:
    """The ids of the skills to which a text leads: the one that is meant, all that match, or else the closest."""

    sure: int | None
    hits: tuple[int, ...] = ()
    closest: tuple[int, ...] = ()


def rank_skill(query: Query, words: SkillWords) -> MatchRank | None:
    """Return how a skill matches the query; None unless each word of it that counts stands in the skill.

    Forms of an English word are one word: “phoning” is “phones”.
    """
    if not query.text:
        return None
    if query.text in words.names:
        return MatchRank.WHOLE_NAME
    if any(stems in query.stems for stems in words.name_stems):
        return MatchRank.SAME_WORDS
    if query.is_finished and query.is_filler:
        return None
    if any(name.startswith(f"{query.text} " if query.is_finished else query.text) for name in words.names):
        return MatchRank.START_OF_NAME
    if any(all(_begins_word(word, name, query) for word in query.words) for name in words.names):
        return MatchRank.WORDS_OF_NAME
    all_names = " ".join(words.names)
    in_names = [_stands_in(word, all_names, query) for word in query.words]
    if all(in_names):
        return MatchRank.ANYWHERE_IN_NAMES
    # A sentence says more than the skill: “drives” of donors are nothing for who can drive.
    if (any(in_names) or not query.is_finished) and all(
        is_found or _stands_in(word, words.description, query)
        for word, is_found in zip(query.words, in_names, strict=True)
    ):
        return MatchRank.DESCRIPTION
    return None


def rank_words(query: Query, words_by_skill: Mapping[int, SkillWords]) -> dict[int, MatchRank]:
    """Return how skills match a query, by their ids, the best match first."""
    ranks = {pk: rank_skill(query, words) for pk, words in words_by_skill.items()}
    found = {pk: rank for pk, rank in ranks.items() if rank is not None}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def find_word(text: str, words_by_skill: Mapping[int, SkillWords]) -> FoundSkills:
    """Return what a text leads to that was typed to its end."""
    query = Query(fold_text(text), is_finished=True)
    for asked in filter(None, (query, _leave_title_out(query))):
        ranks = rank_words(asked, words_by_skill)
        if ranks:
            return FoundSkills(_find_sure(asked, ranks), tuple(ranks))
    held = _sort_by({pk: count_held_words(query, words) for pk, words in words_by_skill.items()})
    named = tuple(pk for pk, count in held.items() if count >= MIN_HELD_WORDS)
    if named:
        is_one = len(named) == 1 or held[named[0]] > held[named[1]]
        return FoundSkills(named[0] if is_one else None, named)
    alike = _sort_by({pk: measure_likeness(query, words) for pk, words in words_by_skill.items()})
    mended = mend_slips(query, words_by_skill)
    meant = rank_words(mended, words_by_skill) if mended else {}
    return FoundSkills(None, closest=tuple(dict.fromkeys((*meant, *alike, *held))))


def _leave_title_out(query: Query) -> Query | None:
    """Return the query without the words of a job's title; None if it holds none of them, or nothing else."""
    words = [word for word in query.words if word not in TITLE_WORDS]
    return Query(" ".join(words), is_finished=True) if words and len(words) < len(query.words) else None


def mend_slips(query: Query, words_by_skill: Mapping[int, SkillWords]) -> Query | None:
    """Return the query with each word that no name has in the spelling of one that is a slip away.

    None if there is no slip to mend, or a word is like no other.
    """
    known = {word for words in words_by_skill.values() for name in words.names for word in name.split()}
    stems = {stem_word(word) for word in known}
    said = [word for word in query.words if word not in TITLE_WORDS] or query.words
    mended = [word if stem_word(word) in stems else _find_near(word, known) for word in said]
    return Query(" ".join(mended), is_finished=True) if all(mended) and mended != list(said) else None


def _find_near(word: str, known: Collection[str]) -> str:
    """Return the known word that is one slip away, the first by the alphabet; empty without one."""
    return min((other for other in known if is_one_slip_away(word, other)), default="")


def _find_sure(query: Query, ranks: dict[int, MatchRank]) -> int | None:
    """Return the one skill whose name is meant: as it was typed, else in another form, else the only hit.

    One word that is only a part of a name is a guess: “house” stands in “house parties”.
    """
    for rank in (MatchRank.WHOLE_NAME, MatchRank.SAME_WORDS):
        named = [pk for pk, other in ranks.items() if other == rank]
        if named:
            return named[0] if len(named) == 1 else None
    return next(iter(ranks)) if len(ranks) == 1 and len(query.words) > 1 else None


def _sort_by(values: dict[int, float]) -> dict[int, float]:
    return dict(sorted(((pk, value) for pk, value in values.items() if value), key=lambda item: -item[1]))


def count_held_words(query: Query, words: SkillWords) -> int:
    """Return how many words of the query stand in names that are whole in it; 0 for less than half of its words.

    So “make videos for the web” holds “make videos”. “Drive people to the polls” is not about “polls”.
    """
    said = query.stems[1]
    held = {
        stem
        for name, stems in zip(words.names, words.name_stems, strict=True)
        if stems <= said and len(name) >= MIN_HELD_NAME_LENGTH and name not in FILLER_BEFORE
        for stem in stems
    }
    return len(held) if 2 * len(held) >= len(query.stems[0]) else 0


def measure_likeness(query: Query, words: SkillWords) -> float:
    """Return how much a name looks like the query, up to 1; 0 when more than a slip parts them."""
    typed = {query.text, " ".join(query.words)}
    likeness = max(_measure_likeness(text, name) for text in typed for name in words.names)
    return likeness if likeness >= MIN_LIKENESS else 0


def _measure_likeness(text: str, name: str) -> float:
    # A slip doubles a letter, or changes, adds or loses one that is not the first: “logging” is no “blogging”.
    if text[:1] != name[:1]:
        return 0
    single, single_name = (_DOUBLED.sub(r"\1", each) for each in (text, name))
    is_near = abs(len(single) - len(single_name)) <= 1
    return SequenceMatcher(None, single, single_name).ratio() if is_near else 0


def _begins_word(word: str, text: str, query: Query) -> bool:
    if stem_word(word) in map(stem_word, text.split()):
        return True
    if not query.is_finished:
        return f" {word}" in f" {text}"
    if len(word) < MIN_BEGINNING_LENGTH:
        return False
    return any(other.startswith(word) and 2 * len(word) >= len(other) for other in text.split())


def _stands_in(word: str, text: str, query: Query) -> bool:
    if query.is_finished or len(word) <= SHORT_WORD_LENGTH:
        return _begins_word(word, text, query)
    return word in text or _begins_word(word, text, query)
