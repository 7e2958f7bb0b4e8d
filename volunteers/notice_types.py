"""The types of notices about volunteers, as `core.Notice` stores them."""

from enum import StrEnum


class VolunteerNotice(StrEnum):
    """What happened to a volunteer's profile, or what we ask about it."""

    INVITATION = "invitation"
    CLAIM_CODE = "claim-code"
    HAND_RAISED = "hand-raised"
    HAND_ANSWERS_OVERDUE = "hand-answers-overdue"
    LEVEL_QUESTION = "level-question"
    AVAILABILITY_CHECK = "availability-check"
