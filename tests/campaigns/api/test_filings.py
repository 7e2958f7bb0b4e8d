"""Managers and reviewers read how a campaign is checked; each look at the safe phone of another is recorded."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from campaigns.models import Campaign
from core.accounts.authentication import AuthenticationContext
from core.models import ContactAccess, User
from tests.cast import Cast, sign_in_browser

Api = Callable[[User | None], APIClient]
FILING = {"reference": "SEEC 4711", "callback_phone": "+1 503 555 0142", "safe_phone": "+1 503 555 0177"}


@pytest.fixture
def campaign(api: Api, cast: Cast, now: datetime) -> Campaign:
    body = {
        "name": "Roe for Mayor",
        "candidate": "Pat Roe",
        "office": "Mayor",
        "level": "local",
        "jurisdiction": "US-WA",
        "election_on": str(now.date() + timedelta(days=90)),
        "filing": FILING,
    }
    answer = api(cast.dave).post("/api/v1/campaigns", body)
    assert answer.status_code == 201, answer.content
    return Campaign.objects.get(public_id=answer.json()["id"])


def test_what_was_registered_is_read_and_changed_by_its_version(api: Api, cast: Cast, campaign: Campaign) -> None:
    path = f"/api/v1/campaigns/{campaign.public_id}/filing"
    answer = api(cast.dave).get(path)
    assert {name: answer.json()[name] for name in (*FILING, "version")} == FILING | {"version": 1}

    changed = api(cast.dave).patch(path, {"reference": "SEEC 4712"}, headers={"If-Match": answer["ETag"]})
    stale = api(cast.dave).patch(path, {"reference": "SEEC 4713"}, headers={"If-Match": answer["ETag"]})

    assert (changed.status_code, changed.json()["reference"], changed.json()["version"]) == (200, "SEEC 4712", 2)
    assert stale.status_code == 412


def test_a_look_at_anothers_safe_phone_is_recorded(api: Api, cast: Cast, campaign: Campaign) -> None:
    path = f"/api/v1/campaigns/{campaign.public_id}/filing"
    ContactAccess.objects.all().delete()

    api(cast.dave).get(path)
    assert not ContactAccess.objects.exists()
    assert api(cast.rita).get(path).json()["safe_phone"] == FILING["safe_phone"]

    look = ContactAccess.objects.get()
    assert (look.viewer_id, look.viewer_kind, look.subject_id) == (cast.rita.pk, "reviewer", cast.dave.pk)


def test_the_reviewers_page_of_a_campaign_says_what_to_check(cast: Cast, campaign: Campaign) -> None:
    client = Client()
    sign_in_browser(client, cast.rita)
    address = reverse("admin:campaigns_campaign_change", args=[campaign.pk])
    page = client.get(address).content.decode()

    for words in ("Find the public filing by yourself (SEEC 4711)", "+1 503 555 0142", "+1 503 555 0177"):
        assert words in page
    assert ContactAccess.objects.filter(viewer_id=cast.rita.pk, subject_id=cast.dave.pk).exists()
    page = client.get(reverse("admin:campaigns_campaign_change", args=[cast.campaign.pk])).content.decode()
    assert "not stated yet: ask the manager for it" in page


def test_an_old_session_changes_no_safe_phone(cast: Cast, campaign: Campaign, now: datetime) -> None:
    path = f"/api/v1/campaigns/{campaign.public_id}/filing"

    def change(minutes: int | None, body: dict[str, str]) -> int:
        at = None if minutes is None else timezone.now() - timedelta(minutes=minutes)
        client = APIClient()
        access = AuthenticationContext(has_mfa=True, authenticated_at=at)
        client.force_authenticate(cast.dave, token=access)  # type: ignore[arg-type]
        return client.patch(path, body, format="json").status_code

    new = {"safe_phone": "+1 666 555 0666"}
    assert [change(minutes, new) for minutes in (11, None)] == [403, 403]
    assert [change(11, {"reference": "SEEC 1"}), change(11, {"safe_phone": "1-503-555-0177"})] == [200, 200]
    assert change(1, new) == 200


def test_a_reviewer_verifies_the_filing_that_they_read(api: Api, cast: Cast, campaign: Campaign) -> None:
    path = f"/api/v1/campaigns/{campaign.public_id}"
    read = api(cast.rita).get(path)["ETag"]
    assert api(cast.dave).patch(f"{path}/filing", {"callback_phone": "+1 900 555 0666"}).status_code == 200

    body = {"reason": "By phone."}
    stale = api(cast.rita).post(f"{path}/verify", body, headers={"If-Match": read})
    fresh = api(cast.rita).post(f"{path}/verify", body, headers={"If-Match": api(cast.rita).get(path)["ETag"]})

    assert (stale.status_code, fresh.status_code) == (412, 200)
