"""A request that is repeated under its key shows no more than a fresh read would."""

import json
from collections.abc import Callable
from datetime import datetime
from itertools import product

import pytest
from django.db import transaction
from django.http import HttpResponse
from rest_framework.test import APIClient

from campaigns.models import Member
from core.models import ContactAccess, User
from matching.models import Match
from matching.rules.states import MatchState
from tests.access.endpoints import AccessScenario, build_scenario
from tests.cast import Cast
from tests.core.privacy.test_stored_responses import STATES, list_repeatable_routes, post_with_key
from tests.match_factory import make_accepted_match, make_offered_match

Api = Callable[[User | None], APIClient]
KEY = {"Idempotency-Key": "one"}


def take_rights(cast: Cast, house: AccessScenario, role: str, now: datetime) -> None:
    user = house.users[role]
    assert user is not None
    if role == "reviewer":
        Member.objects.create(campaign=cast.campaign, user=user, position="staff", since=now)
    else:
        Member.objects.filter(user=user).delete()


def says_nothing(answer: HttpResponse) -> bool:
    """Whether an answer is empty, or holds no more of a match than the id that was asked for."""
    return not answer.content or json.loads(answer.content).keys() == {"id", "state", "available_actions"}


@pytest.mark.parametrize("part", range(2))
def test_no_operation_repeats_its_answer_to_a_caller_who_lost_their_rights(
    cast: Cast, now: datetime, part: int
) -> None:
    house = build_scenario(cast, now)
    answered = set()
    for route in list_repeatable_routes()[part::2]:
        for state, role in product(STATES, ("reviewer", "manager")):
            with transaction.atomic():
                answer = post_with_key(house, route, role, state)
                if 200 <= answer.status_code < 300:
                    answered.add(route)
                    take_rights(cast, house, role, now)
                    again = post_with_key(house, route, role, state)
                    assert again.status_code in (200, 204, 403, 404), (route, role)
                    assert again.status_code in (403, 404) or says_nothing(again), (route, role)
                transaction.set_rollback(True)
            if route in answered:
                break

    assert len(answered) > 10


def test_a_member_of_staff_who_was_removed_reads_no_contact(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    sam = cast.dave
    Member.objects.create(campaign=cast.campaign, user=sam, position="staff", since=now)
    path = f"/api/v1/placements/{match.public_id}/confirm"
    assert cast.alice.email in api(sam).post(path, headers=KEY).content.decode()
    accesses = ContactAccess.objects.count()

    # Another campaign keeps the second factor needed, and the placements open to them.
    Member.objects.filter(user=sam).delete()
    again = api(sam).post(path, headers=KEY)

    assert (again.status_code, again["Idempotent-Replayed"]) == (200, "true")
    assert again.json() == {"id": str(match.public_id), "state": None, "available_actions": []}
    assert ContactAccess.objects.count() == accesses


def test_an_emergency_hides_its_campaign_again(api: Api, cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)
    type(match.request).objects.filter(pk=match.request_id).update(emergency=True)
    path = f"/api/v1/me/matches/{match.public_id}/accept"
    first = api(cast.alice).post(path, {"accepts_code_of_conduct": True}, headers=KEY)
    assert first.status_code == 200, first.content
    assert api(cast.alice).post(path, {"accepts_code_of_conduct": True}, headers=KEY).json() == first.json()

    Match.objects.filter(pk=match.pk).update(state=MatchState.WITHDRAWN)

    again = api(cast.alice).post(path, {"accepts_code_of_conduct": True}, headers=KEY).json()
    assert again == api(cast.alice).get(f"/api/v1/me/matches/{match.public_id}").json()
    assert cast.campaign.name not in str(again)


def test_a_match_that_has_moved_on_is_answered_as_it_is_now(api: Api, cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)
    path = f"/api/v1/me/matches/{match.public_id}/accept"
    api(cast.alice).post(path, {"accepts_code_of_conduct": True}, headers=KEY)
    confirmed = api(cast.carol).post(f"/api/v1/placements/{match.public_id}/confirm", headers=KEY)
    assert confirmed.status_code == 200, confirmed.content

    again = api(cast.alice).post(path, {"accepts_code_of_conduct": True}, headers=KEY)

    assert (again.status_code, again["Idempotent-Replayed"], again.json()["state"]) == (200, "true", "active")
    assert again.json() == api(cast.alice).get(path.removesuffix("/accept")).json()
    assert "ETag" in again


def test_a_message_whose_match_has_moved_on_is_said_to_be_written(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    path = f"/api/v1/me/matches/{match.public_id}/messages"
    api(cast.alice).post(path, {"text": "Shall we begin?"}, headers=KEY)
    Match.objects.filter(pk=match.pk).update(state=MatchState.WITHDRAWN)

    again = api(cast.alice).post(path, {"text": "Shall we begin?"}, headers=KEY)

    assert (again.status_code, again.content, again["Idempotent-Replayed"]) == (204, b"", "true")
    assert match.messages.filter(text="Shall we begin?").count() == 1
