"""End a campaign, with its requests."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.actions.campaign_checks import check_campaign_version
from campaigns.actions.reviewers import check_may_review_campaign
from campaigns.models import Campaign, Request
from campaigns.queries import is_manager
from campaigns.signals import requests_reduced
from core.errors import NotAllowed, WrongState
from core.models import User

OPEN_REQUEST_STATES = (Request.State.DRAFT, Request.State.PUBLISHED)


@transaction.atomic
def end_campaign(*, actor: User, campaign: Campaign, at: datetime, version: int | None = None) -> Campaign:
    """End the campaign early, after a lost primary, say.

    Its manager does so, or a reviewer without a part in the contest. Its requests are cancelled: everyone who was asked
    or has said yes is informed, and work that has begun is handed over. Raises NotAllowed, Stale, WrongState (ended
    already).
    """
    called_off = is_manager(actor, campaign)
    if not called_off:
        if not actor.is_reviewer:
            raise NotAllowed(_("Only this campaign's managers and reviewers can end it. Ask one of them."))
        check_may_review_campaign(actor, campaign)
    campaign, requests = lock_campaign_with_requests(campaign)
    check_campaign_version(campaign, version)
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is ended already."))
    return end_locked_campaign(campaign, requests, at=at, called_off=called_off)


def lock_campaign_with_requests(campaign: Campaign) -> tuple[Campaign, list[Request]]:
    """Lock the requests of a campaign, and then the campaign; return both as they are now.

    A request that was made while this waited for the campaign is among them: all is let go and locked again.
    """
    while True:
        with transaction.atomic():
            # Requests before the campaign, as in every action that locks both: another order could deadlock.
            requests = list(Request.objects.filter(campaign=campaign).order_by("pk").select_for_update(no_key=True))
            locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
            if Request.objects.filter(campaign=campaign).count() == len(requests):
                return locked, requests
            transaction.set_rollback(True)


def end_locked_campaign(
    campaign: Campaign, requests: Iterable[Request], *, at: datetime, called_off: bool = False
) -> Campaign:
    """End a campaign; the caller has locked it with its requests, and checked that it goes on.

    `called_off` is true where its manager ends it: then its incidents are called off, and we call to make sure.
    """
    campaign.state, campaign.answer_due_at = Campaign.State.ENDED, None
    campaign.version += 1
    campaign.save()
    open_requests = [request for request in requests if request.state in OPEN_REQUEST_STATES]
    Request.objects.filter(pk__in=[request.pk for request in open_requests]).update(
        state=Request.State.CANCELLED, version=F("version") + 1
    )
    requests_reduced.send(Request, requests=open_requests, at=at, called_off=called_off)
    return campaign
