from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from campaigns.actions.candidate_links import record_candidate_consent, send_candidate_link
from campaigns.actions.invitation_answers import accept_invitation
from campaigns.actions.invitation_limits import MAX_INVITATION_LETTERS_PER_ADDRESS_PER_DAY, MAX_INVITATIONS_PER_DAY
from campaigns.actions.invitations import (
    MEMBER_INVITATION_LIFETIME,
    create_invitation,
    invite_member,
    revoke_invitation,
)
from campaigns.actions.manager_ends import end_manager_access
from campaigns.actions.members import leave_campaign, remove_member
from campaigns.actions.positions import change_position
from campaigns.actions.registration import register_campaign
from campaigns.link_tokens import derive_link_token, hash_link_token
from campaigns.models import CandidateLink, Member, MemberInvitation, Request
from campaigns.notice_types import CampaignNotice
from core.enums import NoticeTopic
from core.errors import Invalid, NotAllowed, NotFound, ReauthenticationRequired, Stale, TooManyRequests, WrongState
from core.models import Notice, User
from core.notifications.muted_topics import set_topic_muted
from core.notifications.notice_types import RenderedNotice, list_notice_types, render_notices
from tests.cast import Cast, build_candidacy, create_user, ensure_totp
from tests.notices import list_notified_names


def invited(cast: Cast, at: datetime, email: str = "dave@example.org", position: str = "staff") -> MemberInvitation:
    return invite_member(
        actor=cast.carol, campaign=cast.campaign, email=email, position=position, at=at, authenticated_at=at
    )


def link(invitation: MemberInvitation) -> str:
    return derive_link_token(CampaignNotice.MEMBER_INVITATION, invitation.public_id)


def joined(cast: Cast, user: User, at: datetime, position: str = "staff") -> Member:
    return accept_invitation(actor=user, token=link(invited(cast, at, user.email, position)), at=at)


def carols(cast: Cast) -> Member:
    return Member.objects.get(campaign=cast.campaign, user=cast.carol)


def letter(notice: Notice, at: datetime) -> RenderedNotice | None:
    words = render_notices([notice], language="en", at=at)[notice.pk]
    assert not isinstance(words, Exception)
    return words


def test_whoever_has_the_link_and_the_address_joins_once(cast: Cast, now: datetime) -> None:
    invitation = invited(cast, now, "Dave@Example.org")

    member = accept_invitation(actor=cast.dave, token=link(invitation), at=now)

    assert (member.campaign, member.position, member.since) == (cast.campaign, "staff", now)
    assert list_notified_names("member-joined") == {"carol"}
    for user in (cast.dave, create_user("dora")):
        with pytest.raises(WrongState, match="used or taken back"):
            accept_invitation(actor=user, token=link(invitation), at=now)


def test_a_link_is_kept_as_a_digest_only_and_the_address_goes_with_its_use(cast: Cast, now: datetime) -> None:
    invitation = invited(cast, now)
    token = link(invitation)
    assert invitation.token_digest == hash_link_token(token)
    held = {str(value) for row in MemberInvitation.objects.values() for value in row.values()}
    assert not any(token in value for value in held)

    accept_invitation(actor=cast.dave, token=token, at=now)

    assert MemberInvitation.objects.get().email == ""


def test_the_same_is_done_for_an_address_that_nobody_here_has(cast: Cast, now: datetime) -> None:
    known, unknown = invited(cast, now, cast.dave.email), invited(cast, now, "nobody@example.org")

    owed = Notice.objects.filter(kind=CampaignNotice.MEMBER_INVITATION).order_by("pk")
    assert [(one.recipient, one.address) for one in owed] == [
        (None, "dave@example.org"),
        (None, "nobody@example.org"),
    ]
    assert [letter(one, now) is not None for one in owed] == [True, True]
    assert known.expires_at == unknown.expires_at == now + MEMBER_INVITATION_LIFETIME


def test_inviting_again_sends_nothing_again_and_takes_the_new_position(cast: Cast, now: datetime) -> None:
    first, second = invited(cast, now), invited(cast, now, position="manager")

    assert (first.pk, second.position, Notice.objects.filter(kind=CampaignNotice.MEMBER_INVITATION).count()) == (
        second.pk,
        "manager",
        1,
    )


def test_what_is_too_old_opens_nothing_and_can_be_sent_anew(cast: Cast, now: datetime) -> None:
    old = invited(cast, now)
    later = now + MEMBER_INVITATION_LIFETIME
    with pytest.raises(WrongState, match="too old"):
        accept_invitation(actor=cast.dave, token=link(old), at=later)
    assert letter(Notice.objects.get(kind=CampaignNotice.MEMBER_INVITATION), later) is None

    again = invited(cast, later)

    assert accept_invitation(actor=cast.dave, token=link(again), at=later).user == cast.dave


def test_a_link_that_was_passed_on_lets_nobody_else_in(cast: Cast, now: datetime) -> None:
    """And a stranger gets one answer for a link that works, one that was used and one that never was."""
    open_link = link(invited(cast, now))
    answers = []
    for token in (open_link, "nonsense"):
        with pytest.raises(WrongState) as refusal:
            accept_invitation(actor=cast.bob, token=token, at=now)
        answers.append(str(refusal.value))
    accept_invitation(actor=cast.dave, token=open_link, at=now)
    with pytest.raises(WrongState) as refusal:
        accept_invitation(actor=cast.bob, token=open_link, at=now)

    assert {*answers, str(refusal.value)} == {answers[0]}
    assert "another address" in answers[0]
    assert not Member.objects.filter(user=cast.bob).exists()


def test_what_was_taken_back_opens_nothing(cast: Cast, now: datetime) -> None:
    invitation = invited(cast, now)
    revoke_invitation(actor=cast.carol, invitation=invitation, at=now)
    revoke_invitation(actor=cast.carol, invitation=invitation, at=now)

    with pytest.raises(WrongState):
        accept_invitation(actor=cast.dave, token=link(invitation), at=now)
    assert MemberInvitation.objects.get().email == ""


@pytest.mark.parametrize("token", ["", "nonsense", "ä" * 20, "0" * 200])
def test_links_cannot_be_made_up(cast: Cast, now: datetime, token: str) -> None:
    invited(cast, now)
    with pytest.raises(WrongState):
        accept_invitation(actor=cast.dave, token=token, at=now)
    with pytest.raises(NotFound):
        record_candidate_consent(token=token, at=now)


def test_only_managers_invite_change_and_remove(cast: Cast, now: datetime) -> None:
    sam = create_user("sam")
    staff = joined(cast, sam, now)
    for stranger in (sam, cast.rita, cast.dave):
        with pytest.raises(NotAllowed):
            invite_member(actor=stranger, campaign=cast.campaign, email="x@example.org", position="staff", at=now)
        with pytest.raises(NotAllowed):
            change_position(actor=stranger, member=staff, position="manager", at=now)
        with pytest.raises(NotAllowed):
            remove_member(actor=stranger, member=carols(cast), at=now)


def test_who_manages_changes_only_after_a_recent_proof(cast: Cast, now: datetime) -> None:
    sam, max_ = joined(cast, create_user("sam"), now), joined(cast, create_user("max"), now, "manager")
    Notice.objects.all().delete()
    doing: list[Callable[..., object]] = [
        partial(invite_member, campaign=cast.campaign, email="x@example.org", position="manager"),
        partial(change_position, member=sam, position="manager"),
        partial(change_position, member=max_, position="staff"),
        partial(remove_member, member=max_),
    ]
    for do in doing:
        for proved_at in (None, now - timedelta(minutes=11)):
            with pytest.raises(ReauthenticationRequired, match="who manages the campaign"):
                do(actor=cast.carol, at=now, authenticated_at=proved_at)
    ensure_totp(cast.carol)
    with pytest.raises(ReauthenticationRequired):
        doing[0](actor=cast.carol, at=now, authenticated_at=now)

    assert not Notice.objects.exists()
    for do in doing[:3]:
        do(actor=cast.carol, at=now, has_mfa=True, authenticated_at=now)
    # An open invitation that becomes one to manage, and what brings or puts out no manager.
    open_invitation = invited(cast, now, "y@example.org")
    with pytest.raises(ReauthenticationRequired):
        invite_member(actor=cast.carol, campaign=cast.campaign, email="y@example.org", position="manager", at=now)
    open_invitation.refresh_from_db()
    assert open_invitation.position == "staff"
    remove_member(actor=cast.carol, member=max_, at=now)
    leave_campaign(actor=sam.user, campaign=cast.campaign, at=now)


def test_every_manager_hears_of_a_new_one_and_cannot_mute_it(cast: Cast, now: datetime) -> None:
    """Also the one in whose name it happened: a stolen session could have done it."""
    joined(cast, create_user("max"), now, "manager")
    assert list_notified_names("manager-added") == {"carol"}
    sam = joined(cast, create_user("sam"), now)
    Notice.objects.all().delete()
    set_topic_muted(user=cast.carol, topic=NoticeTopic.ACCOUNT)

    change_position(actor=cast.carol, member=sam, position="manager", at=now, authenticated_at=now)

    assert (list_notified_names("manager-added"), list_notified_names("position-changed")) == (
        {"carol", "max"},
        {"sam"},
    )
    told = Notice.objects.get(kind="manager-added", recipient=cast.carol)
    assert not list_notice_types()["manager-added"].is_mutable
    words = letter(told, now)
    assert words is not None
    assert "one more person manages with you now" in words.text
    Member.objects.filter(user=cast.carol).delete()
    assert letter(told, now) is None


def test_who_is_a_member_already_and_what_is_no_position_are_named(cast: Cast, now: datetime) -> None:
    for email, position, field in (("carol@example.org", "staff", "email"), ("x@example.org", "king", "position")):
        with pytest.raises(Invalid) as refused:
            invited(cast, now, email, position)
        assert refused.value.field == field


def test_nobodys_mailbox_is_filled_through_us(cast: Cast, now: datetime) -> None:
    for number in range(MAX_INVITATIONS_PER_DAY):
        revoke_invitation(actor=cast.carol, invitation=invited(cast, now, f"d{number}@example.org"), at=now)

    with pytest.raises(TooManyRequests, match="invitations a day"):
        invited(cast, now)
    assert invited(cast, now + timedelta(days=1)).email == "dave@example.org"


def test_three_invitations_reach_an_address_a_day_and_no_one_is_told(cast: Cast, now: datetime) -> None:
    def list_days() -> list[int | None]:
        letters = Notice.objects.filter(kind=CampaignNotice.MEMBER_INVITATION, address="dave@example.org")
        return [(letter.due_at - now).days if not letter.muted_at else None for letter in letters.order_by("pk")]

    most = MAX_INVITATION_LETTERS_PER_ADDRESS_PER_DAY
    for _number in range(3 * most + 1):
        revoke_invitation(actor=cast.carol, invitation=invited(cast, now), at=now)
    assert list_days() == [0] * most + [1] * most + [2] * most + [None]

    assert invited(cast, now, "another@example.org").email == "another@example.org"
    revoke_invitation(actor=cast.carol, invitation=invited(cast, now + timedelta(days=1, seconds=1)), at=now)
    assert list_days()[-1] == 3


def test_a_campaign_keeps_a_manager(cast: Cast, now: datetime) -> None:
    joined(cast, cast.dave, now)
    doing: list[Callable[[], object]] = [
        lambda: leave_campaign(actor=cast.carol, campaign=cast.campaign, at=now),
        lambda: change_position(actor=cast.carol, member=carols(cast), position="staff", at=now),
        lambda: remove_member(actor=cast.carol, member=carols(cast), at=now),
    ]
    for act in doing:
        with pytest.raises(WrongState, match="another member a manager first"):
            act()

    daves = Member.objects.get(user=cast.dave)
    change_position(actor=cast.carol, member=daves, position="manager", at=now, authenticated_at=now)
    leave_campaign(actor=cast.carol, campaign=cast.campaign, at=now)

    assert [member.user for member in cast.campaign.members.all()] == [cast.dave]


def test_whoever_goes_hands_over_the_volunteers_they_answered_and_their_invitations_end(
    cast: Cast, now: datetime
) -> None:
    joined(cast, cast.dave, now, "manager")
    open_one = invited(cast, now, "x@example.org")
    assert (cast.request.contact, cast.request.version) == (carols(cast), 2)

    remove_member(actor=cast.dave, member=carols(cast), at=now, authenticated_at=now)

    request = Request.objects.get(pk=cast.request.pk)
    assert (request.contact, request.version) == (Member.objects.get(user=cast.dave), 3)
    open_one.refresh_from_db()
    assert open_one.revoked_at == now
    assert list_notified_names("access-ended") == {"carol"}


def test_who_may_no_longer_answer_volunteers_does_not(cast: Cast, now: datetime) -> None:
    joined(cast, cast.dave, now, "manager")

    change_position(actor=cast.dave, member=carols(cast), position="treasurer", at=now, authenticated_at=now)

    assert Request.objects.get(pk=cast.request.pk).contact == Member.objects.get(user=cast.dave)
    assert list_notified_names("position-changed") == {"carol"}


def test_a_stale_change_is_refused_and_the_same_once_more_changes_nothing(cast: Cast, now: datetime) -> None:
    staff = joined(cast, cast.dave, now)
    assert change_position(actor=cast.carol, member=staff, position="staff", at=now, version=1).version == 1
    changed = change_position(actor=cast.carol, member=staff, position="treasurer", at=now, version=1)

    assert changed.version == 2
    for act in (change_position, remove_member):
        said: dict[str, Any] = {"position": "staff"} if act is change_position else {}
        with pytest.raises(Stale):
            act(actor=cast.carol, member=staff, at=now, version=1, **said)
    remove_member(actor=cast.carol, member=staff, at=now)
    with pytest.raises(NotFound):
        remove_member(actor=cast.carol, member=staff, at=now)


def test_the_candidate_ends_a_managers_access_at_once(cast: Cast, now: datetime) -> None:
    joined(cast, cast.dave, now, "manager")
    key = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="Kim@Example.org", at=now)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, key.public_id)
    [owed] = Notice.objects.filter(kind=CampaignNotice.CANDIDATE_LINK)
    assert (owed.address, token in (letter(owed, now) or RenderedNotice("", "")).address) == ("kim@example.org", True)
    assert record_candidate_consent(token=token, at=now).consented_at == now
    assert record_candidate_consent(token=token, at=now + timedelta(days=1)).consented_at == now

    campaign = end_manager_access(token=token, manager=carols(cast).public_id, at=now)

    assert [member.user for member in campaign.members.all()] == [cast.dave]
    assert Request.objects.get(pk=cast.request.pk).contact == Member.objects.get(user=cast.dave)
    assert (campaign.paused_at, list_notified_names("access-ended"), list_notified_names("manager-access-ended")) == (
        None,
        {"carol"},
        {"dave", "rita"},
    )


def test_without_a_manager_a_campaign_gets_no_offers_until_a_new_one_is_there(cast: Cast, now: datetime) -> None:
    key = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=now)
    token, carol = derive_link_token(CampaignNotice.CANDIDATE_LINK, key.public_id), carols(cast)

    campaign = end_manager_access(token=token, manager=carol.public_id, successor="dave@example.org", at=now)

    assert (campaign.paused_at, campaign.members.count()) == (now, 0)
    with pytest.raises(NotFound, match="may have ended already"):
        end_manager_access(token=token, manager=carol.public_id, at=now)
    assert invite_member(
        actor=cast.rita, campaign=campaign, email="erin@example.org", position="manager", at=now, authenticated_at=now
    ).position == ("manager")
    with pytest.raises(NotAllowed):
        invite_member(actor=cast.rita, campaign=campaign, email="finn@example.org", position="staff", at=now)
    named = MemberInvitation.objects.get(email="dave@example.org")
    assert accept_invitation(actor=cast.dave, token=link(named), at=now).position == "manager"


@pytest.mark.parametrize("position", ["staff", "treasurer", "manager"])
def test_a_member_whom_the_candidate_names_manages_at_once(cast: Cast, now: datetime, position: str) -> None:
    dave = joined(cast, cast.dave, now, position)
    Notice.objects.all().delete()
    key = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=now)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, key.public_id)

    with pytest.raises(Invalid, match="whose access you end"):
        end_manager_access(token=token, manager=carols(cast).public_id, successor=cast.carol.email, at=now)
    successor = " Dave@Example.org "
    campaign = end_manager_access(token=token, manager=carols(cast).public_id, successor=successor, at=now)

    assert (campaign.paused_at, [(m.user, m.position) for m in campaign.members.all()]) == (
        None,
        [(cast.dave, "manager")],
    )
    assert Request.objects.get(pk=cast.request.pk).contact == dave
    assert not MemberInvitation.objects.filter(email="dave@example.org").exists()
    assert list_notified_names("position-changed") == (set() if position == "manager" else {"dave"})
    assert list_notified_names("manager-access-ended") == {"dave", "rita"}


def test_a_manager_who_has_used_the_day_up_keeps_no_successor_away(cast: Cast, now: datetime) -> None:
    for number in range(MAX_INVITATIONS_PER_DAY):
        invited(cast, now, f"number{number}@example.org")
    key = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=now)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, key.public_id)

    end_manager_access(token=token, manager=carols(cast).public_id, successor="dave@example.org", at=now)

    assert MemberInvitation.objects.get(email="dave@example.org").invited_by is None


def test_the_candidates_link_ends_nobody_elsewhere_and_a_newer_one_replaces_it(cast: Cast, now: datetime) -> None:
    rival = register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    old = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=now)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, old.public_id)
    with pytest.raises(NotFound, match="no such manager"):
        end_manager_access(token=token, manager=rival.members.get().public_id, at=now)
    for stranger in (cast.carol, cast.dave):
        with pytest.raises(NotAllowed):
            send_candidate_link(actor=stranger, campaign=cast.campaign, email="me@example.org", at=now)

    send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.com", at=now)

    with pytest.raises(NotFound, match="newer one"):
        end_manager_access(token=token, manager=carols(cast).public_id, at=now)
    assert CandidateLink.objects.count() == 1
    cast.carol.is_staff = True
    cast.carol.save()
    with pytest.raises(NotAllowed):
        send_candidate_link(actor=cast.carol, campaign=rival, email="me@example.org", at=now)


def test_the_invitations_of_a_demoted_manager_end(cast: Cast, now: datetime) -> None:
    joined(cast, cast.dave, now, "manager")
    by_carol = invited(cast, now, "erin@example.org", "manager")

    change_position(actor=cast.dave, member=carols(cast), position="treasurer", at=now, authenticated_at=now)

    assert MemberInvitation.objects.get(pk=by_carol.pk).revoked_at == now


def test_whom_the_candidate_named_no_manager_lowers(cast: Cast, now: datetime) -> None:
    with transaction.atomic():
        named = create_invitation(cast.campaign, email="erin@example.org", position="manager", by=None, at=now)

    assert invited(cast, now, "erin@example.org", "treasurer") == named

    kept = MemberInvitation.objects.get(pk=named.pk)
    assert (kept.position, kept.invited_by) == ("manager", None)
