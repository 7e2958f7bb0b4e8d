"""The first page of campaign staff: which campaign, and what waits in it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from campaigns.candidate_queries import CandidateStanding, find_candidate_standing
from campaigns.fill_counts import attach_fill_counts
from campaigns.models import Campaign, Member
from campaigns.queries import EDITOR_POSITIONS, list_memberships, list_shown_requests, list_unpublished_requests
from core.api.current_user import get_current_user
from core.notifications.moments import describe_moment
from matching.lifecycle.queries.placements import (
    count_silences,
    count_silences_left,
    list_own_open_reports,
    list_people,
)
from matching.lifecycle.queries.unread_messages import count_unread_messages
from web.campaigns.candidate_words import build_stop_notice, describe_candidate
from web.campaigns.desk import (
    MAX_WAITING_SHOWN,
    list_draft_links,
    list_ended_rows,
    list_project_blocks,
    list_waiting_cards,
)
from web.campaigns.plan_pages import find_unstored_way_on

FALLBACK_ZONE = "America/New_York"
"""The zone of a campaign without a project, as in a new project."""


@require_safe
def choose_campaign(request: HttpRequest) -> HttpResponse:
    """Lead to the reader's campaign, or let them choose between several."""
    memberships = list(list_memberships(get_current_user(request)))
    if not memberships:
        raise Http404
    if len(memberships) == 1:
        return redirect("campaign-desk", campaign_id=memberships[0].campaign.public_id)
    return render(request, "campaigns/choose.html", {"memberships": memberships})


@require_safe
def desk_page(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Show what waits for a campaign and who works for it, to the people who act for it."""
    user, at = get_current_user(request), timezone.now()
    member = list_memberships(user).filter(campaign__public_id=campaign_id).first()
    if member is None:
        raise Http404
    campaign, is_editor = member.campaign, member.position in EDITOR_POSITIONS
    projects = list(list_shown_requests(campaign))
    attach_fill_counts(projects, reader=user)
    people = list_people(user, campaign)
    unread = count_unread_messages(user)
    zone, standing = projects[0].time_zone if projects else FALLBACK_ZONE, find_candidate_standing(campaign)
    waiting = list_waiting_cards(campaign, people, list_own_open_reports(user, campaign), unread, at=at)
    context = {
        "campaign": campaign,
        "member": member,
        "heading": _describe_waiting(len(waiting)),
        "waiting": waiting[:MAX_WAITING_SHOWN],
        "more_count": max(0, len(waiting) - MAX_WAITING_SHOWN),
        "blocks": list(list_project_blocks(campaign, projects, people, unread, is_editor=is_editor)),
        "has_asked": bool(projects),
        "drafts": list_draft_links(campaign, list_unpublished_requests(campaign)) if is_editor else [],
        "way_on": find_unstored_way_on(request, at=at) if is_editor else "",
        "ended": list_ended_rows(campaign, people),
        "sees_people": is_editor,
        "may_plan": is_editor and campaign.state != Campaign.State.ENDED,
        "may_change_filing": campaign.state == Campaign.State.UNVERIFIED and member.position == Member.Position.MANAGER,
        "notice": _build_notice(campaign, member, standing, zone=zone, at=at),
        "candidate": describe_candidate(campaign, standing, zone=zone, at=at),
    }
    return render(request, "campaigns/desk.html", context)


def _describe_waiting(count: int) -> str:
    if not count:
        return _("Nothing waits for you")
    return ngettext("%(count)d thing waits for you", "%(count)d things wait for you", count) % {"count": count}


def _build_notice(
    campaign: Campaign, member: Member, standing: CandidateStanding, *, zone: str, at: datetime
) -> dict[str, Any] | None:
    """Return what stands above everything else: where the campaign stands, if it is not as usual."""
    if campaign.state == Campaign.State.ENDED:
        text = _("Nobody new is asked. The people who worked for you hand over what they made.")
        return {"title": _("This campaign is over"), "text": text}
    if standing.open_stop is not None:
        return build_stop_notice(standing.open_stop, zone=zone, at=at)
    if campaign.state == Campaign.State.UNVERIFIED:
        return {"title": _("We make sure who you are"), "text": _describe_call(campaign, zone=zone)}
    if campaign.paused_at is not None:
        text = _("People said yes and waited in vain, or nobody manages this campaign. Who is at work goes on.")
        return {"kind": "warn", "title": _("We have stopped asking people for you"), "text": text, "asks_help": True}
    if member.position not in EDITOR_POSITIONS:
        text = _("The manager and the staff see people. You see how many places are taken.")
        return {"title": _("You keep the books here"), "text": text}
    return _warn_of_silence(campaign)


def _describe_call(campaign: Campaign, *, zone: str) -> str:
    later = _("People are shown to you after that.")
    if campaign.answer_due_at is None:
        return _("We call the number in your public filing.") + " " + later
    until = describe_moment(campaign.answer_due_at, zone)
    if campaign.answer_due_at <= timezone.now():
        return _("We meant to call you by %(until)s, and are late. We have been reminded.") % {"until": until}
    text = _("We call you by %(until)s, at the number in your public filing.") % {"until": until}
    return f"{text} {later}"


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
