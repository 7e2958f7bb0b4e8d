"""What stands above a page of a campaign, if the campaign does not stand as usual."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.candidate_queries import CandidateStanding, has_ever_published
from campaigns.models import Campaign, Member
from campaigns.queries import EDITOR_POSITIONS
from core.accounts.mfa import list_authenticators
from core.notifications.moments import describe_moment
from matching.lifecycle.queries.placements import count_silences, count_silences_left
from web.campaigns.candidate_words import build_stop_notice


def build_campaign_notice(
    campaign: Campaign, member: Member, standing: CandidateStanding, *, zone: str, at: datetime
) -> dict[str, Any] | None:
    """Return what stands above everything else: where the campaign stands, if it is not as usual."""
    if campaign.state == Campaign.State.ENDED:
        text = _("Nobody new is asked. The people who worked for you hand over what they made.")
        return {"title": _("This campaign is over"), "text": text}
    if standing.open_stop is not None:
        return build_stop_notice(standing.open_stop, has_projects=has_ever_published(campaign), zone=zone, at=at)
    if campaign.state == Campaign.State.UNVERIFIED:
        return {
            "title": _("We make sure who you are"),
            "text": _list_open_things(campaign, member, standing, zone=zone),
        }
    if campaign.paused_at is not None:
        text = _("People said yes and waited in vain, or nobody manages this campaign. Who is at work goes on.")
        return {"kind": "warn", "title": _("We have stopped asking people for you"), "text": text, "asks_help": True}
    if member.position not in EDITOR_POSITIONS:
        text = _("The manager and the staff see people. You see how many places are taken.")
        return {"title": _("You keep the books here"), "text": text}
    return _warn_of_silence(campaign)


def _list_open_things(campaign: Campaign, member: Member, standing: CandidateStanding, *, zone: str) -> str:
    """Return in one sentence all that is missing before the campaign sees people. The heading of the desk counts."""
    if campaign.answer_due_at is not None and campaign.answer_due_at <= timezone.now():
        until = describe_moment(campaign.answer_due_at, zone)
        return _("We meant to call you by %(until)s, and are late. We have been reminded.") % {"until": until}
    call = _("our call at the number in your public filing")
    if campaign.answer_due_at is not None:
        call = _("our call (by %(until)s)") % {"until": describe_moment(campaign.answer_due_at, zone)}
    lacks_yes = standing.link is None or standing.link.consented_at is None
    lacks_factor = not list_authenticators(member.user).exists()
    if lacks_yes and lacks_factor:
        text = _("Still open: %(call)s, the candidate’s yes, and your extra sign-in protection.")
    elif lacks_yes:
        text = _("Still open: %(call)s, and the candidate’s yes.")
    elif lacks_factor:
        text = _("Still open: %(call)s, and your extra sign-in protection.")
    else:
        text = _("Still open: %(call)s.")
    return text % {"call": call}


def _warn_of_silence(campaign: Campaign) -> dict[str, Any] | None:
    silences = count_silences(campaign)
    if not silences:
        return None
    title = ngettext(
        "%(count)d person waited for your answer in vain",
        "%(count)d people in a row waited for your answer in vain",
        silences,
    )
    left = count_silences_left(campaign)
    text = ngettext(
        "If it happens %(count)d more time, we stop asking people for you until we have spoken.",
        "If it happens %(count)d more times, we stop asking people for you until we have spoken.",
        left,
    )
    return {"kind": "warn", "title": title % {"count": silences}, "text": text % {"count": left}}
