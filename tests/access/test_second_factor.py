"""Whoever sees others and gave only a password is asked for a second factor, but at endpoints of their own."""

from datetime import datetime

import pytest
from django.db import transaction
from django.test import Client
from rest_framework.test import APIClient

from campaigns.models import Member
from core.accounts.authentication import AuthenticationContext
from core.models import User
from tests.access.endpoints import AccessScenario, build_scenario, endpoint_path, permission_classes_by_route
from tests.access.test_closed_endpoints import FOR_EVERYBODY, NOTHING_BUT_OWN
from tests.access.test_matrix import listed
from tests.cast import Cast, create_user

ROLES = ("staff", "treasurer", "manager", "rival", "reviewer")


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    """As elsewhere, and Tess keeps the campaign's books."""
    house = build_scenario(cast, now)
    treasurer = create_user("tess")
    Member.objects.create(campaign=cast.campaign, user=treasurer, position="treasurer", since=now)
    house.users["treasurer"] = treasurer
    return house


def endpoints_to_others() -> list[tuple[str, str]]:
    closed = permission_classes_by_route().keys() - {*FOR_EVERYBODY, *NOTHING_BUT_OWN}
    # Registering a campaign shows nobody.
    return [endpoint for endpoint in listed() if endpoint[0] in closed and endpoint != ("campaign-list", "post")]


@pytest.mark.parametrize("role", ROLES)
def test_a_password_alone_opens_no_endpoint_to_others(house: AccessScenario, role: str) -> None:
    client = APIClient()
    client.force_authenticate(house.users[role], token=AuthenticationContext(has_mfa=False))  # type: ignore[arg-type]
    wrong = []
    for route, method in endpoints_to_others():
        said = {} if method == "get" else house.bodies.get(f"{route} {method}", house.bodies.get(route, {}))
        with transaction.atomic():
            answer = getattr(client, method)(endpoint_path(house, route), said)
            transaction.set_rollback(True)
        if (answer.status_code, answer.json().get("code")) != (403, "second_factor_needed"):
            wrong.append(f"{method} {route}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("role", ["volunteer", "other"])
def test_who_sees_nobody_is_not_asked(house: AccessScenario, role: str) -> None:
    client = APIClient()
    client.force_authenticate(house.users[role], token=AuthenticationContext(has_mfa=False))  # type: ignore[arg-type]

    assert client.get("/api/v1/campaigns").status_code == 200


def test_a_page_of_the_admin_asks_as_well(house: AccessScenario) -> None:
    reviewer = house.users["reviewer"]
    assert isinstance(reviewer, User)
    client = Client()
    client.force_login(reviewer)

    assert client.get("/admin/core/factorrecovery/")["Location"].startswith("/accounts/2fa/")
