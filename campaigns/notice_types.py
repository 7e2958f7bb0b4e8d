"""The types of notices about campaigns, as `core.Notice` stores them."""

from enum import StrEnum

ENDED_BY_MANAGER = "manager"
ENDED_BY_CANDIDATE = "candidate"
"""Who has ended an access, as the subjects of `ACCESS_ENDED` hold it."""


class CampaignNotice(StrEnum):
    """What happened to a campaign, its members or its contest.

    The same lateness is *delayed* in the notice to those who wait, and *overdue* in the one to reviewers.
    """

    VERIFICATION_REQUESTED = "verification-requested"
    VERIFICATION_STARTED = "verification-started"
    PLAN_PUBLISHED = "plan-published"
    VERIFICATION_OVERDUE = "verification-overdue"
    VERIFICATION_DELAYED = "verification-delayed"
    VERIFIED = "verified"
    CAMPAIGN_PAUSED = "campaign-paused"
    ELECTION_DAY_PASSED = "election-day-passed"
    ELECTION_DAY_CORRECTED = "election-day-corrected"
    CAMPAIGN_STOPPED = "campaign-stopped"
    STOP_RAISED = "stop-raised"
    STOP_OVERDUE = "stop-overdue"
    STOP_CLOSED = "stop-closed"
    STOP_CONFIRMED = "stop-confirmed"
    CANDIDATE_LINK = "candidate-link"
    MEMBER_INVITATION = "member-invitation"
    MEMBER_JOINED = "member-joined"
    MANAGER_ADDED = "manager-added"
    POSITION_CHANGED = "position-changed"
    ACCESS_ENDED = "access-ended"
    MANAGER_ACCESS_ENDED = "manager-access-ended"
    SAFE_PHONE_CHANGED = "safe-phone-changed"
    CONTEST_WITHOUT_REVIEWER = "contest-without-reviewer"
