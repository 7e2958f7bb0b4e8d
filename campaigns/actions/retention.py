"""Delete what campaigns stored once its time is over."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from campaigns.actions.invitations import close_invitations
from campaigns.models import (
    Campaign,
    CandidateAddress,
    CandidateLink,
    CandidateStop,
    Filing,
    KeptPlan,
    MemberInvitation,
    ReplacedCandidateLink,
    Request,
)
from core.privacy.retention import delete_batch


def delete_old_invitations(cutoff: datetime, at: datetime, limit: int) -> int:
    """Close expired invitations, which empties their address, and delete those that ended long ago."""
    close_invitations(MemberInvitation.objects.filter(expires_at__lte=at), at=at)
    return delete_batch(MemberInvitation.objects.filter(Q(used_at__lte=cutoff) | Q(revoked_at__lte=cutoff)), limit)


def delete_old_candidate_links(cutoff: datetime, at: datetime, limit: int) -> int:
    """Delete candidates' links, with their addresses, once the election is over."""
    is_over = _is_election_over(cutoff)
    models = CandidateLink, CandidateAddress, ReplacedCandidateLink
    return max(delete_batch(model._default_manager.filter(is_over), limit) for model in models)


def delete_old_candidate_stops(cutoff: datetime, at: datetime, limit: int) -> int:
    """Delete what candidates stopped, with their reasons, once the election is over."""
    return delete_batch(CandidateStop.objects.filter(_is_election_over(cutoff)), limit)


def delete_old_filings(cutoff: datetime, at: datetime, limit: int) -> int:
    """Delete how a campaign was checked, with its phones, once the election is over."""
    return delete_batch(Filing.objects.filter(_is_election_over(cutoff)), limit)


def delete_old_kept_plans(cutoff: datetime, at: datetime, limit: int) -> int:
    """Delete plans that their writers have left alone."""
    return delete_batch(KeptPlan.objects.filter(kept_at__lte=cutoff), limit)


def _is_election_over(cutoff: datetime) -> Q:
    """Return the condition that the election of a row's campaign was before the cutoff."""
    return Q(campaign__candidate__contest__election_on__lte=cutoff.date())


@transaction.atomic
def clear_old_briefs(cutoff: datetime, at: datetime, limit: int) -> int:
    """Empty what is confidential about a request that is over: its brief, its channel and its contact."""
    ended = Request.objects.filter(
        Q(contact__isnull=False) | ~Q(brief="") | ~Q(channel=""),
        Q(state__in=(Request.State.CLOSED, Request.State.CANCELLED)) | Q(campaign__state=Campaign.State.ENDED),
        ends_on__lte=cutoff.date(),
    )
    # Locked in ascending order, as in every action that locks several requests.
    ids = list(ended.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True)[:limit])
    emptied = {"brief": "", "channel": "", "contact": None}
    Request.objects.filter(pk__in=ids).update(**emptied, version=F("version") + 1)
    return len(ids)
