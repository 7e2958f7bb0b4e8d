"""Render the notices of campaigns. A renderer returns None when the notice is no longer due."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.link_tokens import derive_link_token
from campaigns.models import Campaign, CandidateLink, Contest, Filing, MemberInvitation
from campaigns.notice_types import CampaignNotice
from campaigns.queries import (
    campaigns_awaiting_verification,
    find_campaign_time_zone,
    find_published_plan,
    is_manager,
    managers_of,
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
from core.notifications.notice_types import NoticePage, RenderedNotice, register_notice_type

CAMPAIGN_DESK = NoticePage("campaign-desk", gettext_lazy("Open your campaign"))
"""The page of a campaign's members; its address takes the public id of the campaign."""
PUBLISHED_PLAN = NoticePage("campaign-published", gettext_lazy("See what happens"))
"""The page of a published plan; its address takes the public ids of the campaign and of the request."""
CAMPAIGN_FILING = NoticePage("campaign-filing-page", gettext_lazy("See the phone"))
"""The page of how a campaign is checked and reached; its address takes the public id of the campaign."""


def render_verification_requested(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Ask the reviewers to verify a new campaign."""
    campaign, reader = _find_campaign(notice), notice.recipient
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
    campaign = _find_campaign(notice)
    if campaign is None or campaign.answer_due_at is None or campaign.answer_due_at <= at:
        return None
    subject = _("We make sure who you are")
    until = {"until": describe_moment(campaign.answer_due_at, find_campaign_time_zone(campaign))}
    published = find_published_plan(campaign)
    if published is not None:
        text = _(
            "Hello,\n\nthank you for registering. Your plan is published, and we look for people the moment we know "
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
    campaign = _find_campaign(notice)
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
    campaign = _find_campaign(notice)
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
    campaign, recipient = _find_campaign(notice), notice.recipient
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
    campaign = _find_campaign(notice)
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
    campaign = _find_campaign(notice)
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


def render_member_invitation(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Invite a person to act for a campaign. Only the page behind the link names it."""
    invitations = MemberInvitation.objects.filter(
        public_id=notice.subjects["member_invitation"], used_at=None, revoked_at=None
    )
    invitation = invitations.filter(expires_at__gt=at).first()
    if invitation is None:
        return None
    return RenderedNotice(
        _("You have been invited"),
        _(
            "Hello,\n\nsomebody would like to work with you on Handraiser. The page behind this link says who and as "
            "what; it can be used for a week, and once. If you do not know what this is about, do nothing: nothing "
            "happens."
        ),
        reverse("join", args=[derive_link_token(CampaignNotice.MEMBER_INVITATION, invitation.public_id)]),
    )


def render_candidate_link(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Give the candidate the link with which they decide who acts in their name."""
    link = CandidateLink.objects.filter(public_id=notice.subjects["candidate_link"]).first()
    if link is None or link.campaign.state == Campaign.State.ENDED:
        return None
    return RenderedNotice(
        _("Somebody acts in your name"),
        _(
            "Hello,\n\nsomebody has registered on Handraiser and says that they act for you. The page behind this link "
            "shows who. There you can agree to it, or stop it, and end anybody's access at once, today or later: keep "
            "this letter, and pass it on to nobody."
        ),
        reverse("candidate", args=[derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)]),
    )


def render_member_joined(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager that an invitation was accepted."""
    campaign = _find_campaign(notice)
    if campaign is None or notice.recipient is None or not is_manager(notice.recipient, campaign):
        return None
    return CAMPAIGN_DESK.link(
        _("Somebody has joined you"),
        _("Hello,\n\nsomebody whom you or a colleague invited has joined. Sign in to see who, and as what."),
        campaign.public_id,
    )


def render_manager_added(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager that another one manages the campaign, too: by an invitation, or as a member who was promoted."""
    campaign = _find_campaign(notice)
    if campaign is None or notice.recipient is None or not is_manager(notice.recipient, campaign):
        return None
    return CAMPAIGN_DESK.link(
        _("You have a new manager beside you"),
        _(
            "Hello,\n\none more person manages with you now, and may do all that you may. If you or a colleague wanted "
            "that, you need do nothing. If it was none of you, write to us at once."
        ),
        campaign.public_id,
    )


def render_position_changed(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a member that their position has changed."""
    campaign = _find_campaign(notice)
    if campaign is None or not campaign.members.filter(user=notice.recipient).exists():
        return None
    return CAMPAIGN_DESK.link(
        _("You have another part now"),
        _("Hello,\n\na manager has changed what you may do. Sign in to see it; nothing else has changed."),
        campaign.public_id,
    )


def render_access_ended(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a former member that their access has ended."""
    campaign = _find_campaign(notice)
    if campaign is None or campaign.members.filter(user=notice.recipient).exists():
        return None
    return RenderedNotice(
        _("Your access has ended"),
        _(
            "Hello,\n\nyou no longer act for others here: somebody who may say so has ended it. Your own account stays "
            "as it is. If you think that this is a mistake, speak with them, or write to us."
        ),
    )


def render_manager_access_ended(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell the other managers, and reviewers, that the candidate has ended a manager's access."""
    campaign, recipient = _find_campaign(notice), notice.recipient
    if campaign is None or recipient is None:
        return None
    reads_as_reviewer = may_review(recipient, campaign)
    if not (reads_as_reviewer or is_manager(recipient, campaign)):
        return None
    text = _("Hello,\n\na candidate has ended a manager's access, which they may at any time.")
    if not managers_of(campaign).exists():
        text += " " + _(
            "Nobody manages this campaign any more, so it gets no new offers. Please speak with the candidate, invite "
            "a manager, and then let it go on."
        )
    subject = _("A manager's access has ended")
    if not reads_as_reviewer:
        return CAMPAIGN_DESK.link(subject, text, campaign.public_id)
    return RenderedNotice(subject, text, reverse("admin:campaigns_campaign_change", args=[campaign.pk]))


def render_safe_phone_changed(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager that the phone for the day on which the mail is lost has changed."""
    campaign = _find_campaign(notice)
    if campaign is None or notice.recipient is None or not is_manager(notice.recipient, campaign):
        return None
    if not Filing.objects.filter(campaign=campaign).exclude(safe_phone="").exists():
        return CAMPAIGN_FILING.link(
            _("We have no phone for an emergency"),
            _(
                "Hello,\n\nthe phone on which we reach you when your mail is lost was that of a person who no longer "
                "acts for your campaign, so we have deleted it. Give us another one now. If you did not expect this, "
                "write to us at once."
            ),
            campaign.public_id,
        )
    return CAMPAIGN_FILING.link(
        _("The phone on which we reach you has changed"),
        _(
            "Hello,\n\nthe phone on which we reach you when your mail is lost was changed. If it was you or a "
            "colleague, you need do nothing. If it was none of you, correct it, and write to us at once."
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


def _find_campaign(notice: Notice) -> Campaign | None:
    return Campaign.objects.filter(public_id=notice.subjects["campaign"]).first()


register_notice_type(CampaignNotice.VERIFICATION_REQUESTED, render_verification_requested, NoticeTopic.REVIEW)
register_notice_type(CampaignNotice.VERIFICATION_STARTED, render_verification_started, NoticeTopic.PROGRESS)
register_notice_type(CampaignNotice.VERIFICATION_OVERDUE, render_verification_overdue, NoticeTopic.REVIEW)
register_notice_type(CampaignNotice.VERIFICATION_DELAYED, render_verification_delayed, NoticeTopic.PROGRESS)
register_notice_type(CampaignNotice.ELECTION_DAY_PASSED, render_election_day_passed, NoticeTopic.PROGRESS)
register_notice_type(CampaignNotice.VERIFIED, render_campaign_verified, NoticeTopic.PROGRESS)
register_notice_type(CampaignNotice.CAMPAIGN_PAUSED, render_campaign_paused, NoticeTopic.PROGRESS)
register_notice_type(CampaignNotice.CAMPAIGN_STOPPED, render_campaign_stopped, NoticeTopic.PROGRESS, is_immediate=True)
register_notice_type(CampaignNotice.STOP_RAISED, render_stop_raised, NoticeTopic.REVIEW, is_immediate=True)
register_notice_type(CampaignNotice.STOP_OVERDUE, render_stop_overdue, NoticeTopic.REVIEW, is_immediate=True)
register_notice_type(CampaignNotice.STOP_CLOSED, render_stop_closed, NoticeTopic.PROGRESS, is_immediate=True)
register_notice_type(CampaignNotice.ELECTION_DAY_CORRECTED, render_election_day_corrected, NoticeTopic.PROGRESS)
register_notice_type(CampaignNotice.MEMBER_INVITATION, render_member_invitation, NoticeTopic.ACCOUNT, is_immediate=True)
register_notice_type(CampaignNotice.CANDIDATE_LINK, render_candidate_link, NoticeTopic.ACCOUNT, is_immediate=True)
register_notice_type(CampaignNotice.MEMBER_JOINED, render_member_joined, NoticeTopic.PROGRESS)
register_notice_type(CampaignNotice.POSITION_CHANGED, render_position_changed, NoticeTopic.PROGRESS)
register_notice_type(CampaignNotice.ACCESS_ENDED, render_access_ended, NoticeTopic.PROGRESS, is_immediate=True)
register_notice_type(
    CampaignNotice.CONTEST_WITHOUT_REVIEWER, render_contest_without_reviewer, NoticeTopic.REVIEW, is_immediate=True
)
register_notice_type(
    CampaignNotice.MANAGER_ACCESS_ENDED, render_manager_access_ended, NoticeTopic.PROGRESS, is_immediate=True
)
register_notice_type(
    CampaignNotice.MANAGER_ADDED, render_manager_added, NoticeTopic.ACCOUNT, is_immediate=True, is_mutable=False
)
register_notice_type(
    CampaignNotice.SAFE_PHONE_CHANGED,
    render_safe_phone_changed,
    NoticeTopic.ACCOUNT,
    is_immediate=True,
    is_mutable=False,
)
