"""What reviewers read when a candidate ends a manager's access: first whether to call, then who manages it next."""

from datetime import datetime

import pytest

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.candidate_stops import stop_campaign
from campaigns.actions.manager_ends import end_manager_access
from campaigns.actions.members import remove_member
from campaigns.candidate_queries import find_open_stop
from campaigns.link_tokens import derive_link_token
from campaigns.models import Member
from campaigns.notice_types import CampaignNotice
from core.models import Notice, User
from core.notifications.moments import describe_moment
from core.notifications.notice_types import RenderedNotice, render_notices
from tests.cast import Cast


def read_letter(kind: str, user: User, at: datetime) -> str:
    notice = Notice.objects.get(kind=kind, recipient=user)
    letter = render_notices([notice], language="en", at=at)[notice.pk]
    assert isinstance(letter, RenderedNotice)
    return letter.text


def end_carol(cast: Cast, at: datetime, *, successor: str = "", is_stopped: bool = False) -> str:
    """Return the letter to the reviewer after the candidate has ended the only manager."""
    link = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=at)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)
    if is_stopped:
        stop_campaign(token=token, at=at)
    carol = Member.objects.get(campaign=cast.campaign, user=cast.carol)
    end_manager_access(token=token, manager=carol.public_id, successor=successor, at=at)
    return read_letter(CampaignNotice.MANAGER_ACCESS_ENDED, cast.rita, at)


@pytest.mark.parametrize("successor", ["", "mo@example.org"])
def test_after_a_stop_the_call_comes_first(cast: Cast, now: datetime, successor: str) -> None:
    letter = end_carol(cast, now, successor=successor, is_stopped=True)

    stop = find_open_stop(cast.campaign)
    assert stop is not None
    until = describe_moment(stop.answer_due_at, cast.request.time_zone)
    assert f"The candidate has also stopped this campaign: call them first, by {until}." in letter
    assert "let it go on" not in letter.lower()
    assert ("A successor is invited" in letter) == bool(successor)
    assert ("who is to manage it" in letter) == (not successor)


def test_who_was_ended_reads_by_whom_and_since_when_they_acted(cast: Cast, now: datetime) -> None:
    end_carol(cast, now)

    letter = read_letter(CampaignNotice.ACCESS_ENDED, cast.carol, now)

    assert "the candidate has ended your access to their campaign" in letter
    assert "the one for which you acted since 2 March 2026" in letter


def test_who_was_removed_by_a_manager_reads_that(cast: Cast, now: datetime) -> None:
    dave = Member.objects.create(campaign=cast.campaign, user=cast.dave, position="staff", since=now)
    remove_member(actor=cast.carol, member=dave, at=now)

    assert "a manager has ended your access" in read_letter(CampaignNotice.ACCESS_ENDED, cast.dave, now)


def test_a_successor_who_is_invited_is_awaited(cast: Cast, now: datetime) -> None:
    letter = end_carol(cast, now, successor="mo@example.org")

    assert "A successor is invited, and manages it once they say yes." in letter
    assert "Let it go on once the successor manages it." in letter
    assert "invite a manager" not in letter


def test_without_a_successor_a_reviewer_invites_one(cast: Cast, now: datetime) -> None:
    assert "invite a manager, and then let it go on" in end_carol(cast, now)
