"""What gives a user a part in a contest by campaigns: to act for one, to have acted for one, to be the candidate.

An invitation gives none before it is accepted: a campaign could invite every reviewer, and none would be left.
"""

from campaigns.models import CandidateAddress, Member
from core.conflict_of_interest import ContestPart, register_contest_part

_CONTEST = "campaign__candidate__contest"

register_contest_part("member", ContestPart(Member.objects.all, user="user", contest=_CONTEST))
# A membership is deleted when it ends, and the part is not: history holds it.
register_contest_part(
    "former member",
    ContestPart(Member.pgh_event_model.objects.all, user="user", contest=_CONTEST),  # type: ignore[attr-defined]
)
register_contest_part(
    "candidate", ContestPart(CandidateAddress.objects.all, user="email", contest=_CONTEST, is_by_address=True)
)
register_contest_part(
    "candidate who removed the address", ContestPart(CandidateAddress.objects.all, user="account", contest=_CONTEST)
)
