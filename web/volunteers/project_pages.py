"""The page of a project, from the volunteer's yes on."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.api.current_user import get_current_user
from core.enums import AccessPoint, NoticeTopic, ViewerKind
from core.models import User
from core.notifications.muted_topics import list_muted_topics
from core.privacy.contact_logging import render_with_contacts
from matching.lifecycle.queries.own_matches import count_weeks_of_work, find_own_match, find_state_dates
from matching.lifecycle.queries.problem_reports import find_own_open_report
from matching.lifecycle.queries.unread_messages import list_unread_messages
from matching.lifecycle.queries.vetoes import may_rule_out
from matching.models import Match, ProblemReport
from matching.rules.states import STATES_CONTACT_SHARED, STATES_ENDED_EARLY, STATES_MESSAGING_OPEN, MatchState
from web.design.components import Link
from web.volunteers.ended_match_pages import render_end
from web.volunteers.match_words import describe_campaign, describe_part, describe_report_day, list_meeting_sentences
from web.volunteers.project_parts import build_state_clock, build_work_context, describe_revocable
from web.volunteers.stage_paths import build_stage_path


@require_safe
def project_page(request: HttpRequest, match: Any) -> HttpResponse:
    """Show a project from the volunteer's yes on: what happens now, the kick-off card, the team, the way out."""
    user, at = get_current_user(request), timezone.now()
    own_match = find_own_match(user, match)
    if own_match is None:
        raise Http404
    if own_match.state == MatchState.OFFERED:
        return redirect("volunteer-offer", match=match)
    if own_match.state in STATES_ENDED_EARLY:
        return render_end(request, own_match, at=at, report=_find_report(user, own_match))
    waits = own_match.state == MatchState.ACCEPTED
    gets_letter = waits and NoticeTopic.PROGRESS not in list_muted_topics(user)
    dates = find_state_dates([own_match])[own_match.pk]
    context = {
        "match": own_match,
        "back": Link(reverse("volunteer-desk"), _("My page")),
        "gets_letter": gets_letter,
        "part": describe_part(own_match, at=at),
        "campaign": describe_campaign(own_match),
        "stages": build_stage_path(own_match, dates, at=at),
        "weeks": count_weeks_of_work(dates),
        "meetings": list_meeting_sentences(own_match, at=at),
        "unread": len(list_unread_messages(user, own_match)),
        "is_open": own_match.state in STATES_MESSAGING_OPEN,
        "clock": build_state_clock(own_match, gets_letter=gets_letter, at=at),
        "first_name": own_match.volunteer.first_name,
        "revocable_until": describe_revocable(own_match, at=at),
        "rest_until": own_match.volunteer.rest_until,
        "may_rule_out": may_rule_out(own_match),
        "is_resting": bool(own_match.volunteer.rest_until and own_match.volunteer.rest_until > at.date()),
    }
    report = _find_report(user, own_match)
    context["report_words"] = describe_report_day(report.answer_due_at, own_match) if report else ""
    if own_match.state in STATES_CONTACT_SHARED:
        context |= build_work_context(own_match, at=at)
    return render_with_contacts(
        request,
        "volunteers/project.html",
        context,
        viewer=user,
        viewer_kind=ViewerKind.VOLUNTEER,
        access_point=AccessPoint.MATCH,
    )


def _find_report(user: User, match: Match) -> ProblemReport | None:
    """Return the reader's own open report; without any the match is not paused."""
    paused: bool = match.paused  # type: ignore[attr-defined]
    return find_own_open_report(user, match) if paused else None
