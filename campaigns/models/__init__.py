"""Contests, candidates, their campaigns, and the requests of these."""

from campaigns.models.campaign import Campaign, Member
from campaigns.models.contest import Candidate, Contest
from campaigns.models.invitation import CandidateAddress, CandidateLink, MemberInvitation
from campaigns.models.playbook import Playbook, PlaybookRole
from campaigns.models.request import Request, RequestWindow
from campaigns.models.role import Role, Seat

__all__ = [
    "Campaign",
    "Candidate",
    "CandidateAddress",
    "CandidateLink",
    "Contest",
    "Member",
    "MemberInvitation",
    "Playbook",
    "PlaybookRole",
    "Request",
    "RequestWindow",
    "Role",
    "Seat",
]
