"""The first page of campaign staff: which campaign, and what waits in it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from campaigns.candidate_queries import find_candidate_standing, list_stopped_ids
from campaigns.fill_counts import attach_fill_counts
from campaigns.member_queries import list_memberships
from campaigns.models import Campaign, Member, Request
from campaigns.queries import EDITOR_POSITIONS
from campaigns.request_queries import list_shown_requests, list_unpublished_requests
from core.api.current_user import get_current_user
from matching.lifecycle.queries.incidents import list_recent_incidents
from matching.lifecycle.queries.placements import list_own_open_reports, list_people
from matching.lifecycle.queries.unread_messages import count_unread_messages
from web.campaigns.campaign_notices import build_campaign_notice
from web.campaigns.candidate_words import describe_candidate
from web.campaigns.desk import (
    MAX_WAITING_SHOWN,
    list_called_off_links,
    list_draft_links,
    list_ended_rows,
    list_project_blocks,
    list_waiting_cards,
)
from web.campaigns.desk_tasks import link_incident, list_beginning_cards, list_ended_reports, list_incident_cards
from web.campaigns.plan_pages import find_unstored_way_on
from web.design.components import Link

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
    acted_for = [member.campaign for member in memberships if member.position in EDITOR_POSITIONS]
    open_reports: dict[int, Link] = {}
    for incident in list_recent_incidents(acted_for, at=timezone.now()):
        if incident.state == Request.State.PUBLISHED:
            campaign = next(one for one in acted_for if one.pk == incident.campaign_id)
            open_reports.setdefault(campaign.pk, Link(link_incident(campaign, incident), _("See where it stands")))
    stopped = list_stopped_ids(member.campaign_id for member in memberships)
    rows = [
        (member, open_reports.get(member.campaign_id), _describe_state(member.campaign, stopped))
        for member in memberships
    ]
    return render(request, "campaigns/choose.html", {"rows": rows})


def _describe_state(campaign: Campaign, stopped: set[int]) -> str:
    is_stopped = campaign.pk in stopped and campaign.state != Campaign.State.ENDED
    return _("Stopped by the candidate") if is_stopped else campaign.get_state_display()


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
    incidents = list_recent_incidents([campaign], at=at) if is_editor else []
    is_stopped = campaign.state != Campaign.State.ENDED and standing.open_stop is not None
    urgent = list_incident_cards(campaign, incidents)
    beginning = list_beginning_cards(campaign, standing, user, zone=zone) if is_editor else []
    context = {
        "campaign": campaign,
        "member": member,
        "heading": _describe_waiting(len(urgent) + len(waiting) + len(beginning), is_stopped=is_stopped),
        "is_stopped": is_stopped,
        "urgent": urgent,
        "waiting": [*waiting[:MAX_WAITING_SHOWN], *beginning],
        "ended_reports": list_ended_reports(campaign, incidents),
        "may_invite": campaign.state != Campaign.State.ENDED
        and not is_stopped
        and member.position == Member.Position.MANAGER,
        "more_count": max(0, len(waiting) - MAX_WAITING_SHOWN),
        "blocks": list(list_project_blocks(campaign, projects, people, unread, is_editor=is_editor)),
        "has_asked": bool(projects),
        "called_off": list_called_off_links(campaign, projects) if is_stopped else [],
        "drafts": list_draft_links(campaign, list_unpublished_requests(campaign)) if is_editor else [],
        "way_on": find_unstored_way_on(request, at=at) if is_editor else "",
        "ended": list_ended_rows(campaign, people),
        "sees_people": is_editor,
        "may_plan": is_editor and campaign.state != Campaign.State.ENDED and not is_stopped,
        "may_change_filing": campaign.state == Campaign.State.UNVERIFIED
        and not is_stopped
        and member.position == Member.Position.MANAGER,
        "notice": build_campaign_notice(campaign, member, standing, zone=zone, at=at),
        "candidate": describe_candidate(campaign, standing, zone=zone, at=at),
    }
    return render(request, "campaigns/desk.html", context)


def _describe_waiting(count: int, *, is_stopped: bool) -> str:
    if not count and is_stopped:
        return _("Everything has stopped")
    if not count:
        return _("Nothing waits for you")
    return ngettext("%(count)d thing waits for you", "%(count)d things wait for you", count) % {"count": count}
