"""What matching adds to the boot answer: the calendar feed, and matches, incidents and reports that wait."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.accounts.boot_parts import BootPart, register_boot_part
from core.accounts.waiting_work import WaitingWork, WorkAudience, register_waiting_work
from core.models import User
from matching.lifecycle.queries.calendar import find_feed_opening
from matching.lifecycle.queries.duty import false_alarms_visible_to, untaken_incidents_visible_to
from matching.lifecycle.queries.matches import matches_offered_to, matches_visible_to, placements_visible_to
from matching.lifecycle.queries.problem_reports import problem_reports_visible_to
from matching.models import Match, ProblemReport
from matching.rules.duty_limits import INCIDENT_TAKEN_WITHIN
from matching.rules.states import MatchState


class CalendarFeedSerializer(serializers.Serializer[Any]):
    """Whether the caller's calendar feed is open. Its address was shown when it was opened, and never again."""

    is_open = serializers.BooleanField(help_text="Whether calendar programs can read it.")
    opened_at = serializers.DateTimeField(
        allow_null=True, help_text="When its address was made; null if it is closed, or has ended."
    )


def read_calendar_feed(user: User) -> dict[str, datetime | bool | None]:
    """Return whether a user's calendar feed is open, and since when."""
    opened_at = find_feed_opening(user)
    return {"is_open": opened_at is not None, "opened_at": opened_at}


def _offers_to(user: User) -> "QuerySet[Match]":
    return matches_offered_to(user).filter(state=MatchState.OFFERED)


def _acceptances_to_confirm(user: User) -> "QuerySet[Match]":
    return placements_visible_to(user).filter(state=MatchState.ACCEPTED, campaign_asked_at__isnull=False)


def _proposals_to_review(user: User) -> "QuerySet[Match]":
    return matches_visible_to(user).filter(state=MatchState.PROPOSED)


def _reports_to_handle(user: User) -> "QuerySet[ProblemReport]":
    return problem_reports_visible_to(user).filter(handled_at=None).exclude(reported_by=user)


register_boot_part(
    "calendar_feed",
    BootPart(
        description="Whether my calendar feed is open.", serializer=CalendarFeedSerializer, read=read_calendar_feed
    ),
)
register_waiting_work(
    "offers",
    WaitingWork(
        label=_("Offers"),
        description="Offers that I have not answered.",
        audience=WorkAudience.EVERYBODY,
        rows=_offers_to,
        needed_part="profile",
    ),
)
register_waiting_work(
    "acceptances",
    WaitingWork(
        label=_("People to confirm"),
        description="People who have said yes and wait for the answer of a campaign that I act for.",
        audience=WorkAudience.CAMPAIGN,
        rows=_acceptances_to_confirm,
        needed_part="memberships",
        is_overdue=lambda at: Q(due_at__lte=at),
        due_at="due_at",
    ),
)
register_waiting_work(
    "proposals",
    WaitingWork(
        label=_("Proposals"),
        description="Proposals that wait for a reviewer.",
        audience=WorkAudience.REVIEWER,
        rows=_proposals_to_review,
        is_overdue=lambda at: Q(escalated_at__isnull=False) | Q(due_at__lte=at),
        due_at="due_at",
        admin_list="desk:teams",
    ),
)
register_waiting_work(
    "incidents",
    WaitingWork(
        label=_("Incidents"),
        description="Open incidents that no reviewer has taken.",
        audience=WorkAudience.REVIEWER,
        rows=untaken_incidents_visible_to,
        is_overdue=lambda at: Q(published_at__lte=at - INCIDENT_TAKEN_WITHIN),
        due_at=F("published_at") + INCIDENT_TAKEN_WITHIN,
        admin_list="admin:campaigns_request_changelist",
        admin_query=lambda user: "emergency__exact=1&state__exact=published",
    ),
)
register_waiting_work(
    "false_alarms",
    WaitingWork(
        label=_("False alarms to check by phone"),
        description="Incidents that their campaign called off, and about which no reviewer has called it yet.",
        audience=WorkAudience.REVIEWER,
        rows=false_alarms_visible_to,
        is_overdue=lambda at: Q(watch__call_due_at__lte=at),
        due_at="watch__call_due_at",
        admin_list="admin:campaigns_request_changelist",
        admin_query=lambda user: "call=due",
    ),
)
register_waiting_work(
    "reports",
    WaitingWork(
        label=_("Reports"),
        description="Problem reports that wait for a reviewer.",
        audience=WorkAudience.REVIEWER,
        rows=_reports_to_handle,
        is_overdue=lambda at: Q(answer_due_at__lte=at),
        due_at="answer_due_at",
        admin_list="admin:matching_problemreport_changelist",
    ),
)
