"""What gives a user a part in a contest by campaigns: to act for one, to have acted for one, to be the candidate.

An invitation gives none before it is accepted: a campaign could invite every reviewer, and none would be left.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from campaigns.models import CandidateAddress, Member
from core.api.replay_facts import ReplayFact, register_replay_fact
from core.conflict_of_interest import ContestPart, list_contests_of, register_contest_part
from core.models import User

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


def _memberships(user: User, subjects: Collection[UUID]) -> Iterable[str]:
    memberships = Member.objects.filter(user=user).values_list("campaign", "position")
    return [f"{campaign} {position}" for campaign, position in memberships]


def _parts_of_reviewer(user: User, subjects: Collection[UUID]) -> Iterable[str]:
    return map(str, list_contests_of(user)) if user.is_reviewer else ()


register_replay_fact("memberships", ReplayFact(_memberships))
register_replay_fact("parts_of_reviewer", ReplayFact(_parts_of_reviewer, is_bar=True))
