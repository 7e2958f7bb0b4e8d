"""Let the candidate end a manager's access to the campaign that is run in their name, with a link of their own."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.actions.candidate_links import get_candidate_link
from campaigns.actions.invitations import check_invitation, create_invitation
from campaigns.actions.locked_members import lock_member, notify_member
from campaigns.actions.members import end_member_access
from campaigns.actions.positions import make_manager
from campaigns.actions.reviewers import reach_reviewers
from campaigns.candidate_queries import find_open_stop
from campaigns.models import Campaign, Member
from campaigns.notice_types import ENDED_BY_CANDIDATE, CampaignNotice
from core.email_addresses import normalize_address
from core.field_errors import FieldErrors


@transaction.atomic
def end_manager_access(*, token: str, manager: UUID, successor: str = "", at: datetime) -> Campaign:
    """End a manager's access at once, as the candidate decides; no one else has to agree.

    The other managers and the reviewers are informed, and the manager of longest standing answers the volunteers from
    now on. A campaign without any manager gets no new offers. `successor`, an address, is invited to manage it, if the
    candidate names one; a member who has it is its manager at once. Raises NotFound (not a link of ours; no such
    manager), Invalid (the address; that of the manager who goes; a member's, while a stop is open), WrongState (the
    member manages too many unverified campaigns).
    """
    campaign, member = lock_member(find_manager_to_end(token=token, manager=manager, successor=successor))
    get_candidate_link(token)  # a newer link may have replaced this one while this call waited for the lock
    named = _find_member(campaign, successor)
    if named is not None:
        make_manager(campaign, named, at=at)
    other_managers = campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=member.pk)
    successor_manager = other_managers.order_by("since", "pk").first()
    manager_id = str(member.public_id)
    end_member_access(campaign, member, to=successor_manager, at=at, notify_of=ENDED_BY_CANDIDATE)
    if successor_manager is None:
        Campaign.objects.filter(pk=campaign.pk, paused_at=None).update(paused_at=at, version=F("version") + 1)
        campaign.refresh_from_db()
    if successor.strip() and named is None:
        errors = FieldErrors()
        with errors.collect(blame={"email": "successor"}):
            create_invitation(campaign, email=successor, position=Member.Position.MANAGER, by=None, at=at)
        errors.raise_if_any()
    # Reviewers are informed even when managers remain: a candidate who ends an access may need their help.
    reviewers = reach_reviewers(campaign.candidate.contest, at=at)
    for user in [*(other.user for other in other_managers.select_related("user")), *reviewers]:
        notify_member(user, CampaignNotice.MANAGER_ACCESS_ENDED, campaign, about=manager_id, at=at)
    return campaign


def find_manager_to_end(*, token: str, manager: UUID, successor: str = "") -> Member:
    """Return the manager whose access the candidate ends.

    Raises NotFound (not a link of ours; no such manager) and Invalid (the successor), naming every input to correct.
    """
    link, errors = get_candidate_link(token), FieldErrors()
    managers = Member.objects.filter(campaign=link.campaign_id, position=Member.Position.MANAGER)
    member = managers.filter(public_id=manager).first()
    if member is None:
        message = _("There is no such manager. Their access may have ended already.")
        errors.add("manager", message, is_missing=True)
    # First: else the answer about the successor would tell who else works for the campaign, and nothing would end.
    errors.raise_if_any()
    if successor.strip():
        with errors.collect(blame={"email": "successor"}):
            named = _find_member(link.campaign, successor)
            if named == member:
                errors.add("successor", _("This is the manager whose access you end. Name another person."))
            elif named is not None and find_open_stop(link.campaign) is not None:
                errors.add("successor", _describe_successor_later())
            elif named is None:
                check_invitation(link.campaign, email=successor, position=Member.Position.MANAGER)
    errors.raise_if_any()
    assert member is not None
    return member


def _find_member(campaign: Campaign, address: str) -> Member | None:
    """Return the member of the campaign who has this address, locked. Raises Invalid (no address), at `email`."""
    if not address.strip():
        return None
    members = campaign.members.select_for_update(of=("self",)).select_related("user")
    return members.filter(user__email=normalize_address(address)).first()


def _describe_successor_later() -> str:
    return _("After your no, no one is made a manager. Leave this empty, and name them when we call you.")
