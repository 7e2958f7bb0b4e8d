"""Estimate how many volunteers could help with a request."""

from functools import partial
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns import queries, request_queries
from campaigns.api.request_inputs import NewRequestInput
from campaigns.draft_rules import RequestDraft
from campaigns.models import Campaign
from core.api.current_user import get_current_user
from core.api.serializers import EmptyBody
from core.enums import CountBand
from matching.api.supply_estimate_examples import DRAFT_EXAMPLE, ESTIMATE_EXAMPLE
from matching.rules.supply_estimate import MAX_QUESTIONS_PER_DAY, DraftChange
from matching.runs.actions.supply_estimate import estimate_supply
from matching.runs.actions.supply_questions import check_draft_to_estimate
from matching.runs.change_suggestions import describe_draft_change


@extend_schema_field(
    {
        "anyOf": [
            {"type": "integer"},
            {"type": "boolean"},
            {"type": "string", "format": "date"},
            {"type": "array", "items": {"type": "string"}, "maxItems": 0},
        ]
    }
)
class NewValueField(serializers.JSONField):
    """A value that asks for less: a number, a day, false, or a list of nothing."""


class ChangeEffectSerializer(serializers.Serializer[Any]):
    """One change that would open the role to five volunteers or more. The effects of several changes do not add up."""

    change = serializers.ChoiceField(choices=DraftChange.choices, help_text="The field of the draft.")
    new_value = NewValueField(help_text="What to write there.")
    people_added = serializers.ChoiceField(choices=CountBand.choices, help_text="How many more would fit.")
    explanation = serializers.SerializerMethodField()

    def get_explanation(self, effect: Any) -> str:
        """The change in words."""
        return describe_draft_change(effect.change, effect.new_value)


class RoleEstimateSerializer(serializers.Serializer[Any]):
    """How many volunteers fit a role."""

    role_id = serializers.UUIDField(allow_null=True, help_text="Of a stored role; null in a draft that is not saved.")
    name = serializers.CharField()
    seat_count = serializers.IntegerField()
    people_fitting = serializers.ChoiceField(choices=CountBand.choices)
    changes = ChangeEffectSerializer(many=True)


class SupplyEstimateSerializer(serializers.Serializer[Any]):
    """The estimate for each role. The same question gets the same answer until `valid_until`."""

    roles = RoleEstimateSerializer(many=True)
    valid_until = serializers.DateTimeField()
    questions_left = serializers.IntegerField(
        allow_null=True, help_text="Number of different questions that remain until then; null without a limit."
    )


ESTIMATE_DESCRIPTION = (
    "The counts are bands of volunteers, by what they say about themselves; other commitments do not count. "
    f"A verified campaign has {MAX_QUESTIONS_PER_DAY} different questions a day, one for each role. "
    "The same question again is free. "
    "None and a few are one band, “under 5”, so that no question tells of one person. Up to four people are left out "
    "of each count, by a secret draw that stays the same for the same question. "
    "Neither the campaign's members nor its volunteers count. "
    "A change that would open it to fewer than five volunteers is left out."
)


class SupplyEstimateView(APIView):
    """Base of the views that estimate the supply for a draft."""

    def answer_draft(self, request: Request, campaign: Campaign, draft: RequestDraft) -> Response:
        """Estimate the supply for a draft of this campaign."""
        estimate = estimate_supply(actor=get_current_user(request), campaign=campaign, draft=draft, at=timezone.now())
        return Response(SupplyEstimateSerializer(estimate).data)


class DraftEstimateView(SupplyEstimateView):
    """The estimate for a draft that is not stored."""

    @extend_schema(
        operation_id="estimateDraftSupply",
        summary="Estimate the supply for a draft that is not saved",
        description=ESTIMATE_DESCRIPTION,
        tags=["requests"],
        request=NewRequestInput,
        responses=SupplyEstimateSerializer,
        examples=[DRAFT_EXAMPLE, ESTIMATE_EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        """Estimate the supply for a draft. It takes the same input as drafting a request, and stores nothing."""
        sent, user, today = NewRequestInput(data=request.data), get_current_user(request), timezone.now().date()
        check = partial(check_draft_to_estimate, today=today)
        sent.require_valid(lambda: sent.judge(user, check))
        campaign = sent.require_campaign(user, check)
        return self.answer_draft(request, campaign, sent.draft()[0])


class RequestEstimateView(SupplyEstimateView):
    """The estimate for a stored request."""

    @extend_schema(
        operation_id="estimateRequestSupply",
        summary="Estimate the supply for a request",
        description=ESTIMATE_DESCRIPTION,
        tags=["requests"],
        request=None,
        responses=SupplyEstimateSerializer,
        examples=[ESTIMATE_EXAMPLE],
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Estimate the supply for a request as it is stored, published or not."""
        EmptyBody.require_empty(request)
        visible_requests = request_queries.with_roles(queries.requests_visible_to(get_current_user(request)))
        visible_requests = request_queries.with_open_seats(visible_requests)
        campaign_request = get_object_or_404(
            visible_requests.select_related("campaign__candidate__contest"), public_id=id
        )
        return self.answer_draft(
            request, campaign_request.campaign, request_queries.draft_from_request(campaign_request)
        )
