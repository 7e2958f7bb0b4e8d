"""What campaigns add to the boot answer: memberships, and campaigns and candidates that wait for a reviewer."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from campaigns.candidate_queries import stops_visible_to
from campaigns.member_queries import list_memberships
from campaigns.models import Campaign, CandidateStop, Member
from campaigns.queries import campaigns_awaiting_verification
from core.accounts.boot_parts import BootPart, register_boot_part
from core.accounts.waiting_work import WaitingWork, WorkAudience, register_waiting_work
from core.conflict_of_interest import no_part_in_contest
from core.models import User


class MembershipSerializer(serializers.ModelSerializer[Member]):
    """A campaign that the caller acts for, and as what."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    campaign_id = serializers.UUIDField(source="campaign.public_id", read_only=True)
    campaign = serializers.CharField(source="campaign.name", read_only=True, help_text="Its name.")
    campaign_state = serializers.ChoiceField(
        source="campaign.state", choices=Campaign.State.choices, read_only=True, help_text="Where the campaign stands."
    )
    answer_due_at = serializers.DateTimeField(
        source="campaign.answer_due_at",
        allow_null=True,
        read_only=True,
        help_text="Until when its verification is promised; null once it is decided.",
    )

    class Meta:
        model = Member
        fields = ["id", "position", "since", "campaign_id", "campaign", "campaign_state", "answer_due_at"]
        read_only_fields = fields


def _read_memberships(user: User) -> "list[Member]":
    return list(list_memberships(user))


def _campaigns_to_verify(user: User) -> "QuerySet[Campaign]":
    return campaigns_awaiting_verification().filter(no_part_in_contest(user, "candidate__contest"))


def _stops_to_close(user: User) -> "QuerySet[CandidateStop]":
    return stops_visible_to(user).filter(handled_at=None)


register_boot_part(
    "memberships",
    BootPart(
        description="The campaigns that I act for.",
        serializer=MembershipSerializer,
        read=_read_memberships,
        is_list=True,
    ),
)
register_waiting_work(
    "verifications",
    WaitingWork(
        label=_("Campaigns to verify"),
        description="Campaigns that wait to be verified.",
        audience=WorkAudience.REVIEWER,
        rows=_campaigns_to_verify,
        is_overdue=lambda at: Q(answer_due_at__lte=at),
        due_at="answer_due_at",
        admin_list="admin:campaigns_campaign_changelist",
        admin_query=lambda user: "verification=due",
    ),
)
register_waiting_work(
    "candidate_stops",
    WaitingWork(
        label=_("Candidates to call"),
        description="Candidates who have stopped their campaign and wait for a call.",
        audience=WorkAudience.REVIEWER,
        rows=_stops_to_close,
        is_overdue=lambda at: Q(answer_due_at__lte=at),
        due_at="answer_due_at",
        admin_list="admin:campaigns_candidatestop_changelist",
        admin_query=lambda user: "handled_at__isempty=1",
    ),
)
