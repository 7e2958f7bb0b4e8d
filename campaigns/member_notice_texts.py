"""Render the notices about who acts for a campaign: to managers, members, and those invited.

`campaigns.notice_texts` registers them.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.candidate_queries import find_open_stop
from campaigns.invitation_queries import InvitationSummary, derive_invitation_token, summarize_invitation
from campaigns.member_queries import find_start_of_membership, managers_of, open_manager_invitations
from campaigns.models import Campaign, Filing, MemberInvitation
from campaigns.notice_pages import CAMPAIGN_DESK, CAMPAIGN_FILING, CAMPAIGN_MEMBERS, find_campaign_of_notice
from campaigns.notice_types import ENDED_BY_CANDIDATE
from campaigns.queries import is_manager, may_review
from campaigns.request_queries import find_campaign_time_zone
from core.models import Notice
from core.notifications.moments import describe_moment, find_day, format_day_with_year
from core.notifications.notice_types import RenderedNotice


def render_member_invitation(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Invite a person to act for a campaign: who asks, and as what. The subject names neither."""
    invitations = MemberInvitation.objects.filter(
        public_id=notice.subjects["member_invitation"], used_at=None, revoked_at=None
    )
    invitation = invitations.filter(expires_at__gt=at).select_related("campaign").first()
    if invitation is None:
        return None
    return RenderedNotice(
        _("You are invited to Handraiser"),
        "\n\n".join((_("Hello,"), describe_invitation(summarize_invitation(invitation)), _explain_invitation())),
        reverse("join", args=[derive_invitation_token(invitation.public_id)]),
    )


def describe_invitation(summary: InvitationSummary) -> str:
    """Return who invites, for which campaign if it is checked, and as what."""
    words = {"inviter": _name_inviter(summary), "campaign": summary.campaign, "position": summary.position}
    if summary.inviter and summary.campaign:
        text = _(
            "%(inviter)s asks you to work for %(campaign)s on Handraiser. Your position would be: %(position)s. We "
            "have checked this campaign."
        )
    elif summary.inviter:
        text = _(
            "%(inviter)s asks you to work with them on Handraiser, for a campaign that we have not checked yet. Your "
            "position would be: %(position)s."
        )
    elif summary.campaign:
        text = _(
            "You are asked to work for %(campaign)s on Handraiser. Your position would be: %(position)s. We have "
            "checked this campaign."
        )
    else:
        text = _(
            "You are asked to work on Handraiser for a campaign that we have not checked yet. Your position would be: "
            "%(position)s."
        )
    return text % words


def _name_inviter(summary: InvitationSummary) -> str:
    if not summary.first_name:
        return summary.inviter
    return _("%(name)s (%(address)s)") % {"name": summary.first_name, "address": summary.inviter}


def _explain_invitation() -> str:
    return _(
        "Handraiser finds volunteers with the right skills for campaigns. Say yes on the page behind this link. It "
        "works for a week, once, and only for the address of this letter. No password is needed. If you do not know "
        "what this is about, do nothing: nothing happens."
    )


def render_member_joined(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager that an invitation was accepted."""
    campaign = find_campaign_of_notice(notice)
    if campaign is None or notice.recipient is None or not is_manager(notice.recipient, campaign):
        return None
    return CAMPAIGN_MEMBERS.link(
        _("Somebody has joined you"),
        _("Hello,\n\nsomebody whom you or a colleague invited has joined. Sign in to see who, and as what."),
        campaign.public_id,
    )


def render_manager_added(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager that another one manages the campaign, too: by an invitation, or as a member who was promoted."""
    campaign = find_campaign_of_notice(notice)
    if campaign is None or notice.recipient is None or not is_manager(notice.recipient, campaign):
        return None
    return CAMPAIGN_MEMBERS.link(
        _("You have a new manager beside you"),
        _(
            "Hello,\n\none more person manages with you now, and may do all that you may. If you or a colleague wanted "
            "that, you need do nothing. If it was none of you, write to us at once."
        ),
        campaign.public_id,
    )


def render_position_changed(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a member that their position has changed."""
    campaign = find_campaign_of_notice(notice)
    if campaign is None or not campaign.members.filter(user=notice.recipient).exists():
        return None
    return CAMPAIGN_DESK.link(
        _("You have another part now"),
        _("Hello,\n\na manager has changed what you may do. Sign in to see it; nothing else has changed."),
        campaign.public_id,
    )


def render_access_ended(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a former member who has ended their access, and since when they had it. No letter names a campaign."""
    campaign = find_campaign_of_notice(notice)
    if campaign is None or notice.recipient is None or campaign.members.filter(user=notice.recipient).exists():
        return None
    since = find_start_of_membership(notice.recipient, campaign)
    day = {"day": format_day_with_year(find_day(since, find_campaign_time_zone(campaign))) if since else ""}
    if notice.subjects.get("ended_by") == ENDED_BY_CANDIDATE:
        ended = _("Hello,\n\nthe candidate has ended your access to their campaign.")
    else:
        ended = _("Hello,\n\na manager has ended your access to their campaign.")
    sentences = [
        ended,
        _("It is the one for which you acted since %(day)s.") % day if since else "",
        _("Your own account stays as it is. If you think that this is a mistake, speak with them, or write to us."),
    ]
    return RenderedNotice(_("Your access has ended"), " ".join(filter(None, sentences)))


def render_manager_access_ended(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell the other managers, and reviewers, that the candidate has ended a manager's access."""
    campaign, recipient = find_campaign_of_notice(notice), notice.recipient
    if campaign is None or recipient is None:
        return None
    reads_as_reviewer = may_review(recipient, campaign)
    if not (reads_as_reviewer or is_manager(recipient, campaign)):
        return None
    text = _("Hello,\n\na candidate has ended a manager's access, which they may at any time.")
    if reads_as_reviewer:
        text = " ".join([text, *_list_next_steps(campaign, at=at)])
    subject = _("A manager's access has ended")
    if not reads_as_reviewer:
        return CAMPAIGN_DESK.link(subject, text, campaign.public_id)
    return RenderedNotice(subject, text, reverse("admin:campaigns_campaign_change", args=[campaign.pk]))


def _list_next_steps(campaign: Campaign, *, at: datetime) -> list[str]:
    """Return what a reviewer does after a candidate has ended a manager's access. A candidate to call comes first."""
    steps, stop = [], find_open_stop(campaign)
    if stop is not None:
        until = {"until": describe_moment(stop.answer_due_at, find_campaign_time_zone(campaign))}
        call = _("The candidate has also stopped this campaign: call them first, by %(until)s.") % until
        steps.append(f"{call} {_('Look up the number in the public filing by yourself.')}")
    if managers_of(campaign).exists():
        return steps
    steps.append(_("No one manages this campaign now, so it gets no new offers."))
    is_invited = open_manager_invitations(campaign, at=at).exists()
    if is_invited:
        steps.append(_("A successor is invited, and manages it once they say yes."))
    if stop is not None:
        steps.append(
            _("Whether it goes on is decided in that call.")
            if is_invited
            else _("Ask in that call who is to manage it.")
        )
    elif is_invited:
        steps.append(_("Please speak with the candidate. Let it go on once the successor manages it."))
    else:
        steps.append(_("Please speak with the candidate, invite a manager, and then let it go on."))
    return steps


def render_safe_phone_changed(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager that the phone for the day on which the email is lost has changed."""
    campaign = find_campaign_of_notice(notice)
    if campaign is None or notice.recipient is None or not is_manager(notice.recipient, campaign):
        return None
    if not Filing.objects.filter(campaign=campaign).exclude(safe_phone="").exists():
        return CAMPAIGN_FILING.link(
            _("We have no phone for an emergency"),
            _(
                "Hello,\n\nthe phone on which we reach you when your email is lost was that of a person who no longer "
                "acts for your campaign, so we have deleted it. Give us another one now. If you did not expect this, "
                "write to us at once."
            ),
            campaign.public_id,
        )
    return CAMPAIGN_FILING.link(
        _("The phone on which we reach you has changed"),
        _(
            "Hello,\n\nthe phone on which we reach you when your email is lost was changed. If it was you or a "
            "colleague, you need do nothing. If it was none of you, correct it, and write to us at once."
        ),
        campaign.public_id,
    )
