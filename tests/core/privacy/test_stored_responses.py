"""An erasure empties what is stored under idempotency keys, whatever operation it answered."""

from collections.abc import Callable
from datetime import datetime
from itertools import product
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.urls import get_resolver
from rest_framework.test import APIClient

from campaigns.models import CandidateLink, Member, MemberInvitation
from core.api.idempotency import IdempotentAPIView
from core.models import FactorRecovery, IdempotencyKey, User
from core.privacy.erasure import data_subject_of, erase_on_written_request
from core.privacy.erasure_handlers import DataSubject
from matching.models import Interest, Match, Message, Pin, ProblemReport, Veto
from matching.rules.states import MatchState
from tests.access.endpoints import AccessScenario, build_scenario, endpoint_path, list_endpoints
from tests.cast import Cast, authenticate_client
from tests.core.privacy.full_records import create_full_records
from tests.match_factory import make_accepted_match
from volunteers.models import Invitation, LevelQuestion, Vetting, Volunteer

Api = Callable[[User | None], APIClient]

HERS = ("alizee", "merriweather", "@alizee-x", "alice@example.org", "her own words")
STATES = (MatchState.ACTIVE, MatchState.PROPOSED, MatchState.OFFERED, MatchState.ACCEPTED, MatchState.CLOSING)
ROLES = ("reviewer", "manager", "rival")
ABOUT_HER = {
    *("match-accept", "match-alternates", "match-approve", "match-cancel", "match-complete", "match-finish"),
    *("match-reject", "match-release", "pin-list", "veto-list"),
    *("placement-complete", "placement-confirm", "placement-finish", "placement-refuse", "placement-release"),
    *("placement-veto-list", "match-moves", "review-team-claim", "review-team-release"),
}
"""Operations whose answers named her before the erasure, or the test would show nothing."""


@pytest.fixture
def house(cast: Cast, now: datetime) -> AccessScenario:
    cache.clear()
    house = build_scenario(cast, now)
    alice = Volunteer.objects.filter(user=cast.alice)
    alice.update(first_name="Alizee", last_name="Merriweather", contact="@alizee-x")
    Pin.objects.all().delete()
    Veto.objects.all().delete()
    ProblemReport.objects.all().delete()
    house.bodies["veto-list"]["volunteer"] = str(alice.get().public_id)
    return house


def list_repeatable_routes() -> list[str]:
    """Every operation whose answer is stored under a key."""
    return [route for route, method in list_endpoints() if method == "post" and is_repeatable(route)]


def is_repeatable(route: str) -> bool:
    callbacks = [pattern.callback for pattern in _list_patterns() if pattern.name == route]
    return any(issubclass(getattr(callback, "cls", object), IdempotentAPIView) for callback in callbacks)


def _list_patterns(resolver: Any = None) -> list[Any]:
    patterns: list[Any] = []
    for each in (resolver or get_resolver()).url_patterns:
        patterns += _list_patterns(each) if hasattr(each, "url_patterns") else [each]
    return patterns


def post_with_key(house: AccessScenario, route: str, role: str, state: MatchState) -> HttpResponse:
    Match.objects.update(state=state, campaign_asked_at=None, revocable_until=None)
    return send_with_key(house, route, role)


def send_with_key(house: AccessScenario, route: str, role: str) -> HttpResponse:
    client = APIClient()
    user = house.users[role]
    assert user is not None
    authenticate_client(client, user)
    body = house.bodies.get(f"{route} post", house.bodies.get(route, {}))
    answer: HttpResponse = client.post(endpoint_path(house, route), body, headers={"Idempotency-Key": "one"})
    return answer


def erase(user: User, now: datetime) -> None:
    reviewer = User.objects.get(email="rita@example.org")
    erase_on_written_request(actor=reviewer, person=data_subject_of(user, at=now), asked=True, at=now)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_no_operation_can_be_repeated_to_read_of_somebody_who_was_erased(
    house: AccessScenario, cast: Cast, now: datetime, part: int
) -> None:
    hers = (*HERS, str(Volunteer.objects.get(user=cast.alice).public_id), house.ids["match"])
    routes = list_repeatable_routes()[part::4]
    named: set[str] = set()
    for route in routes:
        for state, role in product(STATES, ROLES):
            with transaction.atomic():
                answer = post_with_key(house, route, role, state)
                if 200 <= answer.status_code < 300:
                    named |= {route} if find_words(answer.content.decode(), hers) else set()
                    erase(cast.alice, now)
                    kept = IdempotencyKey.objects.get(key="one").response_body
                    assert find_words(kept, hers) == [], (route, role, state)
                transaction.set_rollback(True)
            if route in named:
                break

    assert named == ABOUT_HER & set(routes)


def find_words(text: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word in text.lower()]


def test_a_confirmation_that_is_repeated_no_longer_names_her(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    Volunteer.objects.filter(user=cast.alice).update(first_name="Alizee")
    path, key = f"/api/v1/placements/{match.public_id}/confirm", {"Idempotency-Key": "one"}
    assert "Alizee" in api(cast.carol).post(path, headers=key).content.decode()

    erase(cast.alice, now)
    again = api(cast.carol).post(path, headers=key)

    assert (again.status_code, again["Idempotent-Replayed"]) == (200, "true")
    assert again.json() == {"id": str(match.public_id), "state": None, "available_actions": []}


def test_an_answer_is_found_though_its_row_is_gone(api: Api, cast: Cast, now: datetime) -> None:
    """A veto that was lifted again is found by the match that the request named."""
    match = make_accepted_match(cast, now)
    Match.objects.filter(pk=match.pk).update(state=MatchState.COMPLETED)
    Volunteer.objects.filter(user=cast.alice).update(first_name="Alizee")
    body, key = {"match": str(match.public_id)}, {"Idempotency-Key": "one"}
    veto = api(cast.carol).post("/api/v1/placement-vetoes", body, headers=key).json()
    assert veto["first_name"] == "Alizee"
    assert api(cast.carol).delete(f"/api/v1/placement-vetoes/{veto['id']}").status_code == 204

    erase(cast.alice, now)

    assert api(cast.carol).post("/api/v1/placement-vetoes", body, headers=key).status_code == 204


def list_rows_about_her(cast: Cast, now: datetime) -> list[Any]:
    life = create_full_records(cast, now)
    Member.objects.create(campaign=cast.campaign, user=cast.alice, position="staff", since=now)
    by_address = (MemberInvitation, CandidateLink)
    by_profile = (Vetting, LevelQuestion, Invitation, Match, Veto, Pin, Interest)
    return [
        *(cast.alice, life.volunteer, life.imported),
        *Member.objects.filter(user=cast.alice),
        *FactorRecovery.objects.filter(person=cast.alice),
        *(row for model in by_address for row in model._default_manager.filter(email=cast.alice.email)),
        *(row for model in by_profile for row in model._default_manager.filter(volunteer__first_name="Alice")),
        *(row for model in (Message, ProblemReport) for row in model._default_manager.filter(match=life.match)),
    ]


def test_each_row_about_her_leads_to_its_answers(cast: Cast, now: datetime) -> None:
    """Also to those that hold neither her name nor an address of hers."""
    rows = list_rows_about_her(cast, now)
    answered: dict[str, Any] = {"user": cast.carol, "request_digest": "d", "response_status": 200, "created_at": now}
    for row in rows:
        key, subjects = f"{row._meta.label} {row.pk}", [row.public_id]
        IdempotencyKey.objects.create(key=key, subjects=subjects, response_body='{"state": "x"}', **answered)
    shown = [cast.alice.pk]
    IdempotencyKey.objects.create(key="contact", contacts_shown=shown, response_body='{"state": "x"}', **answered)

    erase(cast.alice, now)

    assert list(IdempotencyKey.objects.filter(response_body__contains="state").values_list("key", flat=True)) == []
    assert len({type(row) for row in rows}) == 15


def test_an_imported_person_without_account_is_found_too(api: Api, cast: Cast, now: datetime) -> None:
    row = Volunteer.objects.create(
        first_name="Imogen", email="imogen@example.org", max_hours_per_week=1, time_zone="UTC", waiting_since=now
    )
    body = {"volunteer": str(row.public_id), "campaign": str(cast.campaign.public_id), "reason": "Family."}
    made = api(cast.rita).post("/api/v1/vetoes", body, headers={"Idempotency-Key": "one"})
    assert (made.status_code, made.json()["name"]) == (201, "Imogen")

    person = DataSubject(row_ids={"volunteer": frozenset({str(row.public_id)})}, until=now)
    erase_on_written_request(actor=cast.rita, person=person, asked=True, at=now)

    assert api(cast.rita).post("/api/v1/vetoes", body, headers={"Idempotency-Key": "one"}).status_code == 204


def test_an_invited_person_is_found_though_the_invitation_was_taken_back(api: Api, cast: Cast, now: datetime) -> None:
    path = f"/api/v1/campaigns/{cast.campaign.public_id}/invitations"
    body, key = {"email": "bob@example.org", "position": "staff"}, {"Idempotency-Key": "one"}
    made = api(cast.carol).post(path, body, headers=key).json()
    assert api(cast.carol).delete(f"/api/v1/member-invitations/{made['id']}").status_code == 204
    assert MemberInvitation.objects.get().email == ""

    erase(cast.bob, now)

    assert api(cast.carol).post(path, body, headers=key).status_code == 204


def test_others_keep_their_answers(api: Api, cast: Cast, now: datetime) -> None:
    path = f"/api/v1/campaigns/{cast.campaign.public_id}/invitations"
    body, key = {"email": "new@example.org", "position": "staff"}, {"Idempotency-Key": "one"}
    made = api(cast.carol).post(path, body, headers=key).json()

    erase(cast.alice, now)

    assert api(cast.carol).post(path, body, headers=key).json() == made


def test_an_id_that_was_sent_with_escapes_is_kept_beside_the_answer(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in str(match.public_id))
    Match.objects.filter(pk=match.pk).update(state=MatchState.COMPLETED)

    made = api(cast.carol).post(
        "/api/v1/placement-vetoes",
        f'{{"match": "{escaped}"}}',
        content_type="application/json",
        headers={"Idempotency-Key": "one"},
    )

    assert made.status_code == 201
    assert match.public_id in IdempotencyKey.objects.get().subjects


def test_the_answers_to_somebody_go_with_them(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    path = f"/api/v1/me/matches/{match.public_id}/messages"
    api(cast.alice).post(path, {"text": "Hello"}, headers={"Idempotency-Key": "one"})
    assert IdempotencyKey.objects.filter(user=cast.alice).exists()

    erase(cast.alice, now)

    assert not IdempotencyKey.objects.exists()
