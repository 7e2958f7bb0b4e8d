from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from campaigns.actions.invitations import invite_member
from campaigns.link_tokens import derive_link_token
from campaigns.models import Member, MemberInvitation
from campaigns.notice_types import CampaignNotice
from core.models import User
from core.notifications.delivery import deliver_due_notices
from tests.cast import Cast, create_user

Api = Callable[[User | None], APIClient]


@pytest.fixture
def sam(cast: Cast, now: datetime) -> User:
    """Staff of Carol's campaign."""
    sam = create_user("sam")
    Member.objects.create(campaign=cast.campaign, user=sam, position="staff", since=now)
    return sam


def members(cast: Cast) -> str:
    return f"/api/v1/campaigns/{cast.campaign.public_id}/members"


def invitations(cast: Cast) -> str:
    return f"/api/v1/campaigns/{cast.campaign.public_id}/invitations"


def test_an_invitation_goes_from_the_mail_to_membership(api: Api, cast: Cast, now: datetime) -> None:
    said = {"email": "dave@example.org", "position": "staff"}
    made = api(cast.carol).post(invitations(cast), said)
    assert (made.status_code, set(made.json())) == (201, {"id", "email", "position", "invited_at", "expires_at"})
    deliver_due_notices(at=now)
    [letter] = mail.outbox
    address = next(word for word in str(letter.body).split() if "/join/" in word)
    for secret in ("doe", "senate", "campaign", "candidate", "carol"):
        assert secret not in letter.subject.lower()
    assert "You are asked to work for Doe for Senate" in str(letter.body)  # verified; Carol has proved no address

    path = address[address.index("/join/") :]
    page = Client()
    assert page.get(path).status_code == 200  # it says who invites, and has a code sent
    page.force_login(cast.dave)
    assert b"Doe for Senate" in page.get(path).content
    assert not Member.objects.filter(user=cast.dave).exists()  # looking changes nothing
    token = path.removeprefix("/join/").rstrip("/")
    joined = api(cast.dave).post("/api/v1/member-invitations/accept", {"token": token})

    assert (joined.status_code, joined.json()["campaign"]) == (200, str(cast.campaign.public_id))
    assert api(cast.dave).get(f"/api/v1/campaigns/{cast.campaign.public_id}").status_code == 200
    assert api(cast.dave).post("/api/v1/member-invitations/accept", {"token": token}).status_code == 409


def test_the_answer_does_not_tell_who_has_an_account(api: Api, cast: Cast) -> None:
    answers = []
    for email in ("dave@example.org", "nobody@example.org"):
        answer = api(cast.carol).post(invitations(cast), {"email": email, "position": "staff"})
        told = answer.json()
        told.pop("id")
        answers.append((answer.status_code, {**told, "email": ""}))

    assert answers[0] == answers[1]


def test_staff_know_the_managers_addresses_and_their_own_and_no_more(
    api: Api, cast: Cast, sam: User, now: datetime
) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="treasurer", since=now)

    def seen(user: User) -> set[tuple[str, str, bool]]:
        rows = api(user).get(members(cast)).json()["results"]
        return {(row["position"], row["email"], row["is_me"]) for row in rows}

    carol, dave, staff = "carol@example.org", "dave@example.org", "sam@example.org"
    assert seen(sam) == {("manager", carol, False), ("staff", staff, True), ("treasurer", "", False)}
    assert seen(cast.carol) == {("manager", carol, True), ("staff", staff, False), ("treasurer", dave, False)}
    assert {email for _, email, _ in seen(cast.rita)} == {carol, dave, staff}
    assert api(sam).get(invitations(cast)).status_code == 403


def test_a_position_is_changed_on_the_right_etag_and_somebody_is_removed(api: Api, cast: Cast, sam: User) -> None:
    path = f"/api/v1/members/{Member.objects.get(user=sam).public_id}"
    tag = api(cast.carol).get(path)["ETag"]
    stale = api(cast.carol).patch(path, {"position": "treasurer"}, headers={"If-Match": '"9"'})
    assert stale.status_code == 412

    changed = api(cast.carol).patch(path, {"position": "treasurer"}, headers={"If-Match": tag})

    assert (changed.status_code, changed.json()["position"], changed["ETag"] != tag) == (200, "treasurer", True)
    assert api(cast.carol).delete(path, headers={"If-Match": tag}).status_code == 412
    assert api(cast.carol).delete(path, headers={"If-Match": changed["ETag"]}).status_code == 204
    assert api(sam).get(f"/api/v1/campaigns/{cast.campaign.public_id}").status_code == 404


def test_an_invitation_is_taken_back(api: Api, cast: Cast, now: datetime) -> None:
    made = invite_member(actor=cast.carol, campaign=cast.campaign, email="x@example.org", position="staff", at=now)
    path = f"/api/v1/member-invitations/{made.public_id}"

    assert api(cast.carol).delete(path).status_code == 204

    assert api(cast.carol).get(invitations(cast)).json()["results"] == []
    assert api(cast.carol).delete(path).status_code == 404


def test_the_candidate_ends_a_manager_on_the_page_and_by_the_api(api: Api, cast: Cast, now: datetime) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=now)
    link = f"/api/v1/campaigns/{cast.campaign.public_id}/candidate-link"
    assert api(cast.carol).post(link, {"email": "me@example.org"}).status_code == 403
    assert api(cast.rita).post(link, {"email": "kim@example.org"}).status_code == 201
    deliver_due_notices(at=now)
    [letter] = mail.outbox
    assert "Doe" not in f"{letter.subject} {letter.body}"
    key = cast.campaign.candidate_key
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, key.public_id)
    page, path = Client(), reverse("candidate", args=[token])
    seen = page.get(path)
    assert (seen.status_code, "no-store" in seen["Cache-Control"]) == (200, True)
    assert b"carol@example.org" in seen.content
    assert Member.objects.filter(campaign=cast.campaign).count() == 2  # looking changes nothing

    carol = Member.objects.get(user=cast.carol)
    assert page.post(reverse("candidate-end-manager", args=[token, carol.public_id]), {}).status_code == 302
    assert api(cast.carol).get(members(cast)).status_code == 404
    dave = Member.objects.get(user=cast.dave)
    said = {"token": token, "manager": str(dave.public_id), "successor": "new@example.org"}
    told = api(None).post("/api/v1/candidate/end-manager-access", said)

    assert (told.status_code, told.json()["managers"]) == (200, [])
    assert MemberInvitation.objects.get().email == "new@example.org"
    wrong = api(None).post("/api/v1/candidate/managers", {"token": "wrong"})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "not_found")
    assert Client().get(reverse("candidate", args=["wrong"])).status_code == 404


def test_a_page_does_not_tell_others_who_was_invited(cast: Cast, now: datetime) -> None:
    made = invite_member(actor=cast.carol, campaign=cast.campaign, email="x@example.org", position="staff", at=now)
    path = reverse("join", args=[derive_link_token(CampaignNotice.MEMBER_INVITATION, made.public_id)])
    client = Client()
    client.force_login(cast.bob)

    page = client.get(path)

    assert (page.status_code, b"x@example.org" in page.content) == (200, False)
    assert client.post(path).status_code == 303


@pytest.mark.parametrize("people", [1, 3])
def test_the_lists_take_a_fixed_number_of_queries(api: Api, cast: Cast, now: datetime, people: int) -> None:
    for number in range(people):
        Member.objects.create(campaign=cast.campaign, user=create_user(f"m{number}"), position="staff", since=now)
    for number in range(people):
        invite_member(
            actor=cast.carol, campaign=cast.campaign, email=f"i{number}@example.org", position="staff", at=now
        )

    # The last of each writes down whose addresses were shown, however many they are.
    assert queries(api(cast.carol), members(cast), people + 1) == 3
    assert queries(api(cast.carol), invitations(cast), people) == 4


def queries(client: APIClient, path: str, rows: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert len(answer.json()["results"]) == rows
    return len(captured)
