"""Verify a campaign, and promise its managers until when that is done."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.campaign_checks import check_campaign_version, check_not_stopped
from campaigns.actions.campaign_notices import notify_managers, notify_users
from campaigns.actions.reviewers import check_may_review_campaign
from campaigns.candidate_queries import find_open_stop, has_candidate_agreed
from campaigns.models import Campaign
from campaigns.models.campaign import MAX_VERIFICATION_REASON_LENGTH
from campaigns.notice_types import CampaignNotice
from campaigns.signals import campaign_verified, find_verification_deadline
from core.errors import Invalid, WrongState
from core.models import User

TIME_TO_PUBLISH = timedelta(minutes=30)
"""How long the letter about a registration waits: the plan that comes with it is mostly published by then."""


def promise_verification(campaign: Campaign, *, at: datetime) -> None:
    """Promise the managers of an unverified campaign until when it is verified; a promise that was made stands.

    An imported campaign has no manager at first, and so no promise. The caller has locked the campaign.
    """
    if campaign.state != Campaign.State.UNVERIFIED or campaign.answer_due_at is not None:
        return
    if find_open_stop(campaign) is not None:  # the reviewer's call comes first, and promises a new date
        return
    campaign.answer_due_at = find_verification_deadline(campaign.candidate.contest, at=at)
    Campaign.objects.filter(pk=campaign.pk).update(answer_due_at=campaign.answer_due_at)
    # Who publishes the plan meanwhile gets one letter about both.
    notify_managers(CampaignNotice.VERIFICATION_STARTED, campaign, at=at, due_at=at + TIME_TO_PUBLISH)


@transaction.atomic
def verify_campaign(
    *, actor: User, campaign: Campaign, at: datetime, version: int | None = None, reason: str = ""
) -> Campaign:
    """Record that a reviewer knows who the campaign is. Its published requests are matched from now on.

    The reviewer has no part in the contest. `version` is the one that they read, if given: a changed filing raises it.
    `reason` says in words why it is verified although the candidate has not agreed; if they have, it is not stored.
    Raises NotAllowed, Stale, WrongState (verified already, ended, or stopped by the candidate), Invalid (no reason
    where it takes one; too long).
    """
    check_may_review_campaign(actor, campaign)
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    check_campaign_version(campaign, version)
    if campaign.state != Campaign.State.UNVERIFIED:
        params = {"state": campaign.get_state_display().lower()}
        raise WrongState(_("This campaign is %(state)s already.") % params)
    check_not_stopped(campaign)
    campaign.verification_reason = "" if has_candidate_agreed(campaign) else _check_verification_reason(reason)
    campaign.state, campaign.verified_by, campaign.verified_at = Campaign.State.VERIFIED, actor, at
    campaign.answer_due_at = None
    campaign.version += 1
    campaign.save()
    # All members see other people from now on, so all hear that they need a second factor.
    notify_users(CampaignNotice.VERIFIED, campaign, User.objects.filter(memberships__campaign=campaign), at=at)
    campaign_verified.send(Campaign, campaign=campaign, at=at)
    return campaign


def _check_verification_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        message = _("The candidate has not agreed. Say how you know that this campaign acts for them, or wait.")
        raise Invalid(message, field="reason")
    if len(reason) > MAX_VERIFICATION_REASON_LENGTH:
        message = _("This is too long: at most %(limit)s characters. Shorten it.")
        raise Invalid(message % {"limit": MAX_VERIFICATION_REASON_LENGTH}, field="reason")
    return reason
