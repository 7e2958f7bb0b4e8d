"""The words of the notices that this app owes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from core.models import Notice
from core.registry import Letter


def to_verify(notice: Notice, facts: object, at: datetime) -> Letter | None:
    """Asks the reviewers to make sure who a new campaign is."""
    campaign = _campaign(notice)
    if campaign is None or campaign.state != Campaign.State.UNVERIFIED:
        return None
    return Letter(
        _("Somebody waits to be verified"),
        _(
            "Hello,\n\na campaign has registered and waits until we know who it is: the filing, a call back to the "
            "contact in it, and the candidate's consent. Until then nobody is found for it."
        ),
        reverse("admin:campaigns_campaign_change", args=[campaign.pk]),
    )


def verified(notice: Notice, facts: object, at: datetime) -> Letter | None:
    """Tells a manager that it goes on."""
    campaign = _campaign(notice)
    if campaign is None or campaign.state != Campaign.State.VERIFIED:
        return None
    return Letter(
        _("We know who you are"),
        _("Hello,\n\nthank you for your patience: we have what we need, and look for people for what you published."),
    )


def paused(notice: Notice, facts: object, at: datetime) -> Letter | None:
    """Tells a manager why nobody is found any more, and what to do."""
    campaign = _campaign(notice)
    if campaign is None or campaign.paused_at is None:
        return None
    return Letter(
        _("We have stopped asking people for you"),
        _(
            "Hello,\n\nseveral people said yes and waited for your answer in vain, so we ask nobody new. Whoever works "
            "for you goes on. Please write to us: as soon as we have spoken, we look for people again."
        ),
    )


def _campaign(notice: Notice) -> Campaign | None:
    return Campaign.objects.filter(public_id=notice.subjects["campaign"]).first()
