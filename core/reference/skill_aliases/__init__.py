"""The skill aliases that Handraiser ships: what people type when they look for a skill, in English and in Spanish.

They are names of well-known tools and everyday words. An alias may point to several skills. The examples stand beside
the skill on forms.

Each branch of skills has a module.
"""

from core.reference.skill_aliases.content import CONTENT_ALIASES
from core.reference.skill_aliases.data import DATA_ALIASES
from core.reference.skill_aliases.design import DESIGN_ALIASES
from core.reference.skill_aliases.digital import DIGITAL_ALIASES
from core.reference.skill_aliases.engineering import ENGINEERING_ALIASES
from core.reference.skill_aliases.entry import SkillAliasesEntry
from core.reference.skill_aliases.field_tech import FIELD_TECH_ALIASES
from core.reference.skill_aliases.media import MEDIA_ALIASES
from core.reference.skill_aliases.operations import OPERATIONS_ALIASES
from core.reference.skill_aliases.product import PRODUCT_ALIASES
from core.reference.skill_aliases.security import SECURITY_ALIASES

__all__ = ["SKILL_ALIASES", "SkillAliasesEntry"]

SKILL_ALIASES: tuple[SkillAliasesEntry, ...] = (
    *DESIGN_ALIASES,
    *ENGINEERING_ALIASES,
    *DATA_ALIASES,
    *SECURITY_ALIASES,
    *PRODUCT_ALIASES,
    *CONTENT_ALIASES,
    *DIGITAL_ALIASES,
    *MEDIA_ALIASES,
    *OPERATIONS_ALIASES,
    *FIELD_TECH_ALIASES,
)
