"""Render the notices of a candidate's stop: to reviewers, who call, and to managers, who hear what follows.

`campaigns.notice_texts` registers them.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.candidate_queries import find_latest_stop, find_open_stop, has_ever_published
from campaigns.models import Campaign, CandidateStop
from campaigns.notice_pages import CAMPAIGN_DESK
from campaigns.queries import is_manager, may_review
from campaigns.request_queries import find_campaign_time_zone
from core.models import Notice
from core.notifications.moments import describe_moment
from core.notifications.notice_types import RenderedNotice


def render_stop_raised(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Ask a reviewer to call a candidate who has stopped a campaign, by the time that was promised."""
    stop = _find_stop_to_call(notice)
    if stop is None:
        return None
    text = _(
        "Hello,\n\na candidate has stopped what is done in their name. It may be a mistake, or people who do not act "
        "for them. All that went on has ended, and the candidate was promised a call by %(until)s. Please look up the "
        "number in the public filing by yourself, call it, and write down what follows."
    )
    until = describe_moment(stop.answer_due_at, find_campaign_time_zone(stop.campaign))
    return RenderedNotice(_("A candidate waits for a call"), text % {"until": until}, _admin_page(stop))


def render_stop_overdue(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Remind a reviewer of a candidate who was not called by the promised time."""
    stop = _find_stop_to_call(notice)
    if stop is None:
        return None
    text = _(
        "Hello,\n\na candidate has stopped what is done in their name, and the time by which we promised to call is "
        "over. Please call now: the number is in the public filing."
    )
    return RenderedNotice(_("A candidate still waits for a call"), text, _admin_page(stop))


def render_campaign_stopped(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager that the candidate has stopped the campaign, what has ended, and what comes next."""
    campaign = _find_campaign_of_manager(notice)
    stop = find_open_stop(campaign) if campaign else None
    if campaign is None or stop is None:
        return None
    until = {"until": describe_moment(stop.answer_due_at, find_campaign_time_zone(campaign))}
    sentences = [
        _("Hello,\n\nthe candidate has told us that you do not act for them. So everything has stopped."),
        _("What you had published is called off, and the people who were asked or at work are free.")
        if has_ever_published(campaign)
        else _("You can’t publish a project until we have spoken with them."),
        _("We speak with the candidate first: we call the number in the public filing by %(until)s.") % until,
        _("Then we write to you whether you go on."),
    ]
    return CAMPAIGN_DESK.link(_("Everything has stopped"), " ".join(sentences), campaign.public_id)


def render_stop_closed(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a manager what follows from the call: they may publish again, or it is over."""
    campaign = _find_campaign_of_manager(notice)
    stop = find_latest_stop(campaign) if campaign else None
    if campaign is None or stop is None or stop.handled_at is None:
        return None
    if stop.outcome == CandidateStop.Outcome.ENDED:
        text = _(
            "Hello,\n\nwe have spoken with the candidate, and it is over here: no one is asked any more. If you think "
            "that this is a mistake, write to us."
        )
        return CAMPAIGN_DESK.link(_("It is over here"), text, campaign.public_id)
    text = _("Hello,\n\nwe have spoken with the candidate, and you can go on.")
    if has_ever_published(campaign):
        text += " " + _(
            "What you had published was called off, and its people are free: plan and publish again what you still "
            "need."
        )
    return CAMPAIGN_DESK.link(_("You can go on"), text, campaign.public_id)


def _find_stop_to_call(notice: Notice) -> CandidateStop | None:
    """Return the open stop that the notice is about, if its recipient may close it."""
    campaign = Campaign.objects.filter(public_id=notice.subjects["campaign"]).first()
    if campaign is None or notice.recipient is None or not may_review(notice.recipient, campaign):
        return None
    return find_open_stop(campaign)


def _find_campaign_of_manager(notice: Notice) -> Campaign | None:
    campaign = Campaign.objects.filter(public_id=notice.subjects["campaign"]).first()
    if campaign is None or notice.recipient is None or not is_manager(notice.recipient, campaign):
        return None
    return campaign


def _admin_page(stop: CandidateStop) -> str:
    return reverse("admin:campaigns_candidatestop_change", args=[stop.pk])
