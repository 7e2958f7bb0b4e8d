"""Doors are closed unless a line here opens them."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from core.accounts.permissions import IsReviewer, SecondFactorRequired
from core.api.permissions import AllowAny, OwnDataOnly
from core.models import User
from tests.access.endpoints import permission_classes_by_route
from tests.cast import Cast

Api = Callable[[User | None], APIClient]

FOR_EVERYBODY = [
    "candidate-consent",
    "candidate-end-manager-access",
    "candidate-managers",
    "docs",
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


def test_nobody_else_than_these_doors_is_open_to_everybody() -> None:
    assert sorted(name for name, found in permission_classes_by_route().items() if found == {AllowAny}) == FOR_EVERYBODY


def test_nothing_of_others_stands_behind_these_doors_and_every_other_asks_for_trust() -> None:
    assert (
        sorted(name for name, found in permission_classes_by_route().items() if found == {OwnDataOnly})
        == NOTHING_BUT_OWN
    )
    others = {
        name: found
        for name, found in permission_classes_by_route().items()
        if name not in FOR_EVERYBODY + NOTHING_BUT_OWN
    }
    assert {name: found for name, found in others.items() if found not in ({SecondFactorRequired}, {IsReviewer})} == {}


def test_who_does_not_say_who_they_are_is_asked_for_a_token(api: Api, cast: Cast) -> None:
    answer = api(None).get("/api/v1/campaigns")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == 'Bearer realm="Handraiser"'


@pytest.mark.parametrize("token", ["nothing", "", "x" * 300])
def test_a_token_that_is_none_of_ours_is_no_sign_in(api: Api, cast: Cast, token: str) -> None:
    answer = api(None).get("/api/v1/me", headers={"X-Session-Token": token})

    assert answer.status_code == 401


def test_who_is_signed_in_and_may_not_is_told_so(api: Api, cast: Cast) -> None:
    answer = api(cast.alice).get("/api/v1/runs")

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
