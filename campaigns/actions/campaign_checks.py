"""Check that a campaign is as it was seen, and that its candidate has not stopped it."""

from django.utils.translation import gettext as _

from campaigns.candidate_queries import find_open_stop
from campaigns.models import Campaign
from core.errors import Stale, WrongState


def check_not_stopped(campaign: Campaign) -> None:
    """Raise WrongState while a stop of the candidate is open. The caller has locked the campaign."""
    if find_open_stop(campaign) is not None:
        raise WrongState(describe_stopped())


def describe_stopped() -> str:
    """Return why nothing about a stopped campaign can be changed, and when it can."""
    return _("The candidate has stopped this campaign. It goes on once a reviewer has spoken with them.")


def check_campaign_version(campaign: Campaign, version: int | None) -> None:
    """Raise Stale unless the campaign is at this version, if one is given."""
    if version is not None and version != campaign.version:
        raise Stale(_("This campaign has changed since you loaded it. Load it again and check your decision."))
