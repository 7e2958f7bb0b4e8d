"""Fold text for comparison: case, accents, punctuation and extra spaces make no difference."""

import re
import unicodedata

# Other punctuation parts words. These three belong to names such as C++, C# and Node.js.
_SIGNS_IN_WORDS = "+#."
_LONE_MARKS = re.compile(r"(?<!\S)[+#.]+(?!\S)|(?<=\w)\.+(?!\S)")


def fold_text(text: str) -> str:
    """Return the text as comparisons take it: “Diseño   Gráfico” becomes “diseno grafico”; empty if no word is left."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    characters = [character for character in decomposed if not _is_left_out(character)]
    words = "".join(character if _is_in_word(character) else " " for character in characters)
    return " ".join(_LONE_MARKS.sub(" ", words).split())


def fold_name(name: str) -> str:
    """Return what two spellings of one name share; a name without a word, such as “!?”, is its own spelling."""
    return fold_text(name) or name


def _is_left_out(character: str) -> bool:
    # Accents, and characters that only join letters.
    return unicodedata.combining(character) != 0 or unicodedata.category(character) == "Cf"


def _is_in_word(character: str) -> bool:
    # A mark that is no accent is a vowel of its letter, as in Hindi and Tamil.
    is_vowel = unicodedata.category(character).startswith("M")
    return character.isalnum() or is_vowel or character in _SIGNS_IN_WORDS
