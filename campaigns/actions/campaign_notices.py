"""Enqueue notices about a campaign."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import NamedTuple
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from campaigns.actions.candidates import get_or_create_candidate, settle_party
from campaigns.actions.contests import check_office, check_same_contest, get_or_create_contest
from campaigns.actions.filings import create_filing
from campaigns.actions.imported_campaigns import lock_imported_campaign, may_be_taken_over, take_over_campaign
from campaigns.actions.reviewers import check_may_review_campaign, reach_reviewers
from campaigns.candidate_queries import find_open_stop, has_candidate_agreed
from campaigns.contest_queries import find_contest, identify_contest, is_ballot_contest
from campaigns.draft_rules import MAX_CAMPAIGNS_REGISTERED_PER_DAY, MAX_UNVERIFIED_CAMPAIGNS_PER_USER, Candidacy
from campaigns.filing_rules import FilingFacts, check_filing
from campaigns.models import Campaign, Candidate, Contest, Member, Request
from campaigns.models.campaign import MAX_VERIFICATION_REASON_LENGTH
from campaigns.notice_types import CampaignNotice
from campaigns.queries import is_manager
from campaigns.signals import campaign_verified, find_verification_deadline, requests_reduced
from core.clock_rules import ONE_DAY
from core.date_rules import check_contest_days
from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.field_errors import FieldErrors
from core.models import Jurisdiction, Party, User
from core.notifications.outbox import enqueue_notice
from core.rate_counters import count_request
from core.reference.codes import find_by_codes


def notify_managers(kind: str, campaign: Campaign, *, at: datetime) -> None:
    """Enqueue a notice about the campaign to each of its managers."""
    notify_users(kind, campaign, _manager_users(campaign), at=at)


def _manager_users(campaign: Campaign) -> "QuerySet[User]":
    return User.objects.filter(memberships__campaign=campaign, memberships__position=Member.Position.MANAGER)


def notify_users(kind: str, campaign: Campaign, users: Iterable[User], *, at: datetime) -> None:
    for user in users:
        cause = f"{kind}:{campaign.public_id}:{user.pk}:{at:%Y%m%d%H%M}"
        enqueue_notice(to=user, kind=kind, cause=cause, subjects={"campaign": str(campaign.public_id)}, at=at)
