"""Let the candidate stop the campaign that is run in their name, and let a reviewer close the stop after a call.

A stop ends what goes on at once. It does not end the campaign: the link may have fallen into wrong hands. The call to
the number in the public filing decides whether the campaign goes on or is over.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.actions.campaign_ends import end_locked_campaign, lock_campaign_with_requests
from campaigns.actions.campaign_notices import notify_managers
from campaigns.actions.candidate_links import get_candidate_link
from campaigns.actions.reviewers import check_may_review_campaign, reach_reviewers
from campaigns.actions.verification import promise_verification
from campaigns.candidate_queries import find_open_stop
from campaigns.models import Campaign, CandidateLink, CandidateStop, Request
from campaigns.models.candidate_stop import MAX_STOP_TEXT_LENGTH
from campaigns.notice_types import CampaignNotice
from campaigns.signals import campaign_stopped, find_verification_deadline
from core.clock_rules import ONE_DAY
from core.errors import WrongState
from core.field_errors import FieldErrors
from core.models import User
from core.notifications.outbox import enqueue_notice


@transaction.atomic
def stop_campaign(*, token: str, reason: str = "", at: datetime) -> CandidateStop:
    """Stop the campaign at once, as the candidate decides. When repeated, the first time counts.

    What was published is cancelled: offers and work end, volunteers who know of it are informed, and the campaign sees
    none of them any more. Nothing can be published until a reviewer has called, which is promised by a time. Reviewers
    and managers are informed, and a letter confirms it to the candidate. Raises NotFound (not a link of ours, or
    replaced; the campaign is over), Invalid (the reason is too long).
    """
    _check_length("reason", reason)
    campaign, requests = lock_campaign_with_requests(get_candidate_link(token).campaign)
    link = get_candidate_link(token)  # a newer link may have replaced this one while this call waited for the lock
    open_stop = find_open_stop(campaign)
    if open_stop is not None:
        return open_stop
    # A call takes as long as a review.
    answer_due_at = find_verification_deadline(campaign.candidate.contest, at=at) or at + ONE_DAY
    stop = CandidateStop.objects.create(
        campaign=campaign, reason=reason.strip(), stopped_at=at, answer_due_at=answer_due_at
    )
    CandidateLink.objects.filter(pk=link.pk).update(consented_at=None)
    # The promise to verify it is over: its managers hear of the stop instead.
    Campaign.objects.filter(pk=campaign.pk).update(answer_due_at=None, version=F("version") + 1)
    published = [request.pk for request in requests if request.state == Request.State.PUBLISHED]
    Request.objects.filter(pk__in=published).update(state=Request.State.CANCELLED, version=F("version") + 1)
    campaign_stopped.send(Campaign, campaign=campaign, at=at)
    notify_managers(CampaignNotice.CAMPAIGN_STOPPED, campaign, at=at)
    _notify_reviewers(CampaignNotice.STOP_RAISED, stop, at=at)
    enqueue_notice(
        to=link.email,
        kind=CampaignNotice.STOP_CONFIRMED,
        cause=f"{CampaignNotice.STOP_CONFIRMED}:{stop.public_id}",
        subjects={"candidate_link": str(link.public_id)},
        at=at,
    )
    return stop


@transaction.atomic
def close_candidate_stop(*, actor: User, stop: CandidateStop, outcome: str, note: str, at: datetime) -> CandidateStop:
    """Close a stop after the call: the campaign may publish again, or is over. Its managers are informed.

    `note` says who was called and what was said; only reviewers see it. Raises NotAllowed (a part in the contest),
    Invalid (the outcome, no note), WrongState (closed already; the campaign is over, and so cannot go on).
    """
    check_may_review_campaign(actor, stop.campaign)
    errors = FieldErrors()
    if outcome not in CandidateStop.Outcome.values:
        errors.add("outcome", _("Say what follows: does the campaign go on, or is it over?"))
    if not note.strip():
        errors.add("note", _("Write down whom you called, and what was said."))
    with errors.collect():
        _check_length("note", note)
    errors.raise_if_any()
    campaign, requests = lock_campaign_with_requests(stop.campaign)
    is_over = campaign.state == Campaign.State.ENDED
    if is_over and outcome == CandidateStop.Outcome.RESUMED:
        raise WrongState(_("This campaign is over, so it cannot go on. Close the stop as over."))
    closed = {"handled_by": actor, "handled_at": at, "outcome": outcome, "note": note.strip()}
    if not CandidateStop.objects.filter(pk=stop.pk, handled_at=None).update(**closed):
        raise WrongState(_("Another reviewer has closed this stop. Load it again."))
    if outcome == CandidateStop.Outcome.RESUMED:
        promise_verification(campaign, at=at)
    elif not is_over:
        end_locked_campaign(campaign, requests, at=at)
    notify_managers(CampaignNotice.STOP_CLOSED, campaign, at=at)
    stop.refresh_from_db()
    return stop


def escalate_overdue_stops(*, at: datetime) -> int:
    """Remind the reviewers, once, of each stop whose call is past its promised time; return how many."""
    with transaction.atomic():
        overdue = CandidateStop.objects.filter(handled_at=None, escalated_at=None, answer_due_at__lte=at).order_by("pk")
        stops = list(overdue.select_for_update(no_key=True, skip_locked=True, of=("self",)))
        for stop in stops:
            CandidateStop.objects.filter(pk=stop.pk).update(escalated_at=at)
            _notify_reviewers(CampaignNotice.STOP_OVERDUE, stop, at=at)
    return len(stops)


def _notify_reviewers(kind: str, stop: CandidateStop, *, at: datetime) -> None:
    subjects = {"campaign": str(stop.campaign.public_id)}
    for reviewer in reach_reviewers(stop.campaign.candidate.contest, at=at):
        cause = f"{kind}:{stop.public_id}:{reviewer.pk}"
        enqueue_notice(to=reviewer, kind=kind, cause=cause, subjects=subjects, at=at)


def _check_length(field: str, text: str) -> None:
    errors = FieldErrors()
    if len(text) > MAX_STOP_TEXT_LENGTH:
        message = _("This is too long: at most %(limit)s characters. Shorten it.")
        errors.add(field, message % {"limit": MAX_STOP_TEXT_LENGTH})
    errors.raise_if_any()
