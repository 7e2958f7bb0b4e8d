"""While the candidate's no is open, no one joins a campaign, and no member gets a higher position."""

from ast import AST, Assign, Attribute, Call, parse, unparse, walk
from datetime import datetime
from pathlib import Path

import pytest

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.candidate_stops import close_candidate_stop, stop_campaign
from campaigns.actions.invitation_answers import accept_invitation
from campaigns.actions.invitations import invite_member
from campaigns.actions.manager_ends import end_manager_access
from campaigns.actions.members import leave_campaign, remove_member
from campaigns.actions.positions import change_position
from campaigns.actions.registration import register_campaign
from campaigns.link_tokens import derive_link_token
from campaigns.models import Campaign, CandidateStop, Member
from campaigns.notice_types import CampaignNotice
from core.errors import Invalid, WrongState
from core.models import User
from tests.cast import Cast, build_candidacy

ROOT = Path(__file__).resolve().parents[3]
APPS = ("campaigns", "core", "matching", "volunteers", "web", "ledger", "config")


def stop(cast: Cast, at: datetime, campaign: Campaign | None = None) -> str:
    """Stop a campaign; return the token of its candidate."""
    link = send_candidate_link(actor=cast.rita, campaign=campaign or cast.campaign, email="kim@example.org", at=at)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)
    stop_campaign(token=token, at=at)
    return token


def invite(cast: Cast, at: datetime, position: str) -> str:
    """Invite Dave, and return the token of his letter."""
    invitation = invite_member(
        actor=cast.carol,
        campaign=cast.campaign,
        email=cast.dave.email,
        position=position,
        at=at,
        authenticated_at=at,
    )
    return derive_link_token(CampaignNotice.MEMBER_INVITATION, invitation.public_id)


def join(cast: Cast, user: User, position: str, at: datetime) -> Member:
    return Member.objects.create(campaign=cast.campaign, user=user, position=position, since=at)


def resume(cast: Cast, at: datetime) -> None:
    stopped = CandidateStop.objects.get()
    close_candidate_stop(actor=cast.rita, stop=stopped, outcome="resumed", note="By mistake.", at=at)


@pytest.mark.parametrize("position", ["treasurer", "staff", "manager"])
def test_an_invitation_from_before_waits_for_the_call(cast: Cast, now: datetime, position: str) -> None:
    token = invite(cast, now, position)
    stop(cast, now)

    with pytest.raises(WrongState, match="at the moment"):
        accept_invitation(actor=cast.dave, token=token, at=now)
    assert not cast.campaign.members.filter(user=cast.dave).exists()

    resume(cast, now)
    assert accept_invitation(actor=cast.dave, token=token, at=now).position == position


@pytest.mark.parametrize(("old", "new"), [("treasurer", "staff"), ("treasurer", "manager"), ("staff", "manager")])
def test_no_member_gets_a_higher_position_and_each_may_get_a_lower_one(
    cast: Cast, now: datetime, old: str, new: str
) -> None:
    lower, higher = join(cast, cast.dave, old, now), join(cast, cast.bob, new, now)
    stop(cast, now)

    with pytest.raises(WrongState, match="stopped this campaign"):
        change_position(actor=cast.carol, member=lower, position=new, at=now, authenticated_at=now)
    lower.refresh_from_db()
    assert lower.position == old

    changed = change_position(actor=cast.carol, member=higher, position=old, at=now, authenticated_at=now)
    assert changed.position == old


def test_people_still_leave_and_are_removed(cast: Cast, now: datetime) -> None:
    join(cast, cast.dave, "staff", now)
    bob = join(cast, cast.bob, "manager", now)
    stop(cast, now)

    leave_campaign(actor=cast.dave, campaign=cast.campaign, at=now)
    remove_member(actor=cast.carol, member=bob, at=now, authenticated_at=now)

    assert [member.user for member in cast.campaign.members.all()] == [cast.carol]


def test_the_candidate_ends_a_manager_and_makes_no_member_one(cast: Cast, now: datetime) -> None:
    join(cast, cast.dave, "staff", now)
    manager = cast.campaign.members.get(user=cast.carol).public_id
    token = stop(cast, now)

    with pytest.raises(Invalid, match="when we call you"):
        end_manager_access(token=token, manager=manager, successor=cast.dave.email, at=now)

    end_manager_access(token=token, manager=manager, at=now)
    assert [member.position for member in cast.campaign.members.all()] == ["staff"]


def test_no_one_takes_over_a_campaign_of_a_ballot(cast: Cast, now: datetime) -> None:
    candidacy = build_candidacy("Pat Roe", now)
    campaign = register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", at=now)
    campaign.members.all().delete()
    Campaign.objects.filter(pk=campaign.pk).update(source="ballot", source_key="1")
    stop(cast, now, campaign)

    with pytest.raises(Invalid, match="has a campaign here already"):
        register_campaign(actor=cast.bob, candidacy=candidacy, name="Roe", at=now)


def writes_membership(node: AST) -> bool:
    """Return whether a piece of source creates a member, or assigns a position to one."""
    if isinstance(node, Call):
        return unparse(node.func).startswith(("Member.objects.create", "Member.objects.bulk", "Member.objects.get_or"))
    targets = node.targets if isinstance(node, Assign) else []
    return any(isinstance(target, Attribute) and unparse(target) == "member.position" for target in targets)


def test_every_way_in_goes_through_the_one_check() -> None:
    writers = {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if "Member" in (text := path.read_text()) and any(writes_membership(node) for node in walk(parse(text)))
    }
    assert writers == {"campaigns/actions/memberships.py"}
