"""The page of a match that ended before its work was done."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.notifications.moments import describe_day
from matching.lifecycle.queries.own_matches import find_state_dates
from matching.lifecycle.queries.vetoes import may_rule_out
from matching.lifecycle.volunteer_explanations import describe_end
from matching.models import Match, ProblemReport
from matching.rules.states import MatchState
from web.design.components import Link
from web.volunteers.match_words import describe_report_day
from web.volunteers.stage_paths import build_stage_path


def render_end(
    request: HttpRequest, match: Match, *, at: Any, status: int = HTTPStatus.OK, report: ProblemReport | None = None
) -> HttpResponse:
    """Return the page of a match that ended before its work was done; `report` is the reader's own open one."""
    dates = find_state_dates([match])[match.pk]
    context = {
        "match": match,
        "back": Link(reverse("volunteer-desk"), _("My page")),
        "end": describe_end(match),
        "day": describe_day(match.state_changed_at, match.volunteer.time_zone),
        "stages": build_stage_path(match, dates, at=at),
        "is_reportable": MatchState.ACCEPTED in dates,
        "may_rule_out": may_rule_out(match),
        "report_words": describe_report_day(report.answer_due_at, match) if report else "",
    }
    return render(request, "volunteers/ended.html", context, status=status)
