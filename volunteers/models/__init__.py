"""People, their claims, their time and how far they are trusted."""

from volunteers.models.claim import LevelQuestion, SkillClaim
from volunteers.models.time import AvailabilityWindow, FreeTime, TimeOff
from volunteers.models.vetting import Vetting
from volunteers.models.volunteer import Invitation, Volunteer

__all__ = [
    "AvailabilityWindow",
    "FreeTime",
    "Invitation",
    "LevelQuestion",
    "SkillClaim",
    "TimeOff",
    "Vetting",
    "Volunteer",
]
