"""What the notices of campaigns share: which campaign one is about, and the pages that they open."""

from django.utils.translation import gettext_lazy

from campaigns.models import Campaign
from core.models import Notice
from core.notifications.notice_types import NoticePage

CAMPAIGN_DESK = NoticePage("campaign-desk", gettext_lazy("Open your campaign"))
"""The page of a campaign's members; its address takes the public id of the campaign."""
CAMPAIGN_MEMBERS = NoticePage("campaign-members-page", gettext_lazy("See who acts for it"))
"""The list of those who act for a campaign; its address takes the public id of the campaign."""
PUBLISHED_PLAN = NoticePage("campaign-published", gettext_lazy("See what happens"))
"""The page of a published plan; its address takes the public ids of the campaign and of the request."""
CAMPAIGN_FILING = NoticePage("campaign-filing-page", gettext_lazy("See the phone"))
"""The page of how a campaign is checked and reached; its address takes the public id of the campaign."""


def find_campaign_of_notice(notice: Notice) -> Campaign | None:
    """Return the campaign that a notice is about; None where it is gone."""
    return Campaign.objects.filter(public_id=notice.subjects["campaign"]).first()
