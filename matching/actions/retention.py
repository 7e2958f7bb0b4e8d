"""What was said about matches that goes by itself when they are long over."""

from datetime import datetime

from django.db.models import Q

from core.privacy.retention import delete_batch
from matching.actions.erasure import unlink_from_arrays
from matching.models import Match, Message, Report
from matching.rules import LIVE
from volunteers.models import Volunteer


def messages(before: datetime, at: datetime, most: int) -> int:
    """What the two sides wrote to each other."""
    over = Match.objects.filter(moved_at__lte=before).exclude(state__in=LIVE)
    return delete_batch(Message.objects.filter(match__in=over), most)


def notes(before: datetime, at: datetime, most: int) -> int:
    """What was added as a match ended."""
    over = Match.objects.filter(moved_at__lte=before).exclude(state__in=LIVE).exclude(note="")
    some = list(over.order_by("pk").values_list("pk", flat=True)[:most])
    Match.objects.filter(pk__in=some).update(note="")
    return len(some)


def reports(before: datetime, at: datetime, most: int) -> int:
    """What was reported, and what was found; that there was a report stays."""
    told = Report.objects.filter(~Q(text="") | ~Q(outcome="—"), handled_at__lte=before)
    some = list(told.order_by("pk").values_list("pk", flat=True)[:most])
    Report.objects.filter(pk__in=some).update(text="", outcome="—")
    return len(some)


def arrays(before: datetime, at: datetime, most: int) -> int:
    """The numbers of people who were erased while a run was going on that had looked at them before.

    The arrays themselves go after the days that the policy says (`runs.delete_old_arrays`).
    """
    gone = Volunteer.objects.filter(erased_at__gt=before).values_list("pk", flat=True)
    unlink_from_arrays(set(gone))
    return 0
