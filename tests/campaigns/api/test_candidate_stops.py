"""The candidate's no by the API, and how reviewers close it there and in the admin."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from campaigns.actions import candidate_links
from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.candidate_stops import close_candidate_stop, stop_campaign
from campaigns.link_tokens import derive_link_token
from campaigns.models import Campaign, CandidateLink, CandidateStop, ReplacedCandidateLink, Request
from campaigns.notice_types import CampaignNotice
from core.models import Notice, User
from core.notifications.moments import describe_moment
from tests.cast import Cast

Api = Callable[[User | None], APIClient]
STOP_FIELDS = ("stopped_at", "stop_answer_due_at")


def send_link(cast: Cast, at: datetime) -> str:
    link = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=at)
    return derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)


def test_the_candidate_stops_it_without_an_account(api: Api, cast: Cast, now: datetime) -> None:
    sent = {"token": send_link(cast, now), "reason": "They are strangers."}

    answer = api(None).post("/api/v1/candidate/stop", sent)

    stop = CandidateStop.objects.get()
    told = answer.json()
    assert (answer.status_code, stop.reason) == (200, "They are strangers.")
    assert told["stopped_at"] == "2026-03-02T12:00:00Z"
    assert datetime.fromisoformat(told["answer_due_at"]) == stop.answer_due_at
    assert told["requests"] == [{"title": cast.request.title, "people": 1}]
    assert "They are strangers." not in answer.content.decode()


def test_a_yes_by_the_api_waits_for_the_call_too(api: Api, cast: Cast, now: datetime) -> None:
    token = send_link(cast, now)
    stop_campaign(token=token, at=now)

    answer = api(None).post("/api/v1/candidate/consent", {"token": token})

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_a_reviewer_lists_and_closes_it(api: Api, cast: Cast, now: datetime) -> None:
    stop = stop_campaign(token=send_link(cast, now), reason="They are strangers.", at=now)
    rita = api(cast.rita)
    assert rita.get("/api/v1/me").json()["waiting"]["candidate_stops"]["count"] == 1
    [row] = rita.get("/api/v1/candidate-stops", {"is_handled": "false"}).json()["results"]
    assert (row["id"], row["reason"], row["outcome"]) == (str(stop.public_id), "They are strangers.", None)

    closed = {"outcome": "resumed", "note": "Kim knows them."}
    answer = rita.post(f"/api/v1/candidate-stops/{stop.public_id}/close", closed)

    assert (answer.status_code, answer.json()["outcome"]) == (200, "resumed")
    assert rita.get("/api/v1/candidate-stops", {"is_handled": "false"}).json()["results"] == []
    assert rita.get("/api/v1/me").json()["waiting"]["candidate_stops"]["count"] == 0


def test_a_reviewer_closes_it_in_the_admin(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    stop = stop_campaign(token=send_link(cast, now), reason="They are strangers.", at=now)
    listed = reviewer_client.get(reverse("admin:campaigns_candidatestop_changelist"), {"handled_at__isempty": "1"})
    assert "Doe for Senate" in listed.content.decode()
    close = reverse("admin:campaigns_candidatestop_close_stop", args=[stop.pk])
    page = reviewer_client.get(close).content.decode()
    assert "They are strangers." in page
    assert "may be its own" in page
    empty = reviewer_client.post(close, {"outcome": "ended", "note": ""})
    assert (empty.status_code, CandidateStop.objects.get().handled_at) == (200, None)

    reviewer_client.post(close, {"outcome": "ended", "note": "Kim knows none of them."})

    assert CandidateStop.objects.get().outcome == "ended"
    assert Campaign.objects.get(pk=cast.campaign.pk).state == Campaign.State.ENDED
    change = reviewer_client.get(f"/admin/campaigns/campaign/{cast.campaign.pk}/change/").content.decode()
    assert "They are strangers." in change


def test_the_check_list_says_that_the_candidate_said_no(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    stop_campaign(token=send_link(cast, now), at=now)
    page = reviewer_client.get(f"/admin/campaigns/campaign/{cast.campaign.pk}/change/").content.decode()
    assert "They have said no" in page
    assert "find it in the public filing yourself, and do not ask the manager" in page
    assert "ask the manager for it" not in page


def test_the_admin_says_the_promised_time_as_the_candidate_reads_it(
    reviewer_client: Client, cast: Cast, now: datetime
) -> None:
    stop = stop_campaign(token=send_link(cast, now), at=now)
    Request.objects.update(time_zone="America/Los_Angeles")
    until = describe_moment(stop.answer_due_at, "America/Los_Angeles")

    for address in (
        reverse("admin:campaigns_candidatestop_changelist"),
        reverse("admin:campaigns_candidatestop_change", args=[stop.pk]),
        reverse("admin:campaigns_campaign_change", args=[cast.campaign.pk]),
    ):
        assert until in reviewer_client.get(address).content.decode(), address


def test_a_campaigns_page_in_the_admin_says_when_its_check_is_promised_with_the_zone(
    reviewer_client: Client, cast: Cast, now: datetime
) -> None:
    due_at = now + timedelta(days=1)
    Campaign.objects.update(state="unverified", answer_due_at=due_at)
    page = reviewer_client.get(f"/admin/campaigns/campaign/{cast.campaign.pk}/change/").content.decode()
    assert describe_moment(due_at, cast.request.time_zone) in page


def test_a_reviewer_sends_the_link_once_more_in_the_admin(
    cast: Cast, reviewer_client: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidate_links, "MAX_CANDIDATE_LINKS_PER_CAMPAIGN_PER_DAY", 2)
    address = reverse("admin:campaigns_campaign_send_link", args=[cast.campaign.pk])
    change = f"/admin/campaigns/campaign/{cast.campaign.pk}/change/"
    assert address in reviewer_client.get(change).content.decode()
    assert "Take it from the public filing." in reviewer_client.get(address).content.decode()

    assert reviewer_client.post(address, {"email": "kim"}).status_code == 200
    first = reviewer_client.post(address, {"email": "kim@example.org"})
    old = CandidateLink.objects.get().token_digest
    reviewer_client.post(address, {"email": "kim@example.org"})
    third = reviewer_client.post(address, {"email": "kim@example.org"})

    assert (first.status_code, first["Location"], third.status_code) == (302, change, 200)
    assert "at most 2 letters a day" in third.content.decode()
    assert ReplacedCandidateLink.objects.get().token_digest == old
    assert Notice.objects.filter(address="kim@example.org").count() == 2
    assert "rita@example.org" in reviewer_client.get(change).content.decode()  # who sent the latest


def test_members_and_reviewers_see_that_a_campaign_is_stopped(api: Api, cast: Cast, now: datetime) -> None:
    address = f"/api/v1/campaigns/{cast.campaign.public_id}"
    assert [api(cast.carol).get(address).json()[name] for name in STOP_FIELDS] == [None, None]
    stop = stop_campaign(token=send_link(cast, now), at=now)

    for user in (cast.carol, cast.rita):
        [listed] = api(user).get("/api/v1/campaigns").json()["results"]
        shown = api(user).get(address).json()
        assert [shown[name] for name in STOP_FIELDS] == [listed[name] for name in STOP_FIELDS]
        assert [datetime.fromisoformat(shown[name]) for name in STOP_FIELDS] == [stop.stopped_at, stop.answer_due_at]

    close_candidate_stop(actor=cast.rita, stop=stop, outcome="resumed", note="Kim knows them.", at=now)
    assert [api(cast.carol).get(address).json()[name] for name in STOP_FIELDS] == [None, None]
