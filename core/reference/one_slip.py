"""Whether two words are one slip of the keyboard apart. Pure; both are folded."""

MIN_LENGTH = 4
MIN_LENGTH_WITH_OTHER_LETTER = 8  # “welding” is no “wedding”


def is_one_slip_away(typed: str, word: str) -> bool:
    """Return whether a letter is missing, too many, wrong or has changed its place; the first letter must be right."""
    if typed == word or typed[:1] != word[:1] or min(len(typed), len(word)) < MIN_LENGTH:
        return False
    same = _count_same_letters(typed, word)
    if len(typed) == len(word):
        rest, other_rest = typed[same + 1 :], word[same + 1 :]
        if rest == other_rest:
            return len(word) >= MIN_LENGTH_WITH_OTHER_LETTER
        return typed[same : same + 2] == word[same : same + 2][::-1] and rest[1:] == other_rest[1:]
    shorter, longer = sorted((typed, word), key=len)
    return len(longer) == len(shorter) + 1 and longer[same + 1 :] == shorter[same:]


def _count_same_letters(one: str, other: str) -> int:
    return next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1),
        min(len(one), len(other)),
    )
