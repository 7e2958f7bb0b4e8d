"""Check that a reviewer may decide about a campaign, and find the reviewers that its contest needs.

Where every reviewer has a part in a contest, what waits there waits on, and the administrators are notified. They
can give the role of a reviewer to a person from outside.
"""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models import Campaign, Contest
from campaigns.notice_types import CampaignNotice
from core.conflict_of_interest import check_may_review_contest, check_not_oneself, list_impartial_reviewers
from core.email_addresses import is_own_address, users_with_address
from core.errors import Invalid
from core.models import User
from core.notifications.outbox import PendingNotice, enqueue_notices
from core.reviewers import list_administrators, list_reviewers


def check_may_review_campaign(actor: User, campaign: Campaign) -> None:
    """Raise NotAllowed unless the user is a reviewer without a part in the campaign's contest."""
    check_may_review_contest(actor, campaign.candidate.contest_id)


def check_not_own_address(actor: User, email: str) -> None:
    """Raise NotAllowed when a reviewer would send a campaign's link to themselves."""
    check_not_oneself(actor, actor.pk if is_own_address(actor, email) else None)


def check_no_reviewers_address(email: str) -> None:
    """Raise Invalid when an active reviewer signs in with the address, or has proved it.

    A candidate's link to it would shut that reviewer out of the contest for good, without their doing.
    """
    if list_reviewers().filter(pk__in=users_with_address([email])).exists():
        message = _(
            "This address belongs to a reviewer, and a candidate cannot review their own contest. Check the address. "
            "If it is right, an administrator ends their role as a reviewer first."
        )
        raise Invalid(message, field="email")


def reach_reviewers(contest: Contest, *, at: datetime) -> list[User]:
    """Return the reviewers without a part in the contest. Where there is none, notify the administrators."""
    reviewers = list(list_impartial_reviewers(contest.pk))
    if not reviewers:
        notify_administrators([contest.pk], at=at)
    return reviewers


def notify_administrators(contest_ids: Collection[int], *, at: datetime) -> None:
    """Enqueue a notice to each administrator that these contests have no reviewer; once a day for each contest."""
    if not contest_ids:
        return
    administrators = list(list_administrators())
    notices = [
        PendingNotice(
            administrator,
            CampaignNotice.CONTEST_WITHOUT_REVIEWER,
            f"{CampaignNotice.CONTEST_WITHOUT_REVIEWER}:{contest.public_id}:{administrator.pk}:{at:%Y%m%d}",
            {"contest": str(contest.public_id)},
        )
        for contest in Contest.objects.filter(pk__in=contest_ids).order_by("pk")
        for administrator in administrators
    ]
    enqueue_notices(notices, at=at)
