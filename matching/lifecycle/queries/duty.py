"""Read who is on duty, and which reviewers watch over an incident."""

from datetime import datetime

from django.db.models import QuerySet

from campaigns.models import Request
from core.conflict_of_interest import is_impartial_reviewer, list_impartial_reviewers, no_part_in_contest
from core.enums import NoticeTopic
from core.models import Mute, User
from matching.models import DutyShift, IncidentWatch


def duty_shifts_visible_to(user: User, *, at: datetime) -> "QuerySet[DutyShift]":
    """Return the shifts that are not over, the next first, for a reviewer; none for others."""
    shifts = DutyShift.objects.filter(ends_at__gt=at) if user.is_reviewer else DutyShift.objects.none()
    return shifts.select_related("reviewer")


def incidents_visible_to(user: User) -> "QuerySet[Request]":
    """Return the incidents of contests in which a reviewer has no part; none for others."""
    incidents = Request.objects.filter(emergency=True, published_at__isnull=False)
    if not user.is_reviewer:
        return incidents.none()
    impartial = no_part_in_contest(user, "campaign__candidate__contest")
    return incidents.filter(impartial).select_related("campaign__candidate")


def untaken_incidents_visible_to(user: User) -> "QuerySet[Request]":
    """Return the open incidents that no reviewer has, of those that a reviewer may see.

    One whose owner has got a part in its contest since counts as taken: to ask that would be a statement for each.
    """
    has_owner = IncidentWatch.objects.filter(reviewer__is_staff=True, reviewer__is_active=True)
    return incidents_visible_to(user).filter(state=Request.State.PUBLISHED).exclude(pk__in=has_owner.values("incident"))


def false_alarms_visible_to(user: User) -> "QuerySet[Request]":
    """Return the false alarms whose campaign is promised a call that no one has made, for a reviewer."""
    return incidents_visible_to(user).filter(watch__call_due_at__isnull=False, watch__called_at=None)


def list_reviewers_on_duty(incident: Request, *, at: datetime) -> list[User]:
    """Return the reviewers on duty at a moment who have no part in the contest of an incident, and mute no such mail.

    One who muted mail about reviews would not be woken, so the others are told in their place.
    """
    running = DutyShift.objects.filter(starts_at__lte=at, ends_at__gt=at)
    muted = Mute.objects.filter(topic=NoticeTopic.REVIEW)
    impartial = list_impartial_reviewers(incident.campaign.candidate.contest_id)
    return list(impartial.filter(pk__in=running.values("reviewer")).exclude(pk__in=muted.values("user")))


def find_incident_owner(watch: IncidentWatch) -> User | None:
    """Return the reviewer who has an incident; None once they are no reviewer, or have a part in its contest."""
    owner, contest_id = watch.reviewer, watch.incident.campaign.candidate.contest_id
    return owner if owner is not None and is_impartial_reviewer(owner, contest_id) else None
