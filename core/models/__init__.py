"""The tables that every app builds on: users, skills, jurisdictions, parties and notices."""

from core.models.base import ImportedModel, PublicIdModel, VersionedModel, build_day_bounds
from core.models.bounced_address import BouncedAddress
from core.models.contact_access import ContactAccess
from core.models.factor_recovery import FactorRecovery
from core.models.form_key import FormKey
from core.models.idempotency import IdempotencyKey
from core.models.jurisdiction import Jurisdiction
from core.models.notice import Mute, Notice
from core.models.party import Party
from core.models.personal_token import PersonalToken
from core.models.rate_counter import RateCounter
from core.models.reference import ShippedEntry
from core.models.removed_address import RemovedAddress
from core.models.secret_letter import SecretLetter
from core.models.skill import Skill, SkillAlias, UnknownSkillWord
from core.models.user import User

__all__ = [
    "BouncedAddress",
    "ContactAccess",
    "FactorRecovery",
    "FormKey",
    "IdempotencyKey",
    "ImportedModel",
    "Jurisdiction",
    "Mute",
    "Notice",
    "Party",
    "PersonalToken",
    "PublicIdModel",
    "RateCounter",
    "RemovedAddress",
    "SecretLetter",
    "ShippedEntry",
    "Skill",
    "SkillAlias",
    "UnknownSkillWord",
    "User",
    "VersionedModel",
    "build_day_bounds",
]
