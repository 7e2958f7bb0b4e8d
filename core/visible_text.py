"""Characters that show nothing: a text of them alone looks empty, and some of them hide or turn what stands beside.

Only characters are judged here. Words that a text must not have are a rule of its app, such as `campaigns.draft_rules`.
"""

import re
import unicodedata

_UNSHOWABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
"""Control characters but tab and line ends, those that turn the direction of the text after them, tags, noncharacters.

A name with such a character could pass for another name, or hide what stands beside it. Characters that join or part
the letters of a word are not among them: some languages need them.
"""
_LINE_BREAKS = re.compile(r"[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
MAX_ONE_LINE_LENGTH = 200
"""Characters of a text that is one line. Longer ones may have several."""
MAX_MARKS_IN_A_ROW = 8  # accents, vowel signs and invisible characters after one letter: no language needs as many
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs that fonts draw as nothing: fillers of Korean, and an empty pattern of Braille."""
_RESERVED_AS_INVISIBLE = re.compile(r"[\u2065\ufff0-\ufff8\U000e0080-\U000e0fff]")
"""Code points without a character yet, which fonts draw as nothing. The others without one may be new letters."""
_VISIBLE_CATEGORIES = frozenset("LNPS")  # letters, numbers, punctuation, signs


def find_unshowable_character(text: str) -> str | None:
    """Return the first character of a text that cannot be shown, or None."""
    found = _UNSHOWABLE.search(text)
    return found[0] if found else None


def has_line_break(text: str) -> bool:
    """Return whether a text has a character that ends a line, or a tab."""
    return _LINE_BREAKS.search(text) is not None


def has_stacked_marks(text: str) -> bool:
    """Return whether a text has more than `MAX_MARKS_IN_A_ROW` marks on one letter, which cover the lines around it.

    An invisible character counts as a mark: beside it the next mark is still on the same letter.
    """
    if text.isascii():
        return False
    count = 0
    for character in text:
        count = 0 if _takes_place(character) else count + 1
        if count > MAX_MARKS_IN_A_ROW:
            return True
    return False


def _takes_place(character: str) -> bool:
    """Return whether the marks after a character are its own: it is no mark, and is drawn, or is white space."""
    category = unicodedata.category(character)
    if category.startswith("M") or category == "Cf" or character in _BLANK_LETTERS:
        return False
    return _RESERVED_AS_INVISIBLE.match(character) is None


def is_visible(character: str) -> bool:
    """Return whether a character shows something of its own. A mark shows something only beside a letter."""
    return unicodedata.category(character)[0] in _VISIBLE_CATEGORIES and character not in _BLANK_LETTERS


def looks_empty(text: str) -> bool:
    """Return whether a text has characters other than white space, and none of them is visible."""
    return bool(text.strip()) and not any(map(is_visible, text))
