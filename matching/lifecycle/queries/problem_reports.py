"""Select the problem reports that a reviewer may handle."""

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
