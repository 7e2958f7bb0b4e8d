"""Ask for runs when seats open, a request is published or extended, or a volunteer changes."""

from datetime import datetime
from typing import Any

from campaigns.models import Campaign, Request, Role
from core.task_queue import send_task_on_commit
from matching.rules.task_names import SWEEP_TASK
from matching.runs.actions.automatic_runs import queue_run_for_role, queue_run_for_volunteer
from matching.snapshot.available_volunteers import available_volunteers
from volunteers.models import Volunteer


def on_seats_opened(*, role: Role, at: datetime, **_: Any) -> None:
    """Queue a run for the free seats of a role."""
    queue_run_for_role(role, at=at)


def on_request_published(*, request: Request, at: datetime, **_: Any) -> None:
    """Queue a run for each role of a request, or wake the sweep, which asks volunteers at once, in an emergency."""
    if request.emergency:
        send_task_on_commit(SWEEP_TASK)
    elif request.campaign.state == "verified":
        for role in Role.objects.filter(request=request).select_related("request"):
            queue_run_for_role(role, at=at)


def on_request_extended(*, request: Request, roles: list[Role], at: datetime, **_: Any) -> None:
    """Queue a run for the roles that got more seats."""
    if request.campaign.state == "verified":
        for role in roles:
            queue_run_for_role(role, at=at)


def on_campaign_verified(*, campaign: Campaign, at: datetime, **_: Any) -> None:
    """Treat each request that the campaign has published as published now."""
    for request in Request.objects.filter(campaign=campaign, state=Request.State.PUBLISHED).select_related("campaign"):
        on_request_published(request=request, at=at)


def on_volunteer_updated(*, volunteer: Volunteer, at: datetime, **_: Any) -> None:
    """Queue a run that looks for an empty seat for this volunteer only."""
    if available_volunteers().filter(pk=volunteer.pk).exists():
        queue_run_for_volunteer(volunteer, at=at)
