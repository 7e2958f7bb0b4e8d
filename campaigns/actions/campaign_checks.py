"""Check that a campaign is as it was seen, and that its candidate has not stopped it."""

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


def check_not_stopped(campaign: Campaign) -> None:
    """Raise WrongState while a stop of the candidate is open. The caller has locked the campaign."""
    if find_open_stop(campaign) is not None:
        raise WrongState(_("The candidate has stopped this campaign. It goes on once a reviewer has spoken with them."))


def check_campaign_version(campaign: Campaign, version: int | None) -> None:
    if version is not None and version != campaign.version:
        raise Stale(_("This campaign has changed since you loaded it. Load it again and check your decision."))
