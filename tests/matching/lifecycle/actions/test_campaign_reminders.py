"""Campaigns that wait for somebody, or that somebody waits for: each has its clock and hears where it stands."""

from datetime import datetime, timedelta

import pytest

from campaigns.actions.registration import register_campaign
from campaigns.actions.reminders import ask_after_primaries, remind_of_unverified_campaigns
from campaigns.models import Campaign, Contest
from core.models import Notice
from core.notifications.notice_types import RenderedNotice, render_notices
from matching.lifecycle.queries.policies import get_active_policy
from tests.cast import Cast, build_candidacy, verify_by_phone
from tests.match_factory import make_accepted_match, make_offered_match
from tests.notices import list_notified_names

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def unverified(cast: Cast, now: datetime) -> Campaign:
    """Dave has registered a campaign on a Monday."""
    return register_campaign(actor=cast.dave, candidacy=build_candidacy("Lee Roe", now), name="Roe for Senate", at=now)


def remind(at: datetime) -> int:
    policy = get_active_policy()
    return remind_of_unverified_campaigns(time_zone=policy.time_zone, at=at)


def test_reviewers_are_reminded_every_working_day_and_the_manager_hears_of_it_once(
    cast: Cast, unverified: Campaign, now: datetime
) -> None:
    days = [now + DAY * number for number in range(8)]  # Monday to Monday

    assert [remind(day + 2 * HOUR) for day in days] == [0, 0, 1, 1, 1, 0, 0, 1]
    assert remind(days[7] + 3 * HOUR) == 1

    assert (
        list_notified_names("verification-overdue"),
        Notice.objects.filter(kind="verification-overdue").count(),
    ) == ({"rita"}, 4)
    [heard] = Notice.objects.filter(kind="verification-delayed")
    assert heard.recipient == cast.dave


def test_a_campaign_that_nobody_manages_or_that_is_verified_waits_for_nothing(
    cast: Cast, unverified: Campaign, now: datetime
) -> None:
    unverified.members.all().delete()
    assert remind(now + 2 * DAY) == 0
    register_campaign(actor=cast.dave, candidacy=build_candidacy("Ann Poe", now), name="Poe", at=now)
    assert remind(now + 2 * DAY) == 1
    verify_by_phone(actor=cast.rita, campaign=Campaign.objects.get(name="Poe"), at=now + 2 * DAY)

    assert remind(now + 2 * DAY) == 0
    for kind in ("verification-overdue", "verification-delayed"):
        notice = Notice.objects.filter(kind=kind).first()
        assert notice is not None
        Campaign.objects.filter(pk=unverified.pk).update(state="ended", answer_due_at=None)
        assert render_notices([notice], language="en", at=now)[notice.pk] is None


def test_a_manager_is_asked_once_how_it_goes_on_after_the_primary(cast: Cast, now: datetime) -> None:
    Contest.objects.update(primary_on=now.date() + 2 * DAY)

    assert [ask_after_primaries(at=now + DAY * day) for day in range(7)] == [0, 0, 0, 1, 1, 1, 0]

    [asked] = Notice.objects.filter(kind="election-day-passed")
    assert asked.recipient == cast.carol
    letter = render_notices([asked], language="en", at=now)[asked.pk]
    assert isinstance(letter, RenderedNotice)
    assert "say that it is over" in letter.text


def test_clocks_are_shorter_as_the_primary_nears(cast: Cast, now: datetime) -> None:
    Contest.objects.update(primary_on=now.date() + 10 * DAY)

    assert make_offered_match(cast, now).due_at == now + 12 * HOUR


def test_after_the_primary_the_election_is_far_again(cast: Cast, now: datetime) -> None:
    Contest.objects.update(primary_on=now.date() - DAY)

    assert make_accepted_match(cast, now).due_at == now + 50 * HOUR
