"""Watch over an incident: page the reviewers on duty, then all others, until one says “I have it”.

The row `IncidentWatch` says when all are told, and who has it. So a sweep may come late, or twice.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.reviewers import check_may_review_campaign, reach_reviewers
from campaigns.models import Request
from core.database_trouble import leaving_locked_rows
from core.errors import WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.notifications import notify_about_request
from matching.lifecycle.queries.duty import find_incident_owner, list_reviewers_on_duty
from matching.models import IncidentWatch
from matching.rules.duty_limits import UNTAKEN_INCIDENT_TOLD_AFTER
from matching.rules.notice_types import MatchingNotice

_BATCH_SIZE = 500
_WATCH_ROWS = ("incident__campaign__candidate__contest", "reviewer")


def start_incident_watch(incident: Request, *, at: datetime, letter_at: datetime) -> None:
    """Tell the reviewers on duty of a new incident; all of them if none of those is without a part in its contest.

    `letter_at` is when the letter leaves. From then on the time runs after which all the others are told.
    """
    reviewers = reach_reviewers(incident.campaign.candidate.contest, at=at)
    on_duty = list_reviewers_on_duty(incident, at=letter_at)
    IncidentWatch.objects.create(
        incident=incident,
        all_told_due_at=letter_at + UNTAKEN_INCIDENT_TOLD_AFTER,
        all_told_at=None if on_duty else at,
    )
    notify_about_request(MatchingNotice.INCIDENT, incident, on_duty or reviewers, at=at, due_at=letter_at)


def tell_all_of_untaken_incidents(*, at: datetime, most: int = _BATCH_SIZE) -> int:
    """Tell all reviewers of each open incident that none of them has in time; return of how many incidents.

    Those on duty were told already: the cause of a notice is the same.
    """
    due = IncidentWatch.objects.filter(
        all_told_at=None, all_told_due_at__lte=at, incident__state=Request.State.PUBLISHED
    ).select_related(*_WATCH_ROWS)
    told = 0
    for pk in list(due.order_by("all_told_due_at", "pk").values_list("pk", flat=True)[:most]):
        with leaving_locked_rows(), transaction.atomic():
            watch = due.filter(pk=pk).select_for_update(no_key=True, of=("self",)).first()
            if watch is None or find_incident_owner(watch) is not None:
                continue
            IncidentWatch.objects.filter(pk=pk).update(all_told_at=at)
            people = reach_reviewers(watch.incident.campaign.candidate.contest, at=at)
            notify_about_request(MatchingNotice.INCIDENT, watch.incident, people, at=at)
            told += 1
    return told


@transaction.atomic
def take_incident(*, actor: User, incident: Request, at: datetime) -> IncidentWatch:
    """Say “I have it” of an open incident. Its later notices go to this reviewer alone.

    The reviewer who had it before is told. Taking it twice changes nothing. Raises NotAllowed (not a reviewer, or a
    part in the contest), WrongState (no incident, or it is over).
    """
    check_may_review_campaign(actor, incident.campaign)
    lock_rows(requests=[incident.pk])
    incident = Request.objects.select_related("campaign__candidate").get(pk=incident.pk)
    if not incident.emergency or incident.state != Request.State.PUBLISHED:
        raise WrongState(_("This is no open incident any more, so there is nothing to take. Read on its page why."))
    watch = find_or_create_watch(incident, at=at)
    previous = watch.reviewer
    if previous != actor:
        watch.reviewer, watch.taken_at = actor, watch.taken_at or at
        watch.save(update_fields=["reviewer", "taken_at"])
        if previous is not None:
            _notify_of_take_over(previous, incident, at=at)
    return watch


def find_or_create_watch(incident: Request, *, at: datetime) -> IncidentWatch:
    """Return the watch over an incident. One from before there were watches was told to all at once."""
    first = {"all_told_due_at": at, "all_told_at": at}
    watch, _created = IncidentWatch.objects.get_or_create(incident=incident, defaults=first)
    return watch


def _notify_of_take_over(previous: User, incident: Request, *, at: datetime) -> None:
    """Tell a reviewer that another one has the incident now; once an hour, however often it changes hands."""
    kind = MatchingNotice.INCIDENT_TAKEN_OVER
    cause = f"{kind}:{incident.public_id}:{previous.pk}:{at:%Y%m%d%H}"
    enqueue_notice(to=previous, kind=kind, cause=cause, subjects={"request": str(incident.public_id)}, at=at)


def notify_watching_reviewers(kind: str, incident: Request, *, at: datetime) -> None:
    """Enqueue a notice about an incident to the reviewer who has it; if there is none, to those who know of it.

    These are the reviewers on duty, until all are told. Of its end all hear in any case: a stolen session could have
    called it off within these minutes.
    """
    watch = IncidentWatch.objects.select_related(*_WATCH_ROWS).filter(incident=incident).first()
    people = _list_watching_reviewers(watch, is_over=kind == MatchingNotice.INCIDENT_CALLED_OFF, at=at)
    people = people or reach_reviewers(incident.campaign.candidate.contest, at=at)
    notify_about_request(kind, incident, people, at=at)


def _list_watching_reviewers(watch: IncidentWatch | None, *, is_over: bool, at: datetime) -> list[User]:
    """Return the one who has it, or those on duty before all are told; an empty list if it concerns all reviewers."""
    if watch is None:
        return []
    owner = find_incident_owner(watch)
    if owner is not None:
        return [owner]
    return [] if is_over or watch.all_told_at else list_reviewers_on_duty(watch.incident, at=at)
