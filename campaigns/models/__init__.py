"""Contests, candidates, their campaigns, and the requests of these."""

from campaigns.models.campaign import Campaign, Member
from campaigns.models.candidate_stop import CandidateStop, ReplacedCandidateLink
from campaigns.models.contest import Candidate, Contest
from campaigns.models.filing import Filing
from campaigns.models.invitation import CandidateAddress, CandidateLink, MemberInvitation
from campaigns.models.kept_plan import KeptPlan
from campaigns.models.playbook import Playbook, PlaybookRole, PlaybookSupply
from campaigns.models.request import Request, RequestWindow
from campaigns.models.role import Role, Seat

__all__ = [
    "Campaign",
    "Candidate",
    "CandidateAddress",
    "CandidateLink",
    "CandidateStop",
    "Contest",
    "Filing",
    "KeptPlan",
    "Member",
    "MemberInvitation",
    "Playbook",
    "PlaybookRole",
    "PlaybookSupply",
    "ReplacedCandidateLink",
    "Request",
    "RequestWindow",
    "Role",
    "Seat",
]
