"""Select problem reports: those that a reviewer may handle, and a user's own."""

from collections.abc import Iterable

from django.db.models import QuerySet

from core.models import User
from matching.lifecycle.queries.matches import matches_visible_to
from matching.models import Match, ProblemReport


def problem_reports_visible_to(user: User) -> "QuerySet[ProblemReport]":
    """Return the reports that a reviewer may handle: those of contests in which they have no part."""
    visible = matches_visible_to(user) if user.is_reviewer else Match.objects.none()
    return ProblemReport.objects.filter(match__in=visible.values("pk")).select_related(
        "match__volunteer", "match__request__campaign"
    )


def list_own_open_reports(user: User, matches: Iterable[Match]) -> "dict[int, ProblemReport]":
    """Return a user's own reports about these matches that are not handled yet, by the ids of the matches."""
    reports = ProblemReport.objects.filter(match__in=list(matches), reported_by=user, handled_at=None)
    return {report.match_id: report for report in reports.order_by("-pk")}


def find_own_open_report(user: User, match: Match) -> ProblemReport | None:
    """Return a user's own report about a match that is not handled yet."""
    return match.reports.filter(reported_by=user, handled_at=None).first()
