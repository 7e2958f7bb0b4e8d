"""Volunteers, their skill claims, their availability and their vetting."""

from volunteers.models.availability import AvailabilityWindow, FreeTime, TimeOff
from volunteers.models.invitation import Invitation
from volunteers.models.skill_claim import LevelQuestion, SkillClaim
from volunteers.models.vetting import Vetting
from volunteers.models.volunteer import Volunteer

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
