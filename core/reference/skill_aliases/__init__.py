"""The skill aliases that Handraiser ships: what people type when they look for a skill, in English and in Spanish.

They are names of well-known tools and everyday words. An alias may point to several skills. The examples stand beside
the skill on forms.

Each branch of skills has a module.
"""

from core.reference.skill_aliases import (
    content,
    data,
    design,
    digital,
    engineering,
    field_tech,
    media,
    operations,
    product,
    security,
)
from core.reference.skill_aliases.entry import SkillAliasesEntry

__all__ = ["SKILL_ALIASES", "SkillAliasesEntry"]

_BRANCHES = (design, engineering, data, security, product, content, digital, media, operations, field_tech)

SKILL_ALIASES: tuple[SkillAliasesEntry, ...] = tuple(entry for branch in _BRANCHES for entry in branch.ALIASES)
