"""Render the notices about the verification of a campaign. A renderer returns None when the notice is no longer due."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, Request
from campaigns.notice_pages import CAMPAIGN_DESK, PUBLISHED_PLAN, find_campaign_of_notice
from campaigns.notice_types import CampaignNotice
from campaigns.queries import campaigns_awaiting_verification, may_review
from campaigns.request_queries import find_campaign_time_zone, find_published_plan
from core.accounts.mfa import list_authenticators
from core.conflict_of_interest import no_part_in_contest
from core.models import Notice
from core.notifications.moments import describe_moment
from core.notifications.notice_types import RenderedNotice


def render_verification_requested(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Ask the reviewers to verify a new campaign."""
    campaign, reader = find_campaign_of_notice(notice), notice.recipient
    if campaign is None or campaign.state != Campaign.State.UNVERIFIED or reader is None:
        return None
    if not may_review(reader, campaign):
        return None
    return RenderedNotice(
        _("Somebody waits to be verified"),
        _(
            "Hello,\n\na campaign has registered and waits until we know who it is: the filing, a call back to the "
            "contact in it, and the candidate's consent. Until then nobody is found for it."
        ),
        reverse("admin:campaigns_campaign_change", args=[campaign.pk]),
    )


def render_verification_started(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager until when the campaign is verified, as long as it waits for it."""
    campaign = find_campaign_of_notice(notice)
    if campaign is None or campaign.answer_due_at is None or campaign.answer_due_at <= at:
        return None
    subject = _("We make sure who you are")
    until = {"until": describe_moment(campaign.answer_due_at, find_campaign_time_zone(campaign))}
    published = find_published_plan(campaign)
    if published is None:
        text = _(
            "Hello,\n\nthank you for registering. We call the number in your public filing and ask the candidate. You "
            "hear from us by %(until)s. If your plan is not published yet, you can check and publish it now."
        )
        return CAMPAIGN_DESK.link(subject, text % until, campaign.public_id)
    told_already = Notice.objects.filter(
        recipient=notice.recipient, kind=CampaignNotice.PLAN_PUBLISHED, subjects=notice.subjects
    )
    return None if told_already.exists() else _say_published(campaign, published, subject)


def render_plan_published(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell who published a plan that it is published, and until when their campaign is verified."""
    campaign = find_campaign_of_notice(notice)
    if campaign is None or campaign.state != Campaign.State.UNVERIFIED:
        return None
    published = find_published_plan(campaign)
    return None if published is None else _say_published(campaign, published, _("Your plan is published"))


def _say_published(campaign: Campaign, published: Request, subject: str) -> RenderedNotice:
    if campaign.answer_due_at is None:
        text = _(
            "Hello,\n\nthank you: your plan is published. We look for people the moment we know who you are. We call "
            "the number in your public filing and ask the candidate."
        )
    else:
        text = _(
            "Hello,\n\nthank you: your plan is published. We look for people the moment we know "
            "who you are. We call the number in your public filing and ask the candidate. You hear from us by "
            "%(until)s."
        ) % {"until": describe_moment(campaign.answer_due_at, find_campaign_time_zone(campaign))}
    return PUBLISHED_PLAN.link(subject, text, campaign.public_id, published.public_id)


def render_verification_overdue(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Remind a reviewer of the campaigns that wait to be verified."""
    reader = notice.recipient
    if reader is None or not reader.is_reviewer:
        return None
    count = campaigns_awaiting_verification().filter(no_part_in_contest(reader, "candidate__contest")).count()
    if not count:
        return None
    return RenderedNotice(
        _("Somebody waits to be verified"),
        ngettext(
            "Hello,\n\n%(count)d campaign waits to be verified, and longer than a working day. Please see what it "
            "lacks, and speak with it.",
            "Hello,\n\n%(count)d campaigns wait to be verified, some longer than a working day. Please see what they "
            "lack, and speak with them: the longest waiting first.",
            count,
        )
        % {"count": count},
        reverse("admin:campaigns_campaign_changelist") + "?verification=due",
    )


def render_verification_delayed(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager that verification takes longer than it should, and what they can do meanwhile."""
    campaign = find_campaign_of_notice(notice)
    if campaign is None or campaign.state != Campaign.State.UNVERIFIED:
        return None
    return CAMPAIGN_DESK.link(
        _("Where you stand"),
        _(
            "Hello,\n\nwe have not made sure who you are yet, and it takes longer than it should: we have reminded "
            "ourselves. You can help: see to it that your filing names somebody whom we can call back, and that the "
            "candidate knows of it. Meanwhile you can prepare what you want to ask for."
        ),
        campaign.public_id,
    )


def render_campaign_verified(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a member that the campaign is verified, and that they need a second factor if they have none."""
    campaign, recipient = find_campaign_of_notice(notice), notice.recipient
    if campaign is None or campaign.state != Campaign.State.VERIFIED:
        return None
    text = _("Hello,\n\nthank you for your patience: we have what we need, and look for people for what you published.")
    if recipient is None or list_authenticators(recipient).exists():
        return CAMPAIGN_DESK.link(_("We know who you are"), text, campaign.public_id)
    text += "\n\n" + _(
        "From now on you see other people here, so your sign-in needs a second factor: a passkey, or a code of an app. "
        "Set one up now, before there is an answer to give."
    )
    return RenderedNotice(_("We know who you are"), text, reverse("mfa_index"))
