"""The levels of a skill in words, which are those of the vocabulary."""

from django.utils.functional import Promise

from core.enums import SkillLevel

LEVEL_WORDS: dict[int, str | Promise] = dict(SkillLevel.choices)
