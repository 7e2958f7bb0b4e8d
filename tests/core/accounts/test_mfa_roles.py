"""Who needs a second factor: each role that shows other people's data."""

import os
import subprocess
import sys
from datetime import datetime

import pytest
from pytest_django import Settings

from campaigns.actions.campaign_ends import end_campaign
from campaigns.actions.registration import register_campaign
from campaigns.models import Member
from core.models import Notice
from core.notifications.notice_types import render_notices
from tests.cast import Cast, build_candidacy, ensure_totp, verify_by_phone
from tests.core.accounts.mfa_clients import CAMPAIGNS, browser

pytestmark = pytest.mark.usefixtures("confirmed_addresses")


def test_what_is_ones_own_needs_no_second_factor(cast: Cast) -> None:
    client = browser(cast.carol)

    assert [client.get(path).status_code for path in ("/api/v1/me", "/api/v1/me/matches", "/")] == [200, 200, 200]


def test_who_has_no_role_needs_none(cast: Cast) -> None:
    assert browser(cast.dave).get(CAMPAIGNS).status_code == 200


@pytest.mark.parametrize("position", Member.Position.values)
def test_every_member_of_a_verified_campaign_needs_one(cast: Cast, now: datetime, position: str) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position=position, since=now)

    assert browser(cast.dave).get(CAMPAIGNS).json()["code"] == "second_factor_needed"


@pytest.mark.parametrize("position", Member.Position.values)
def test_before_that_a_campaign_is_drafted_without_one(cast: Cast, now: datetime, position: str) -> None:
    candidacy = build_candidacy("Pat Roe", now)
    campaign = register_campaign(actor=cast.bob, candidacy=candidacy, name="Roe for Senate", at=now)
    Member.objects.create(campaign=campaign, user=cast.dave, position=position, since=now)
    client = browser(cast.dave)
    assert [one["state"] for one in client.get(CAMPAIGNS).json()["results"]] == ["unverified"]

    verify_by_phone(actor=cast.rita, campaign=campaign, at=now)

    assert client.get(CAMPAIGNS).json()["code"] == "second_factor_needed"


def test_an_ended_campaign_still_shows_people_and_still_needs_one(cast: Cast, now: datetime) -> None:
    end_campaign(actor=cast.carol, campaign=cast.campaign, at=now)

    assert browser(cast.carol).get("/api/v1/placements").json()["code"] == "second_factor_needed"


def test_members_hear_of_it_when_their_campaign_is_verified(cast: Cast, now: datetime) -> None:
    candidacy = build_candidacy("Pat Roe", now)
    campaign = register_campaign(actor=cast.bob, candidacy=candidacy, name="Roe for Senate", at=now)
    Member.objects.create(campaign=campaign, user=cast.dave, position="staff", since=now)
    ensure_totp(cast.bob)

    verify_by_phone(actor=cast.rita, campaign=campaign, at=now)

    notices = list(Notice.objects.filter(kind="verified"))
    letters = {one.recipient: render_notices([one], language="en", at=now)[one.pk] for one in notices}
    told = {person: "second factor" in letter.text for person, letter in letters.items() if person and letter}  # type: ignore[union-attr]
    assert told == {cast.bob: False, cast.dave: True}


@pytest.mark.parametrize("path", ["/admin/", "/admin/matching/proposal/", "/admin/core/user/"])
def test_a_reviewer_without_one_is_sent_to_set_it_up_before_the_admin_shows_anything(cast: Cast, path: str) -> None:
    page = browser(cast.rita).get(path, follow=True)

    assert page.redirect_chain[0] == ("/accounts/2fa/", 302)
    assert "so it asks for a second factor" in page.content.decode()


def test_a_demo_may_do_without_and_says_so(cast: Cast, settings: Settings) -> None:
    settings.SECOND_FACTOR = "optional"
    client = browser(cast.rita)

    assert "This is a demo" in client.get("/").content.decode()
    assert "Demo: no second factor asked" in client.get("/admin/matching/proposal/").content.decode()
    assert client.get("/api/v1/matches").status_code == 200


@pytest.mark.parametrize(("environment", "value"), [("production", "optional"), ("local", "perhaps")])
def test_production_does_not_start_without(environment: str, value: str) -> None:
    given = {**os.environ, "HANDRAISER_ENV": environment, "SECOND_FACTOR": value, "SECRET_KEY": "x" * 60}

    done = subprocess.run(
        [sys.executable, "-c", "import config.settings"], env=given, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "SECOND_FACTOR" in done.stderr
