"""English words that stand in no Spanish text, and what of a text is to be read for them."""

import re
from collections.abc import Iterable

_ENGLISH_WORDS = """
an about after again and answer any are ask at been before but by call campaign campaigns can change choose
could day days did does each every for from gets give go had hand have hello help her here hour hours how if
into is it its know last later letter letters look more most much need next nobody none not nothing now of off
only open or our out page people person place please project read say see seen send sent she should show
sign skill skills some somebody start still stop take tell than thank that the their them then there these they
thing things this those time to today tomorrow until up volunteer volunteers want was way we week weeks well
were what when where which while who whom why will with work would write yes yet you your
"""
ENGLISH_WORDS = frozenset(_ENGLISH_WORDS.split())
"""Those that are no Spanish words, too, and no names of ours."""

ADDRESS = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+")
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


def find_english_words(text: str) -> set[str]:
    """Return the English words of a text."""
    return {word.lower() for word in WORD.findall(text)} & ENGLISH_WORDS


def find_english(texts: Iterable[str], data: "re.Pattern[str]") -> list[str]:
    """Return the texts that have an English word outside of what is stored as data."""
    return [" ".join(text.split()) for text in texts if find_english_words(data.sub(" ", ADDRESS.sub(" ", text)))]
