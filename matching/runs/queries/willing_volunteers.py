"""Whose answers a supply estimate counts: those who would serve the campaign, by what they say."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Campaign
from core.models import Jurisdiction
from matching.models import Match, Policy
from matching.rules.states import STATES_REPORTABLE
from matching.snapshot.available_volunteers import available_volunteers
from volunteers.models import Volunteer


def willing_volunteers(campaign: Campaign, *, policy: Policy, at: datetime) -> "QuerySet[Volunteer]":
    """Return the available volunteers whose availability is current and who would serve this campaign.

    That is: its level of office, its party and its jurisdiction. Its members and its own volunteers are left out.
    """
    contest, party = campaign.candidate.contest, campaign.candidate.party_id
    serves = Volunteer.parties.through.objects.filter(volunteer=OuterRef("pk"), party=party)
    named = Volunteer.jurisdictions.through.objects.filter(
        volunteer=OuterRef("pk"), jurisdiction__in=_jurisdiction_with_ancestors(contest.jurisdiction_id)
    )
    # It knows their hours, even after the end. Four whom it knows would make of a band an answer about a fifth.
    own = Match.objects.filter(volunteer=OuterRef("pk"), request__campaign=campaign, state__in=STATES_REPORTABLE)
    strangers = available_volunteers().exclude(user__in=campaign.members.values("user")).exclude(Exists(own))
    return strangers.filter(
        Q(restrict_to_levels=False) | Q(levels__contains=[contest.level]),
        Q(restrict_to_parties=False) | Exists(serves),
        Q(restrict_to_jurisdictions=False) | Exists(named),
        _has_current_availability(policy, at),
    )


def available_strangers(*, policy: Policy, at: datetime) -> "QuerySet[Volunteer]":
    """Return the available volunteers whose availability is current, whomever they would serve."""
    return available_volunteers().filter(_has_current_availability(policy, at))


def _has_current_availability(policy: Policy, at: datetime) -> Q:
    return Q(availability_confirmed_at__gt=at - timedelta(days=policy.availability_valid_days))


def _jurisdiction_with_ancestors(jurisdiction_id: int) -> list[int]:
    """Return the ids of a jurisdiction and of all above it."""
    parents = dict(Jurisdiction.objects.values_list("pk", "parent_id"))
    ancestors: list[int] = []
    current: int | None = jurisdiction_id
    while current is not None and current not in ancestors:
        ancestors.append(current)
        current = parents[current]
    return ancestors
