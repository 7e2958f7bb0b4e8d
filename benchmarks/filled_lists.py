"""Store rows for `bench api`, so that no list is empty."""

from __future__ import annotations

from datetime import datetime, timedelta

from campaigns.models import CandidateStop, Filing, Member, MemberInvitation, Role
from core.models import FactorRecovery, User
from matching.models import DutyShift, Interest, Match, Message, ProblemReport

VOLUNTEER, MANAGER, REVIEWER = "volunteer", "manager", "reviewer"


def fill_lists(placements: list[Match], users: dict[str, User], at: datetime) -> None:
    """Store a filing, messages, reports, invitations, interests, shifts and recoveries, so that no list is empty."""
    Filing.objects.get_or_create(
        campaign=placements[2].request.campaign, defaults={"reference": "https://filings.example/1", "stated_at": at}
    )
    Message.objects.bulk_create(
        Message(match=placements[2], side="campaign", author=users[MANAGER], text="Hello. " * 20, written_at=at)
        for _number in range(50)
    )
    ProblemReport.objects.bulk_create(
        ProblemReport(match=match, side="campaign", kind="other", reported_at=at, answer_due_at=at + timedelta(days=1))
        for match in placements[5:]
    )
    # Closed long ago, so that nothing is stopped.
    CandidateStop.objects.bulk_create(
        CandidateStop(
            campaign=match.request.campaign,
            stopped_at=at - timedelta(days=9),
            answer_due_at=at - timedelta(days=8),
            handled_at=at - timedelta(days=8),
            outcome=CandidateStop.Outcome.RESUMED,
        )
        for match in placements[:30]
    )
    MemberInvitation.objects.bulk_create(
        MemberInvitation(
            campaign=placements[2].request.campaign,
            email=f"invited{number}@demo.example",
            position=Member.Position.STAFF,
            token_digest=f"{number:064d}",
            invited_by=users[MANAGER],
            invited_at=at,
            expires_at=at + timedelta(days=7),
        )
        for number in range(5)
    )
    Interest.objects.bulk_create(
        Interest(volunteer=users[VOLUNTEER].volunteer, role=role, since=at, answer_due_at=at + timedelta(days=21))
        for role in Role.objects.order_by("pk")[:3]
    )
    _fill_lists_of_reviewers(users[REVIEWER], at)


def _fill_lists_of_reviewers(reviewer: User, at: datetime) -> None:
    DutyShift.objects.bulk_create(
        DutyShift(reviewer=reviewer, starts_at=at + timedelta(days=number), ends_at=at + timedelta(days=number + 1))
        for number in range(60)
    )
    FactorRecovery.objects.bulk_create(
        FactorRecovery(person=user, callback="x", requested_at=at, expires_at=at + timedelta(days=7))
        for user in User.objects.filter(is_staff=False).order_by("pk")[:60]
    )
