"""Delete or clear what was written about matches that are long over."""

from datetime import datetime

from django.db.models import Q

from campaigns.models import Request
from core.privacy.retention import delete_batch
from matching.models import DutyShift, IncidentWatch, Interest, Match, Message, ProblemReport, ReviewClaim
from matching.rules.states import STATES_NOT_OVER
from matching.runs.actions.arrays import unlink_volunteers_from_arrays
from volunteers.models import Volunteer


def delete_old_messages(expired_before: datetime, at: datetime, limit: int) -> int:
    """Delete the messages of matches that ended before `expired_before`. Return how many."""
    ended_matches = Match.objects.filter(state_changed_at__lte=expired_before).exclude(state__in=STATES_NOT_OVER)
    return delete_batch(Message.objects.filter(match__in=ended_matches), limit)


def delete_old_interests(expired_before: datetime, at: datetime, limit: int) -> int:
    """Delete interests that ended before `expired_before`. Return how many."""
    return delete_batch(Interest.objects.filter(ended_at__lte=expired_before), limit)


def delete_old_duty_shifts(expired_before: datetime, at: datetime, limit: int) -> int:
    """Delete duty shifts that ended before `expired_before`. Return how many."""
    return delete_batch(DutyShift.objects.filter(ends_at__lte=expired_before), limit)


def delete_lapsed_review_claims(expired_before: datetime, at: datetime, limit: int) -> int:
    """Delete claims of teams that lapsed before `expired_before`. Return how many."""
    return delete_batch(ReviewClaim.objects.filter(lapses_at__lte=expired_before), limit)


def delete_old_incident_watches(expired_before: datetime, at: datetime, limit: int) -> int:
    """Delete who had an incident that was told to all, or due to be, before `expired_before`. Return how many.

    One that is open still keeps its row.
    """
    old = IncidentWatch.objects.filter(all_told_due_at__lte=expired_before)
    return delete_batch(old.exclude(incident__state=Request.State.PUBLISHED), limit)


def clear_old_notes(expired_before: datetime, at: datetime, limit: int) -> int:
    """Clear the notes of matches that ended before `expired_before`. Return how many."""
    ended_matches = (
        Match.objects.filter(state_changed_at__lte=expired_before).exclude(state__in=STATES_NOT_OVER).exclude(note="")
    )
    batch = list(ended_matches.order_by("pk").values_list("pk", flat=True)[:limit])
    Match.objects.filter(pk__in=batch).update(note="")
    return len(batch)


def clear_old_problem_reports(expired_before: datetime, at: datetime, limit: int) -> int:
    """Clear the texts of problem reports closed before `expired_before`, and keep the rest. Return how many."""
    reports = ProblemReport.objects.filter(~Q(text="") | ~Q(outcome="—"), handled_at__lte=expired_before)
    batch = list(reports.order_by("pk").values_list("pk", flat=True)[:limit])
    ProblemReport.objects.filter(pk__in=batch).update(text="", outcome="—")
    return len(batch)


def unlink_erased_from_arrays(expired_before: datetime, at: datetime, limit: int) -> int:
    """Unlink volunteers erased since `expired_before` from the arrays of runs, and return 0.

    A run that was going on during an erasure may have stored their ids afterwards. The arrays themselves are deleted by
    `delete_expired_arrays`.
    """
    erased_ids = Volunteer.objects.filter(erased_at__gt=expired_before).values_list("pk", flat=True)
    unlink_volunteers_from_arrays(set(erased_ids))
    return 0
