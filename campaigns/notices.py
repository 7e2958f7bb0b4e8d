"""The words of the notices that this app owes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign
from campaigns.queries import waiting_to_be_verified
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


def verify_waits(notice: Notice, facts: object, at: datetime) -> Letter | None:
    """Reminds a reviewer of those who wait to be verified."""
    count = waiting_to_be_verified().count()
    if not count or notice.recipient is None or not notice.recipient.is_reviewer:
        return None
    return Letter(
        _("Somebody waits to be verified"),
        ngettext(
            "Hello,\n\n%(count)d campaign waits to be verified, and longer than a working day. Please see what it "
            "lacks, and speak with it.",
            "Hello,\n\n%(count)d campaigns wait to be verified, some longer than a working day. Please see what they "
            "lack, and speak with them: the longest waiting first.",
            count,
        )
        % {"count": count},
        reverse("admin:campaigns_campaign_changelist") + "?state__exact=unverified&o=5",
    )


def being_verified(notice: Notice, facts: object, at: datetime) -> Letter | None:
    """Tells a manager that it takes longer than it should, and what they can do meanwhile."""
    campaign = _campaign(notice)
    if campaign is None or campaign.state != Campaign.State.UNVERIFIED:
        return None
    return Letter(
        _("Where you stand"),
        _(
            "Hello,\n\nwe have not made sure who you are yet, and it takes longer than it should: we have reminded "
            "ourselves. You can help: see to it that your filing names somebody whom we can call back, and that the "
            "candidate knows of it. Meanwhile you can prepare what you want to ask for."
        ),
    )


def primary_over(notice: Notice, facts: object, at: datetime) -> Letter | None:
    """Asks a manager how it goes on."""
    campaign = _campaign(notice)
    if campaign is None or campaign.state != Campaign.State.VERIFIED:
        return None
    return Letter(
        _("How does it go on?"),
        _(
            "Hello,\n\na day that you worked for is over. If you go on, you need do nothing. If not, please sign in "
            "and say that it is over: whoever works for you then hands over, and nobody waits for you."
        ),
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
