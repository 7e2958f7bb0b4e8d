"""Render the letters to a candidate: the one with their link, and the one that confirms their no.

They go to an address and not to an account. `campaigns.notice_texts` registers them. As all letters, they name no
candidate and no campaign: the page behind the link does.
"""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.candidate_queries import find_open_stop
from campaigns.link_tokens import derive_link_token
from campaigns.models import Campaign, CandidateLink
from campaigns.notice_types import CampaignNotice
from campaigns.request_queries import find_campaign_time_zone
from core.models import Notice
from core.notifications.moments import describe_moment, describe_weekday
from core.notifications.notice_types import RenderedNotice


def render_candidate_link(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Give the candidate the link with which they decide who acts in their name."""
    link = _find_link(notice)
    if link is None:
        return None
    is_verified = link.campaign.state == Campaign.State.VERIFIED
    paragraphs = [
        _(
            "Hello,\n\nHandraiser matches political campaigns with volunteers. A campaign has registered here, and "
            "says that it acts for you. We took your address from your public filing to ask you whether it does."
        ),
        _(
            "The page behind this link shows who they are. There you say yes or no, and you can stop everything or "
            "end a person’s access at once, today or later."
        ),
        _("If you say yes, the campaign may go on asking volunteers to help you.")
        if is_verified
        else _("If you say yes, and we have checked the campaign, it may ask volunteers to help you."),
        _("If you do nothing, the campaign goes on as it does now.")
        if is_verified
        else _("If you do nothing, no volunteer is asked until we know by another way that they act for you."),
        _("Keep this letter and show it to no one: the link decides for you. We ask you for no password."),
        *_list_ways_to_call(),
    ]
    return RenderedNotice(_("Please check who acts for you"), "\n\n".join(paragraphs), _find_page(link))


def render_stop_confirmed(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Confirm the candidate's no: when it was, what they wrote, and until when we call."""
    link = _find_link(notice)
    stop = find_open_stop(link.campaign) if link is not None else None
    if link is None or stop is None:
        return None
    zone = find_campaign_time_zone(link.campaign)
    days = {"day": describe_weekday(stop.stopped_at, zone), "until": describe_moment(stop.answer_due_at, zone)}
    paragraphs = [
        _("Hello,\n\nyou said no on %(day)s. Everything has stopped, and no one new is asked in your name.") % days,
        _("We call the number in your public filing by %(until)s.") % days,
        _("What you wrote to us is on the page behind this link.") if stop.reason else "",
        _("If it was not you who said no, tell us when we call."),
        *_list_ways_to_call(),
    ]
    return RenderedNotice(_("You said no, and it has stopped"), "\n\n".join(filter(None, paragraphs)), _find_page(link))


def _find_link(notice: Notice) -> CandidateLink | None:
    """Return the link that the letter is about, while no newer one has replaced it and its campaign goes on."""
    link = CandidateLink.objects.filter(public_id=notice.subjects["candidate_link"]).first()
    return None if link is None or link.campaign.state == Campaign.State.ENDED else link


def _find_page(link: CandidateLink) -> str:
    return reverse("candidate", args=[derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)])


def _list_ways_to_call() -> list[str]:
    phone = settings.OPERATOR["phone"]
    return [_("Do you want to speak with us? Call %(phone)s.") % {"phone": phone}] if phone else []
