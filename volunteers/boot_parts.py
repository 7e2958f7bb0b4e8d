"""What volunteers add to the boot answer: the profile, questions about levels, and raised hands without an answer."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.accounts.boot_parts import BootPart, register_boot_part
from core.accounts.waiting_work import WaitingWork, WorkAudience, register_waiting_work
from core.conflict_of_interest import has_any_part
from core.models import User
from volunteers.models import Volunteer
from volunteers.queries import hands_awaiting_answer, open_level_questions


class AvailabilitySerializer(serializers.ModelSerializer[Volunteer]):
    """Whether and when the volunteer can be proposed, and until when they are promised an answer.

    `version` is that of the profile, which each of these changes raises.
    """

    class Meta:
        model = Volunteer
        fields = [
            *("version", "state", "rest_until", "availability_confirmed_at", "on_call", "waiting_since", "left_at"),
            "answer_due_at",
        ]
        read_only_fields = fields


class ProfileStateSerializer(AvailabilitySerializer):
    """The state of the caller's profile; the profile itself is at `/me/profile`."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta(AvailabilitySerializer.Meta):
        fields = ["id", *AvailabilitySerializer.Meta.fields]
        read_only_fields = fields


def _read_profile(user: User) -> Volunteer | None:
    return Volunteer.objects.filter(user=user).first()


def _hands_of_others(user: User) -> "QuerySet[Volunteer]":
    # Whether a hand was answered is hidden from a reviewer with a part in a contest: an offer in it answers.
    return Volunteer.objects.none() if has_any_part(user) else hands_awaiting_answer().exclude(user=user)


register_boot_part(
    "profile",
    BootPart(
        description="The state of my profile as a volunteer; null before I raise my hand.",
        serializer=ProfileStateSerializer,
        read=_read_profile,
        may_be_null=True,
    ),
)
register_waiting_work(
    "level_questions",
    WaitingWork(
        label=_("Questions about levels"),
        description="Questions about my levels that I have not answered.",
        audience=WorkAudience.EVERYBODY,
        rows=open_level_questions,
        needed_part="profile",
    ),
)
register_waiting_work(
    "raised_hands",
    WaitingWork(
        label=_("Raised hands without an answer"),
        description="Volunteers who wait for the answer that they were promised.",
        audience=WorkAudience.REVIEWER,
        rows=_hands_of_others,
        is_overdue=lambda at: Q(answer_due_at__lte=at),
        due_at="answer_due_at",
        admin_list="admin:volunteers_volunteer_changelist",
        # A reviewer with a part in a contest has neither rows nor such a filter.
        admin_query=lambda user: "" if has_any_part(user) else "answer_due_at__isempty=0",
    ),
)
