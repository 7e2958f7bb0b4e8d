"""One skill and the words that lead to it."""

from __future__ import annotations

from typing import NamedTuple


class SkillAliasesEntry(NamedTuple):
    """The aliases of the skill with this code, with commas between them; only `examples` are shown beside it.

    `plain` is what people type who do not know the words of the trade: “calling voters”, “take photos”. A plain word
    leads to one skill.
    """

    skill: str
    examples: str
    words: str = ""
    spanish: str = ""
    plain: str = ""
