"""The rows that every app builds on: users, skills, places, parties and notices."""

from core.models.base import Imported, Named, Versioned
from core.models.idempotency import IdempotencyKey
from core.models.look import Look
from core.models.notice import Mute, Notice
from core.models.place import Jurisdiction, Party
from core.models.reference import ShippedEntry
from core.models.skill import Skill
from core.models.token import PersonalToken
from core.models.user import User

__all__ = [
    "IdempotencyKey",
    "Imported",
    "Jurisdiction",
    "Look",
    "Mute",
    "Named",
    "Notice",
    "Party",
    "PersonalToken",
    "ShippedEntry",
    "Skill",
    "User",
    "Versioned",
]
