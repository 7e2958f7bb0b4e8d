"""Let the candidate decide about the campaign that is run in their name, with a link of their own.

A reviewer looks the address up in the public filing and sends the link there; the campaign's managers have no hand in
it. The link is the proof; no account is needed.
"""

from datetime import datetime
from uuid import uuid4

import structlog
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.actions.reviewers import check_may_review_campaign, check_no_reviewers_address, check_not_own_address
from campaigns.candidate_queries import find_candidate_link, find_open_stop
from campaigns.daily_limits import MAX_CANDIDATE_LINKS_PER_CAMPAIGN_PER_DAY
from campaigns.link_tokens import LINK_REPLACED_TEXT, derive_link_token, hash_link_token
from campaigns.models import Campaign, CandidateAddress, CandidateLink, ReplacedCandidateLink
from campaigns.notice_types import CampaignNotice
from core.daily_limits import count_within_day
from core.email_addresses import normalize_address
from core.errors import NotFound, WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice

log = structlog.get_logger(__name__)


@transaction.atomic
def send_candidate_link(*, actor: User, campaign: Campaign, email: str, at: datetime) -> CandidateLink:
    """Enqueue the mail with a new link to the address in the candidate's filing. An older link stops working.

    A reviewer with no part in the contest sends it, and neither to themselves nor to another reviewer. The account
    that has the address has a part in the contest from now on, also after a later link went elsewhere. Raises
    NotAllowed, Invalid (the address), TooManyRequests, WrongState (the campaign is over).
    """
    check_may_review_campaign(actor, campaign)
    email = normalize_address(email)
    check_not_own_address(actor, email)
    check_no_reviewers_address(email)
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is over, so there is nothing for the candidate to decide."))
    _count_link(campaign, at=at)
    old_digest = CandidateLink.objects.filter(campaign=campaign).values_list("token_digest", flat=True).first()
    if old_digest:
        ReplacedCandidateLink.objects.create(campaign=campaign, token_digest=old_digest, replaced_at=at)
    public_id = uuid4()
    values = {
        "public_id": public_id,
        "email": email,
        "token_digest": hash_link_token(derive_link_token(CampaignNotice.CANDIDATE_LINK, public_id)),
        "created_by": actor,
        "created_at": at,
        "consented_at": None,
    }
    link, _created = CandidateLink.objects.update_or_create(campaign=campaign, defaults=values)
    # An earlier yes is void. Who verifies the campaign has read it, so their decision is about this version.
    Campaign.objects.filter(pk=campaign.pk).update(version=F("version") + 1)
    CandidateAddress.objects.get_or_create(campaign=campaign, email=email, defaults={"created_at": at})
    enqueue_notice(
        to=link.email,
        kind=CampaignNotice.CANDIDATE_LINK,
        cause=f"{CampaignNotice.CANDIDATE_LINK}:{public_id}",
        subjects={"candidate_link": str(public_id)},
        at=at,
    )
    # Who sent an earlier one is stored nowhere else.
    log.info("a candidate's link was sent", campaign=str(campaign.public_id), by=str(actor.public_id))
    return link


def _count_link(campaign: Campaign, *, at: datetime) -> None:
    """Count a letter to the candidate; raise TooManyRequests when the campaign had as many as it may within a day."""
    limit = MAX_CANDIDATE_LINKS_PER_CAMPAIGN_PER_DAY
    message = _("A candidate gets at most %(limit)s letters a day. Send the next one tomorrow.") % {"limit": limit}
    count_within_day(f"candidate-link_{campaign.pk}", limit=limit, message=message, at=at, field="email")


@transaction.atomic
def record_candidate_consent(*, token: str, at: datetime) -> CandidateLink:
    """Record that the candidate agrees to the campaign. When repeated, the first time counts.

    Raises NotFound (not a link of ours, or replaced), WrongState (they have stopped it, and we have not spoken yet).
    """
    campaign_id = get_candidate_link(token).campaign_id
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)  # a stop may come at the same moment
    link = get_candidate_link(token)  # a newer link may have replaced this one while this call waited for the lock
    if find_open_stop(link.campaign) is not None:
        raise WrongState(_("You have stopped this campaign. Tell us on the phone, when we call, that it may go on."))
    CandidateLink.objects.filter(pk=link.pk, consented_at=None).update(consented_at=at)
    link.refresh_from_db()
    return link


def remember_candidate(user: User, address: str) -> None:
    """Keep the user's part in the contests of this candidate's address, which the user has proved and now removes."""
    CandidateAddress.objects.filter(email=address, account=None).update(account=user)


def get_candidate_link(token: str) -> CandidateLink:
    """Return the candidate's link with this token. Raises NotFound (none of ours; replaced; the campaign is over)."""
    link = find_candidate_link(token)
    if link is None:
        raise NotFound(str(LINK_REPLACED_TEXT), field="token")
    return link
