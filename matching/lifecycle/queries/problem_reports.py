"""Select problem reports: those that a reviewer may handle, and a user's own."""

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


def find_own_open_report(user: User, match: Match) -> ProblemReport | None:
    """Return a user's own report about a match that is not handled yet."""
    return match.reports.filter(reported_by=user, handled_at=None).first()
