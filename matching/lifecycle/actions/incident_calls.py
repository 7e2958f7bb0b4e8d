"""Call a campaign after a false alarm, to make sure that it was the campaign that called the incident off.

The row `IncidentWatch` holds until when the call is promised, and who made it.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.actions.reviewers import check_may_review_campaign
from campaigns.models import Campaign, Request
from campaigns.signals import find_verification_deadline
from core.clock_rules import ONE_DAY
from core.errors import WrongState
from core.models import User
from matching.lifecycle.actions.incident_watch import find_or_create_watch
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.notifications import notify_reviewers_about_request
from matching.models import IncidentWatch
from matching.rules.notice_types import MatchingNotice


def promise_call(incident: Request, *, at: datetime) -> None:
    """Store until when its campaign is called after it has called the locked incident off.

    A campaign that waits to be verified is called by the date that it was promised already.
    """
    campaign = incident.campaign
    due_at = find_verification_deadline(campaign.candidate.contest, at=at) or at + ONE_DAY
    if campaign.state == Campaign.State.UNVERIFIED and campaign.answer_due_at and campaign.answer_due_at > at:
        due_at = campaign.answer_due_at
    watch = find_or_create_watch(incident, at=at)
    IncidentWatch.objects.filter(pk=watch.pk, call_due_at=None).update(call_due_at=due_at)


@transaction.atomic
def record_incident_call(*, actor: User, incident: Request, at: datetime) -> IncidentWatch:
    """Say “I called” of a false alarm. The campaign reads when. Saying it twice changes nothing.

    Raises NotAllowed (not a reviewer, or a part in the contest), WrongState (no call is promised).
    """
    check_may_review_campaign(actor, incident.campaign)
    lock_rows(requests=[incident.pk])
    IncidentWatch.objects.filter(incident=incident, call_due_at__isnull=False, called_at=None).update(
        called_at=at, called_by=actor
    )
    watch = IncidentWatch.objects.select_related("incident").filter(incident=incident).first()
    if watch is None or watch.called_at is None:
        raise WrongState(_("No call is promised here: the campaign has not called this off as a false alarm."))
    return watch


def escalate_overdue_calls(*, at: datetime) -> int:
    """Remind the reviewers, once, of each call after a false alarm that is past its promised time; return how many."""
    with transaction.atomic():
        overdue = IncidentWatch.objects.filter(called_at=None, call_escalated_at=None, call_due_at__lte=at)
        watches = list(
            overdue.select_related("incident__campaign__candidate__contest")
            .order_by("pk")
            .select_for_update(no_key=True, skip_locked=True, of=("self",))
        )
        for watch in watches:
            IncidentWatch.objects.filter(pk=watch.pk).update(call_escalated_at=at)
            notify_reviewers_about_request(MatchingNotice.INCIDENT_CALL_OVERDUE, watch.incident, at=at)
    return len(watches)
