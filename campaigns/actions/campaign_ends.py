"""End a campaign, with its requests."""

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
from campaigns.actions.campaign_checks import check_campaign_version


OPEN_REQUEST_STATES = (Request.State.DRAFT, Request.State.PUBLISHED)


@transaction.atomic
def end_campaign(*, actor: User, campaign: Campaign, at: datetime, version: int | None = None) -> Campaign:
    """End the campaign early, after a lost primary, say.

    Its manager does so, or a reviewer without a part in the contest. Its requests are cancelled: everyone who was asked
    or has said yes is informed, and work that has begun is handed over. Raises NotAllowed, Stale, WrongState (ended
    already).
    """
    if not is_manager(actor, campaign):
        if not actor.is_reviewer:
            raise NotAllowed(_("Only this campaign's managers and reviewers can end it. Ask one of them."))
        check_may_review_campaign(actor, campaign)
    campaign, requests = lock_campaign_with_requests(campaign)
    check_campaign_version(campaign, version)
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is ended already."))
    return end_locked_campaign(campaign, requests, at=at)


def lock_campaign_with_requests(campaign: Campaign) -> tuple[Campaign, list[Request]]:
    """Lock the requests of a campaign, and then the campaign; return both as they are now.

    A request that was made while this waited for the campaign is among them: all is let go and locked again.
    """
    while True:
        with transaction.atomic():
            # Requests before the campaign, as in every action that locks both: another order could deadlock.
            requests = list(Request.objects.filter(campaign=campaign).order_by("pk").select_for_update(no_key=True))
            locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
            if Request.objects.filter(campaign=campaign).count() == len(requests):
                return locked, requests
            transaction.set_rollback(True)


def end_locked_campaign(campaign: Campaign, requests: Iterable[Request], *, at: datetime) -> Campaign:
    """End a campaign; the caller has locked it with its requests, and checked that it goes on."""
    campaign.state, campaign.answer_due_at = Campaign.State.ENDED, None
    campaign.version += 1
    campaign.save()
    open_requests = [request for request in requests if request.state in OPEN_REQUEST_STATES]
    Request.objects.filter(pk__in=[request.pk for request in open_requests]).update(
        state=Request.State.CANCELLED, version=F("version") + 1
    )
    requests_reduced.send(Request, requests=open_requests, at=at)
    return campaign
