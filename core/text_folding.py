"""Fold text for comparison: case, accents, punctuation and extra spaces make no difference."""

import re
import unicodedata

# Other punctuation parts words. These three belong to names such as C++, C# and Node.js.
_NOT_IN_WORDS = re.compile(r"[^\w+#.]|_")
_LONE_MARKS = re.compile(r"(?<!\S)[+#.]+(?!\S)|(?<=\w)\.+(?!\S)")


def fold_text(text: str) -> str:
    """Return the text as comparisons take it: “Diseño   Gráfico” becomes “diseno grafico”; empty if no word is left."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = _LONE_MARKS.sub(" ", _NOT_IN_WORDS.sub(" ", letters))
    return " ".join(words.split())
