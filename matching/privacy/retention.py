"""What was said about matches that goes by itself when they are long over."""

from datetime import datetime

from django.db.models import Q

from core.privacy.retention import delete_batch
from matching.models import Match, Message, ProblemReport
from matching.rules.states import STATES_NOT_OVER
from matching.runs.actions.arrays import unlink_volunteers_from_arrays
from volunteers.models import Volunteer


def delete_old_messages(before: datetime, at: datetime, most: int) -> int:
    """What the two sides wrote to each other."""
    over = Match.objects.filter(state_changed_at__lte=before).exclude(state__in=STATES_NOT_OVER)
    return delete_batch(Message.objects.filter(match__in=over), most)


def clear_old_notes(before: datetime, at: datetime, most: int) -> int:
    """What was added as a match ended."""
    over = Match.objects.filter(state_changed_at__lte=before).exclude(state__in=STATES_NOT_OVER).exclude(note="")
    some = list(over.order_by("pk").values_list("pk", flat=True)[:most])
    Match.objects.filter(pk__in=some).update(note="")
    return len(some)


def clear_old_problem_reports(before: datetime, at: datetime, most: int) -> int:
    """What was reported, and what was found; that there was a report stays."""
    told = ProblemReport.objects.filter(~Q(text="") | ~Q(outcome="—"), handled_at__lte=before)
    some = list(told.order_by("pk").values_list("pk", flat=True)[:most])
    ProblemReport.objects.filter(pk__in=some).update(text="", outcome="—")
    return len(some)


def unlink_erased_from_arrays(before: datetime, at: datetime, most: int) -> int:
    """The numbers of people who were erased while a run was going on that had looked at them before.

    The arrays themselves go after the days that the policy says (`runs.delete_old_arrays`).
    """
    gone = Volunteer.objects.filter(erased_at__gt=before).values_list("pk", flat=True)
    unlink_volunteers_from_arrays(set(gone))
    return 0
