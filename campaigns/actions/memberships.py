"""How a user becomes a member of a campaign, and how a member gets another position.

Each action that does either calls a function here. So one check keeps everyone out while the candidate's no is open.
"""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from campaigns.actions.campaign_checks import check_not_stopped
from campaigns.candidate_queries import find_open_stop
from campaigns.models import Campaign, Member
from core.errors import WrongState
from core.models import User

POSITIONS_BY_RANK: Final = (Member.Position.TREASURER, Member.Position.STAFF, Member.Position.MANAGER)
"""The positions, from the one that may do least."""


def add_member(campaign: Campaign, user: User, *, position: str, at: datetime) -> Member:
    """Make a user a member of a campaign, which the caller has locked.

    Raises WrongState while a stop of the candidate is open. The answer does not say so: only members know of it.
    """
    if find_open_stop(campaign) is not None:
        raise WrongState(describe_closed_to_members())
    return Member.objects.create(campaign=campaign, user=user, position=position, since=at)


def set_position(campaign: Campaign, member: Member, position: str) -> None:
    """Give a locked member another position. Raises WrongState for a higher one while a stop is open."""
    ranks = [str(ranked) for ranked in POSITIONS_BY_RANK]
    if ranks.index(position) > ranks.index(member.position):
        check_not_stopped(campaign)
    member.position = position
    member.version += 1
    member.save()


def describe_closed_to_members() -> str:
    """Return that no one joins a stopped campaign, as an invited person reads it."""
    return _("No one can join this campaign at the moment. Try again in a few days, or ask the person who invited you.")
