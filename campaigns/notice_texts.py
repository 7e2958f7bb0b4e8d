"""Render the notices of campaigns. A renderer returns None when the notice is no longer due."""

from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.member_notice_texts import (
    render_access_ended,
    render_candidate_link,
    render_manager_access_ended,
    render_manager_added,
    render_member_invitation,
    render_member_joined,
    render_position_changed,
    render_safe_phone_changed,
)
from campaigns.models import Campaign, Contest
from campaigns.notice_pages import CAMPAIGN_DESK, PUBLISHED_PLAN, find_campaign_of_notice
from campaigns.notice_types import CampaignNotice
from campaigns.queries import (
    campaigns_awaiting_verification,
    find_campaign_time_zone,
    find_published_plan,
    may_review,
)
from campaigns.stop_notice_texts import (
    render_campaign_stopped,
    render_stop_closed,
    render_stop_overdue,
    render_stop_raised,
)
from core.accounts.mfa import list_authenticators
from core.conflict_of_interest import list_impartial_reviewers, no_part_in_contest
from core.enums import NoticeTopic
from core.models import Notice
from core.notifications.moments import describe_moment
from core.notifications.notice_types import RenderedNotice, register_notice_type


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
    if published is not None:
        text = _(
            "Hello,\n\nthank you: your plan is published. We look for people the moment we know "
            "who you are. We call the number in your public filing and ask the candidate. You hear from us by "
            "%(until)s."
        )
        return PUBLISHED_PLAN.link(subject, text % until, campaign.public_id, published.public_id)
    text = _(
        "Hello,\n\nthank you for registering. We call the number in your public filing and ask the candidate. You hear "
        "from us by %(until)s. Meanwhile you can check and publish your plan, or plan a project."
    )
    return CAMPAIGN_DESK.link(subject, text % until, campaign.public_id)


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
        reverse("admin:campaigns_campaign_changelist") + "?state__exact=unverified&o=5",
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


def render_election_day_passed(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Ask a manager whether the campaign goes on after an election day."""
    campaign = find_campaign_of_notice(notice)
    if campaign is None or campaign.state != Campaign.State.VERIFIED:
        return None
    return CAMPAIGN_DESK.link(
        _("How does it go on?"),
        _(
            "Hello,\n\na day that you worked for is over. If you go on, you need do nothing. If not, please sign in "
            "and say that it is over: whoever works for you then hands over, and nobody waits for you."
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


def render_campaign_paused(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager why the campaign gets no new offers, and what to do."""
    campaign = find_campaign_of_notice(notice)
    if campaign is None or campaign.paused_at is None:
        return None
    return CAMPAIGN_DESK.link(
        _("We have stopped asking people for you"),
        _(
            "Hello,\n\nseveral people said yes and waited for your answer in vain, so we ask nobody new. Whoever works "
            "for you goes on. Please write to us: as soon as we have spoken, we look for people again."
        ),
        campaign.public_id,
    )


def render_election_day_corrected(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager that requests were shortened or cancelled, because an election day was corrected."""
    campaign = find_campaign_of_notice(notice)
    if campaign is None or campaign.state == Campaign.State.ENDED:
        return None
    return CAMPAIGN_DESK.link(
        _("A day was corrected"),
        _(
            "Hello,\n\nwe have corrected the day that you work for. What you asked for and went on too long after it "
            "was shortened, and what would begin too late was cancelled. Sign in to see it. If the day is wrong, write "
            "to us."
        ),
        campaign.public_id,
    )


def render_contest_without_reviewer(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell an administrator that every reviewer has a part in a contest, and nothing else of it."""
    contest = Contest.objects.filter(public_id=notice.subjects["contest"]).first()
    reader = notice.recipient
    if contest is None or reader is None or not (reader.is_superuser and reader.is_active):
        return None
    if list_impartial_reviewers(contest.pk).exists():
        return None
    return RenderedNotice(
        _("Something waits for a reviewer"),
        _(
            "Hello,\n\nsomething waits for a decision, and every reviewer has a part in its contest. Please give the "
            "role of a reviewer to a person from outside, who acts for none of the sides and is no volunteer there."
        ),
        reverse("admin:campaigns_contest_change", args=[contest.pk]),
    )


_register_notice_type = partial(register_notice_type, subjects=("campaign",))

_register_notice_type(CampaignNotice.VERIFICATION_REQUESTED, render_verification_requested, NoticeTopic.REVIEW)
_register_notice_type(CampaignNotice.VERIFICATION_STARTED, render_verification_started, NoticeTopic.PROGRESS)
_register_notice_type(CampaignNotice.VERIFICATION_OVERDUE, render_verification_overdue, NoticeTopic.REVIEW, subjects=())
_register_notice_type(CampaignNotice.VERIFICATION_DELAYED, render_verification_delayed, NoticeTopic.PROGRESS)
_register_notice_type(CampaignNotice.ELECTION_DAY_PASSED, render_election_day_passed, NoticeTopic.PROGRESS)
_register_notice_type(CampaignNotice.VERIFIED, render_campaign_verified, NoticeTopic.PROGRESS)
_register_notice_type(CampaignNotice.CAMPAIGN_PAUSED, render_campaign_paused, NoticeTopic.PROGRESS)
_register_notice_type(CampaignNotice.CAMPAIGN_STOPPED, render_campaign_stopped, NoticeTopic.PROGRESS, is_immediate=True)
_register_notice_type(CampaignNotice.STOP_RAISED, render_stop_raised, NoticeTopic.REVIEW, is_immediate=True)
_register_notice_type(CampaignNotice.STOP_OVERDUE, render_stop_overdue, NoticeTopic.REVIEW, is_immediate=True)
_register_notice_type(CampaignNotice.STOP_CLOSED, render_stop_closed, NoticeTopic.PROGRESS, is_immediate=True)
_register_notice_type(CampaignNotice.ELECTION_DAY_CORRECTED, render_election_day_corrected, NoticeTopic.PROGRESS)
_register_notice_type(
    CampaignNotice.MEMBER_INVITATION,
    render_member_invitation,
    NoticeTopic.ACCOUNT,
    is_immediate=True,
    subjects=("member_invitation",),
)
_register_notice_type(
    CampaignNotice.CANDIDATE_LINK,
    render_candidate_link,
    NoticeTopic.ACCOUNT,
    is_immediate=True,
    subjects=("candidate_link",),
)
_register_notice_type(CampaignNotice.MEMBER_JOINED, render_member_joined, NoticeTopic.PROGRESS)
_register_notice_type(CampaignNotice.POSITION_CHANGED, render_position_changed, NoticeTopic.PROGRESS)
_register_notice_type(CampaignNotice.ACCESS_ENDED, render_access_ended, NoticeTopic.PROGRESS, is_immediate=True)
_register_notice_type(
    CampaignNotice.CONTEST_WITHOUT_REVIEWER,
    render_contest_without_reviewer,
    NoticeTopic.REVIEW,
    is_immediate=True,
    subjects=("contest",),
)
_register_notice_type(
    CampaignNotice.MANAGER_ACCESS_ENDED, render_manager_access_ended, NoticeTopic.PROGRESS, is_immediate=True
)
_register_notice_type(
    CampaignNotice.MANAGER_ADDED, render_manager_added, NoticeTopic.ACCOUNT, is_immediate=True, is_mutable=False
)
_register_notice_type(
    CampaignNotice.SAFE_PHONE_CHANGED,
    render_safe_phone_changed,
    NoticeTopic.ACCOUNT,
    is_immediate=True,
    is_mutable=False,
)
