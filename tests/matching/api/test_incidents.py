"""A report of a break-in by the API: kinds as a list, a description, or both."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from campaigns.models import Request
from core.models import User
from tests.cast import Cast

Api = Callable[[User | None], APIClient]
REST = {"since": "Today", "contact": "+1 503 555 0188"}


@pytest.mark.parametrize(
    ("sent", "happened"),
    [
        ({"kinds": ["account", "mail", "mail", "unsure"]}, "Our email; An account on social media or Google"),
        ({"kinds": ["unsure"], "description": "Odd mail."}, "We’re not sure. Odd mail."),
        ({"description": "Odd mail."}, "Odd mail."),
    ],
)
def test_what_happened_is_kinds_or_a_description(api: Api, cast: Cast, sent: dict[str, Any], happened: str) -> None:
    answer = api(cast.carol).post(f"/api/v1/campaigns/{cast.campaign.public_id}/incidents", REST | sent, format="json")

    assert answer.status_code == 201
    incident = Request.objects.get(emergency=True)
    assert incident.brief == f"What happened: {happened}\nSince when: Today"


@pytest.mark.parametrize(
    ("sent", "path"), [({}, "description"), ({"kinds": ["x"]}, "kinds.0"), ({"kinds": ["mail"] * 7}, "kinds")]
)
def test_nothing_an_unknown_kind_and_too_many_are_refused(
    api: Api, cast: Cast, sent: dict[str, Any], path: str
) -> None:
    answer = api(cast.carol).post(f"/api/v1/campaigns/{cast.campaign.public_id}/incidents", REST | sent, format="json")

    assert answer.status_code == 400
    assert path in answer.json()["errors"]
    assert not Request.objects.filter(emergency=True).exists()
