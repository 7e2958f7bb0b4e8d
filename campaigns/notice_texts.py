"""Render the notices of campaigns. A renderer returns None when the notice is no longer due."""

from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.candidate_notice_texts import render_candidate_link, render_stop_confirmed
from campaigns.member_notice_texts import (
    render_access_ended,
    render_manager_access_ended,
    render_manager_added,
    render_member_invitation,
    render_member_joined,
    render_position_changed,
    render_safe_phone_changed,
)
from campaigns.models import Campaign, Contest
from campaigns.notice_pages import CAMPAIGN_DESK, find_campaign_of_notice
from campaigns.notice_types import CampaignNotice
from campaigns.stop_notice_texts import (
    render_campaign_stopped,
    render_stop_closed,
    render_stop_overdue,
    render_stop_raised,
)
from campaigns.verification_notice_texts import (
    render_campaign_verified,
    render_plan_published,
    render_verification_delayed,
    render_verification_overdue,
    render_verification_requested,
    render_verification_started,
)
from core.conflict_of_interest import list_impartial_reviewers
from core.enums import NoticeTopic
from core.models import Notice
from core.notifications.notice_types import RenderedNotice, register_notice_type


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
_register_notice_type(CampaignNotice.PLAN_PUBLISHED, render_plan_published, NoticeTopic.PROGRESS, is_immediate=True)
_register_notice_type(CampaignNotice.VERIFICATION_OVERDUE, render_verification_overdue, NoticeTopic.REVIEW, subjects=())
_register_notice_type(CampaignNotice.VERIFICATION_DELAYED, render_verification_delayed, NoticeTopic.PROGRESS)
_register_notice_type(CampaignNotice.ELECTION_DAY_PASSED, render_election_day_passed, NoticeTopic.PROGRESS)
_register_notice_type(CampaignNotice.VERIFIED, render_campaign_verified, NoticeTopic.PROGRESS)
_register_notice_type(CampaignNotice.CAMPAIGN_PAUSED, render_campaign_paused, NoticeTopic.PROGRESS)
_register_notice_type(CampaignNotice.CAMPAIGN_STOPPED, render_campaign_stopped, NoticeTopic.PROGRESS, is_immediate=True)
_register_notice_type(CampaignNotice.STOP_RAISED, render_stop_raised, NoticeTopic.REVIEW, is_immediate=True)
_register_notice_type(CampaignNotice.STOP_OVERDUE, render_stop_overdue, NoticeTopic.REVIEW, is_immediate=True)
_register_notice_type(CampaignNotice.STOP_CLOSED, render_stop_closed, NoticeTopic.PROGRESS, is_immediate=True)
_register_notice_type(
    CampaignNotice.STOP_CONFIRMED,
    render_stop_confirmed,
    NoticeTopic.ACCOUNT,
    is_immediate=True,
    subjects=("candidate_link",),
)
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
_register_notice_type(
    CampaignNotice.ACCESS_ENDED,
    render_access_ended,
    NoticeTopic.PROGRESS,
    is_immediate=True,
    subjects=("campaign", "ended_by"),
)
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
