"""Whoever is shown how somebody else is reached is written down, at every endpoint."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.invitations import invite_member
from campaigns.link_tokens import derive_link_token
from campaigns.models import CandidateLink, Member, MemberInvitation, Request
from campaigns.notice_types import CampaignNotice
from core.models import ContactAccess, IdempotencyKey, User
from core.notifications.outbox import enqueue_notice
from core.privacy.erasure_handlers import DataSubject
from core.privacy.stored_responses import find_stored_responses, redact_stored_responses
from matching.lifecycle.actions.problem_reports import report_problem
from tests.access.endpoints import CALLER_ROLES, AccessScenario, build_scenario, endpoint_path, list_endpoints
from tests.cast import Cast, authenticate_client, create_user, sign_in_browser
from tests.core.privacy.full_records import create_full_records
from tests.core.privacy.shown_contacts import looks, unrecorded
from tests.match_factory import make_accepted_match, make_active_match
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    cache.clear()
    Volunteer.objects.filter(user=cast.alice).update(contact="@alizee-x")
    return build_scenario(cast, now)


@pytest.mark.parametrize("role", CALLER_ROLES)
def test_every_endpoint_that_shows_a_contact_says_so(house: AccessScenario, role: str) -> None:
    user, betrayed, shown = house.users[role], [], 0
    by = Q(viewer_id=user.pk if user else None) | Q(viewer_id=None)  # with a candidate's link one is the candidate
    # The description of the interface has examples of its own.
    # Administrators read the addresses of their colleagues, who are no volunteers of this list.
    for route in [
        name for name, method in list_endpoints() if method == "get" and name not in ("schema", "reviewer-list")
    ]:
        client = APIClient()
        if user is not None:
            authenticate_client(client, user)
            sign_in_browser(client, user)
        told = client.get(endpoint_path(house, route)).content.decode(errors="replace")
        betrayed += [f"{route}: {word}" for word in unrecorded(told, ContactAccess.objects.filter(by), user)]
        shown += ContactAccess.objects.count()
    assert betrayed == []
    assert shown or role in ("other", "rival")


def test_every_page_of_the_admin_that_shows_a_contact_says_so(cast: Cast, now: datetime) -> None:
    create_full_records(cast, now)
    Volunteer.objects.filter(user=None).update(email="imported@example.org")
    enqueue_notice(to="new@example.org", kind="member-invitation", cause="last", subjects={}, at=now)
    Volunteer.objects.filter(user=cast.alice).update(contact="@alizee-x")
    client, shown = Client(), dict[str, bool]()
    sign_in_browser(client, cast.rita)
    reverse("admin:index")  # reads what the site shows
    for model in list(admin.site._registry):
        for page in _pages(model):
            before = ContactAccess.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            told = client.get(page).content.decode()
            # What was written down for one page does not speak for the next.
            new = ContactAccess.objects.filter(pk__gt=before)
            assert (page, unrecorded(told, new, cast.rita)) == (page, [])
            shown |= {page: new.exclude(subject_public_id=None).exists()} if new.exists() else {}
    assert len(shown) >= 8
    assert sum(shown.values()) >= 2  # an imported person, and a letter to somebody without an account


def _pages(model: Any) -> list[str]:
    """Its list, and two of its rows."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    rows = model._default_manager.order_by("-pk").values_list("pk", flat=True)[:2]
    return [reverse(f"{name}_changelist"), *(reverse(f"{name}_change", args=[pk]) for pk in rows)]


def test_a_campaign_that_sees_its_people(api: Api, cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    address = "/api/v1/placements"

    api(cast.carol).get(address)
    api(cast.carol).get(f"{address}/{match.public_id}")

    assert looks() == [(cast.carol.pk, "campaign", cast.alice.pk, "placement")] * 2


def test_a_move_that_is_answered_with_a_contact(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)

    answer = api(cast.carol).post(f"/api/v1/placements/{match.public_id}/confirm")

    assert answer.json()["contact"] == "alice@example.org"
    assert looks() == [(cast.carol.pk, "campaign", cast.alice.pk, "placement")]


def test_nobody_is_written_down_whose_contact_is_not_shown(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    api(cast.carol).get("/api/v1/placements")
    assert looks() == []

    api(cast.carol).post(f"/api/v1/placements/{match.public_id}/confirm")
    report_problem(actor=cast.alice, match=match, kind="other", at=now)
    before = len(looks())
    api(cast.carol).get("/api/v1/placements")  # contact pauses

    assert len(looks()) == before == 1


def test_a_volunteer_who_sees_who_answers(api: Api, cast: Cast, now: datetime) -> None:
    make_active_match(cast, now)

    assert api(cast.alice).get("/api/v1/me/matches").json()["results"][0]["kick_off"]["owner"] == "carol@example.org"

    assert looks() == [(cast.alice.pk, "volunteer", cast.carol.pk, "match")]


def test_a_team_is_seen_as_what_one_is(api: Api, cast: Cast, now: datetime) -> None:
    make_active_match(cast, now)
    for user in (cast.alice, cast.carol, cast.rita):
        api(user).get(f"/api/v1/requests/{cast.request.public_id}/team")

    assert looks() == [
        (cast.carol.pk, "campaign", cast.alice.pk, "team"),
        (cast.rita.pk, "reviewer", cast.alice.pk, "team"),
    ]


def test_a_candidate_has_no_account_and_is_written_down_all_the_same(api: Api, cast: Cast, now: datetime) -> None:
    key = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=now)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, key.public_id)

    api(None).post("/api/v1/candidate/managers", {"token": token})
    Client().get(reverse("candidate", args=[token]))

    assert looks() == [(None, "candidate", cast.carol.pk, "candidate")] * 2


def test_who_is_invited_may_have_no_account(api: Api, cast: Cast, now: datetime) -> None:
    path = f"/api/v1/campaigns/{cast.campaign.public_id}/invitations"
    sent = {"email": "new@example.org", "position": "staff"}

    made = api(cast.carol).post(path, sent).json()
    api(cast.carol).get(path)
    api(cast.rita).get(path)

    invitation = UUID(made["id"])
    assert looks() == [
        (cast.carol.pk, "campaign", invitation, "invitations"),
        (cast.carol.pk, "campaign", invitation, "invitations"),
        (cast.rita.pk, "reviewer", invitation, "invitations"),
    ]


def test_whoever_is_invited_finds_who_looked(api: Api, cast: Cast, now: datetime) -> None:
    cache.clear()
    invite_member(actor=cast.carol, campaign=cast.campaign, email=cast.dave.email, position="staff", at=now)
    send_candidate_link(actor=cast.rita, campaign=cast.campaign, email=cast.alice.email, at=now)
    imported = Volunteer.objects.create(
        email=cast.bob.email, max_hours_per_week=2, time_zone="UTC", waiting_since=now, source="list", source_key="7"
    )
    seen: dict[str, Any] = {"viewer_id": cast.rita.pk, "viewer_kind": "reviewer", "at": now}
    ContactAccess.objects.create(
        subject_public_id=MemberInvitation.objects.get().public_id, access_point="invitations", **seen
    )
    ContactAccess.objects.create(
        subject_public_id=CandidateLink.objects.get().public_id, access_point="candidate", **seen
    )
    ContactAccess.objects.create(subject_public_id=imported.public_id, access_point="review", **seen)

    def found(user: User, part: str) -> list[str]:
        return [look["access_point"] for look in api(user).get("/api/v1/me/personal-data").json()["sections"][part]]

    assert [found(user, "who_looked_at_invitations") for user in (cast.dave, cast.alice, cast.bob)] == [
        *(["invitations"], ["candidate"], [])
    ]
    assert [found(user, "who_looked_at_profile") for user in (cast.dave, cast.bob)] == [[], ["review"]]


def test_where_the_candidate_is_written_to(api: Api, cast: Cast) -> None:
    path = f"/api/v1/campaigns/{cast.campaign.public_id}/candidate-link"

    assert api(cast.rita).post(path, {"email": "kim@example.org"}).json()["email"] == "kim@example.org"

    assert looks() == [(cast.rita.pk, "reviewer", CandidateLink.objects.get().public_id, "invitations")]


def test_what_is_answered_again_is_written_down_again(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    path, key = f"/api/v1/placements/{match.public_id}/confirm", {"Idempotency-Key": "one"}

    first, second = (api(cast.carol).post(path, headers=key) for _ in range(2))

    assert second["Idempotent-Replayed"] == "true"
    assert second.json()["contact"] == first.json()["contact"] == "alice@example.org"
    assert looks() == [(cast.carol.pk, "campaign", cast.alice.pk, "placement")] * 2


def test_an_invitation_that_is_answered_again_is_written_down_again(api: Api, cast: Cast) -> None:
    path = f"/api/v1/campaigns/{cast.campaign.public_id}/invitations"
    sent, key = {"email": "new@example.org", "position": "staff"}, {"Idempotency-Key": "one"}

    for _ in range(2):
        assert api(cast.carol).post(path, sent, headers=key).json()["email"] == "new@example.org"

    invitation = MemberInvitation.objects.get().public_id
    assert looks() == [(cast.carol.pk, "campaign", invitation, "invitations")] * 2


def test_what_comes_in_place_of_an_emptied_answer_is_written_down(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    path, key = f"/api/v1/placements/{match.public_id}/confirm", {"Idempotency-Key": "one"}
    api(cast.carol).post(path, headers=key)

    redact_stored_responses(find_stored_responses(DataSubject(user=cast.alice, until=now)))

    assert api(cast.carol).post(path, headers=key).json()["contact"] == cast.alice.email
    assert len(looks()) == 2


def test_an_answer_that_was_emptied_shows_nobody(api: Api, cast: Cast) -> None:
    path = f"/api/v1/campaigns/{cast.campaign.public_id}/invitations"
    sent, key = {"email": "new@example.org", "position": "staff"}, {"Idempotency-Key": "one"}
    api(cast.carol).post(path, sent, headers=key)

    IdempotencyKey.objects.update(response_body="{}", contacts_shown=[], subjects=[], access_facts={})

    assert api(cast.carol).post(path, sent, headers=key).status_code == 204
    assert len(looks()) == 1


def test_who_called_in_an_emergency(api: Api, cast: Cast, now: datetime) -> None:
    said = {
        "description": "Mails that we did not send",
        "since": "Today",
        "contact": "555-0100",
        "accepts_code_of_conduct": True,
    }
    made = api(cast.carol).post(f"/api/v1/campaigns/{cast.campaign.public_id}/incidents", said).json()
    assert looks() == []

    # Others may be signed in as the campaign: what was typed is for the people who help, and for reviewers.
    for user, contact, happened in ((cast.carol, "", False), (cast.rita, "555-0100", True)):
        shown = api(user).get(f"/api/v1/requests/{made['request']}").json()
        assert (shown["channel"], "Mails that we did not send" in shown["brief"]) == (contact, happened)
    api(cast.rita).get("/api/v1/requests")

    assert looks() == [(cast.rita.pk, "reviewer", cast.carol.pk, "request")] * 2


def test_where_a_project_talks_is_nobodys_contact(api: Api, cast: Cast) -> None:
    Request.objects.update(channel="The group chat")

    assert api(cast.rita).get(f"/api/v1/requests/{cast.request.public_id}").json()["channel"] == "The group chat"

    assert looks() == []


def test_a_list_of_many_is_written_down_in_one_statement(api: Api, cast: Cast, now: datetime) -> None:
    for number in range(3):
        Member.objects.create(campaign=cast.campaign, user=create_user(f"m{number}"), position="staff", since=now)

    with CaptureQueriesContext(connection) as captured:
        api(cast.carol).get(f"/api/v1/campaigns/{cast.campaign.public_id}/members")

    assert ["INSERT INTO" in one["sql"] for one in captured.captured_queries].count(True) == 1
    assert len(looks()) == 3


def test_a_reviewer_finds_who_looked_by_number(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    ContactAccess.objects.create(
        viewer_id=cast.carol.pk, viewer_kind="campaign", subject_id=cast.alice.pk, access_point="placement", at=now
    )

    page = reviewer_client.get(reverse("admin:core_contactaccess_changelist"), {"q": str(cast.alice.pk)})

    assert page.status_code == 200
    assert "The people of a campaign" in page.content.decode()
    assert "@example.org" not in page.content.decode().replace("rita@example.org", "")
