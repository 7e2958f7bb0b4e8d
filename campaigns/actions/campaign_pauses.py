"""Pause a campaign, so that it gets no new offers, and resume it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.actions.campaign_checks import check_campaign_version
from campaigns.actions.campaign_notices import notify_managers
from campaigns.actions.reviewers import check_may_review_campaign
from campaigns.models import Campaign
from campaigns.notice_types import CampaignNotice
from core.errors import WrongState
from core.models import User


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
