"""Endpoints are closed unless a line here opens them."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from rest_framework.test import APIClient

from core.accounts.permissions import IsAdministrator, IsReviewer, SecondFactorRequired
from core.api.permissions import AllowAny, OwnDataOnly
from core.models import User
from tests.access.endpoints import permission_classes_by_route
from tests.cast import Cast

Api = Callable[[User | None], APIClient]

PASSWORD = "correct horse battery"

FOR_EVERYBODY = [
    "candidate-consent",
    "candidate-end-manager-access",
    "candidate-managers",
    "candidate-stop",
    "docs",
    "fits",
    "open-role-list",
    "schema",
    "skill-unknown-words",
    "skills",
    "vocabulary",
]

NOTHING_BUT_OWN = [
    "contests",
    "me",
    "member-invitation-accept",
    "my-availability",
    "my-availability-confirm",
    "my-availability-on-call",
    "my-availability-pause",
    "my-availability-waive-rest",
    "my-calendar-feed",
    "my-erasure",
    "my-fits",
    "my-interest-detail",
    "my-interest-list",
    "my-leave",
    "my-level-question-answer",
    "my-level-question-list",
    "my-match-accept",
    "my-match-checklists",
    "my-match-complete",
    "my-match-decline",
    "my-match-detail",
    "my-match-list",
    "my-match-messages",
    "my-match-problem-reports",
    "my-match-report-problem",
    "my-match-withdraw",
    "my-muted-topics",
    "my-personal-data",
    "my-profile",
    "my-profile-claim",
    "my-return",
    "my-token-detail",
    "my-token-list",
    "my-veto-detail",
    "my-veto-list",
    "playbooks",
    "policy-active",
]


def test_nobody_else_than_these_endpoints_is_open_to_everybody() -> None:
    assert sorted(name for name, found in permission_classes_by_route().items() if found == {AllowAny}) == FOR_EVERYBODY


def test_nothing_of_others_stands_behind_these_endpoints_and_every_other_asks_for_trust() -> None:
    assert (
        sorted(name for name, found in permission_classes_by_route().items() if found == {OwnDataOnly})
        == NOTHING_BUT_OWN
    )
    others = {
        name: found
        for name, found in permission_classes_by_route().items()
        if name not in FOR_EVERYBODY + NOTHING_BUT_OWN
    }
    trusted = ({SecondFactorRequired}, {IsReviewer}, {IsAdministrator})
    assert {name: found for name, found in others.items() if found not in trusted} == {}


def test_who_does_not_say_who_they_are_is_asked_for_a_token(api: Api, cast: Cast) -> None:
    answer = api(None).get("/api/v1/campaigns")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer.json()["detail"] == "You are not signed in. Sign in, and try again."
    assert answer["WWW-Authenticate"] == 'Bearer realm="Handraiser"'


@pytest.mark.parametrize(
    ("token", "code"), [("nothing", "session_over"), ("", "not_authenticated"), ("x" * 300, "session_over")]
)
def test_a_token_that_is_none_of_ours_is_no_sign_in(api: Api, cast: Cast, token: str, code: str) -> None:
    answer = api(None).get("/api/v1/me", headers={"X-Session-Token": token})

    assert (answer.status_code, answer.json()["code"]) == (401, code)


def test_a_session_that_is_over_leads_to_the_sign_in(api: Api, cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.alice, email=cast.alice.email, verified=True, primary=True)
    client = APIClient()
    sign_in = client.post("/api/v1/auth/app/v1/auth/login", {"email": cast.alice.email, "password": PASSWORD})
    token = sign_in.json()["meta"]["session_token"]
    assert client.get("/api/v1/me", headers={"X-Session-Token": token}).status_code == 200
    client.delete("/api/v1/auth/app/v1/auth/session", headers={"X-Session-Token": token})

    answer = client.get("/api/v1/me", headers={"X-Session-Token": token})

    assert (answer.status_code, answer.json()["code"]) == (401, "session_over")
    assert answer.json()["where"]["api"] == {
        "method": "POST",
        "path": "/api/v1/auth/app/v1/auth/login",
        "operation_id": "signIn",
    }
    assert answer["WWW-Authenticate"] == 'Bearer realm="Handraiser"'


def test_a_sign_up_that_is_not_finished_is_no_session_that_is_over(api: Api, cast: Cast) -> None:
    client = APIClient()
    begun = client.post("/api/v1/auth/app/v1/auth/signup", {"email": "new@example.org", "password": PASSWORD})
    token = begun.json()["meta"]["session_token"]

    answer = client.get("/api/v1/me", headers={"X-Session-Token": token})

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer.json()["detail"].startswith("Your sign-up or sign-in is not finished.")


def test_a_personal_token_that_is_over_says_so(api: Api, cast: Cast) -> None:
    answer = api(None).get("/api/v1/me", headers={"Authorization": "Bearer hrt_wrong"})

    assert (answer.status_code, answer.json()["code"]) == (401, "token_over")
    assert "where" not in answer.json()


def test_who_is_signed_in_and_may_not_is_told_so(api: Api, cast: Cast) -> None:
    answer = api(cast.alice).get("/api/v1/runs")

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
