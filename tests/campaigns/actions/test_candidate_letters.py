"""What the letters to a candidate say: who writes, what follows, how to call, and that their no has arrived."""

from datetime import datetime
from typing import Any

import pytest

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.candidate_stops import close_candidate_stop, stop_campaign
from campaigns.link_tokens import derive_link_token
from campaigns.models import Campaign, CandidateStop, Request
from campaigns.notice_types import CampaignNotice
from core.models import Notice, User
from core.notifications.moments import describe_moment
from core.notifications.notice_types import RenderedNotice, render_notices
from tests.cast import Cast


def send_link(cast: Cast, at: datetime) -> str:
    link = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=at)
    return derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)


def read(kind: str, at: datetime, *, to: User | None = None) -> RenderedNotice | None:
    notice = Notice.objects.filter(kind=kind, recipient=to).latest("pk")
    letter = render_notices([notice], language="en", at=at)[notice.pk]
    assert not isinstance(letter, Exception)
    return letter


@pytest.mark.parametrize(
    ("state", "nothing", "yes"),
    [
        ("unverified", "no volunteer is asked until we know", "and we have checked the campaign, it may ask"),
        ("verified", "the campaign goes on as it does now", "may go on asking volunteers"),
    ],
)
def test_it_says_who_writes_and_what_follows(
    cast: Cast, now: datetime, settings: Any, state: str, nothing: str, yes: str
) -> None:
    Campaign.objects.filter(pk=cast.campaign.pk).update(state=state)
    send_link(cast, now)

    letter = read(CampaignNotice.CANDIDATE_LINK, now)

    assert letter is not None
    assert letter.subject == "Please check who acts for you"
    for words in ("Handraiser matches political campaigns with volunteers.", nothing, yes, settings.OPERATOR["phone"]):
        assert words in letter.text


def test_without_a_telephone_it_offers_none(cast: Cast, now: datetime, settings: Any) -> None:
    settings.OPERATOR = settings.OPERATOR | {"phone": ""}
    send_link(cast, now)

    letter = read(CampaignNotice.CANDIDATE_LINK, now)

    assert letter is not None
    assert "Call" not in letter.text


def test_a_no_is_confirmed_with_its_day_and_the_page_that_shows_what_was_written(cast: Cast, now: datetime) -> None:
    token = send_link(cast, now)
    stop = stop_campaign(token=token, reason="They are strangers.", at=now)

    letter = read(CampaignNotice.STOP_CONFIRMED, now)

    assert letter is not None
    assert "you said no on Monday, 2 March." in letter.text
    assert describe_moment(stop.answer_due_at, cast.request.time_zone) in letter.text
    assert "What you wrote to us is on the page behind this link." in letter.text
    assert "strangers" not in letter.text  # as in all letters, nothing that a person typed
    assert token in letter.address
    assert Notice.objects.get(kind=CampaignNotice.STOP_CONFIRMED).address == "kim@example.org"


def test_a_second_no_is_not_confirmed_again_and_a_closed_one_is_no_longer_true(cast: Cast, now: datetime) -> None:
    token = send_link(cast, now)
    stop = stop_campaign(token=token, at=now)
    stop_campaign(token=token, at=now)
    assert Notice.objects.filter(kind=CampaignNotice.STOP_CONFIRMED).count() == 1

    close_candidate_stop(actor=cast.rita, stop=stop, outcome="resumed", note="Kim knows them.", at=now)

    assert read(CampaignNotice.STOP_CONFIRMED, now) is None


@pytest.mark.parametrize("has_published", [True, False])
def test_a_manager_reads_of_called_off_work_only_where_there_was_some(
    cast: Cast, now: datetime, has_published: bool
) -> None:
    if not has_published:
        Request.objects.all().delete()
    stop_campaign(token=send_link(cast, now), at=now)

    stopped = read(CampaignNotice.CAMPAIGN_STOPPED, now, to=cast.carol)
    stop = CandidateStop.objects.get()
    close_candidate_stop(actor=cast.rita, stop=stop, outcome="resumed", note="Kim knows them.", at=now)
    closed = read(CampaignNotice.STOP_CLOSED, now, to=cast.carol)

    assert stopped is not None
    assert closed is not None
    assert ("is called off" in stopped.text) == has_published
    assert ("was called off" in closed.text) == has_published
