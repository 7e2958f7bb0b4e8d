"""Pause a campaign, so that it gets no new offers, and resume it."""

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
from campaigns.actions.campaign_notices import notify_managers
from campaigns.actions.campaign_checks import check_campaign_version


def pause_campaign(*, campaign: Campaign, at: datetime) -> None:
    """Stop new offers to a campaign that leaves volunteers without an answer. Pausing it twice is safe."""
    # The filter decides which of two concurrent calls pauses, so that the managers get one notice.
    if Campaign.objects.filter(pk=campaign.pk, paused_at=None).update(paused_at=at, version=F("version") + 1):
        notify_managers(CampaignNotice.CAMPAIGN_PAUSED, campaign, at=at)


@transaction.atomic
def resume_campaign(*, actor: User, campaign: Campaign, version: int | None = None) -> Campaign:
    """Let a paused campaign get offers again; a reviewer without a part in the contest does so.

    `version` is the one that they read, if given. Raises NotAllowed, Stale, WrongState (not paused).
    """
    check_may_review_campaign(actor, campaign)
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    check_campaign_version(campaign, version)
    if campaign.paused_at is None:
        raise WrongState(_("This campaign is not paused, so there is nothing to resume."))
    campaign.paused_at = None
    campaign.version += 1
    campaign.save()
    return campaign
