"""A request is closed to new people or cancelled by those who may, and a role changes with its seats."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from campaigns.actions.request_ends import cancel_request, close_request
from campaigns.actions.requests import draft_request
from campaigns.actions.role_changes import change_role
from campaigns.actions.roles_and_seats import add_role
from campaigns.change_rules import RoleChange
from campaigns.draft_rules import MAX_SEATS_PER_ROLE, RequestDraft, RoleDraft
from campaigns.models import Request, Seat
from core.errors import Invalid, NotAllowed, Stale, WrongState
from matching.lifecycle.actions.clocks import end_orphaned_matches
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, authenticate_client
from tests.match_factory import make_match


@pytest.mark.parametrize(
    ("state", "becomes"),
    [
        (MatchState.PROPOSED, "superseded"),
        (MatchState.OFFERED, "superseded"),
        (MatchState.ACCEPTED, "released"),
        (MatchState.ACTIVE, "active"),
        (MatchState.CLOSING, "closing"),
    ],
)
def test_closing_ends_what_has_not_begun(cast: Cast, now: datetime, state: MatchState, becomes: str) -> None:
    make_match(cast, now, state)

    closed = close_request(actor=cast.carol, request=cast.request, at=now, version=cast.request.version)

    assert (closed.state, closed.version) == ("closed", cast.request.version + 1)
    assert end_orphaned_matches(at=now) == 0
    match = Match.objects.get()
    assert (match.state, match.reason) == (becomes, "" if state in ("active", "closing") else "seat_closed")


def test_only_editors_close_a_published_request_that_is_no_emergency(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        close_request(actor=cast.dave, request=cast.request, at=now)
    with pytest.raises(Stale):
        close_request(actor=cast.carol, request=cast.request, at=now, version=1)
    Request.objects.update(emergency=True)
    with pytest.raises(WrongState, match="emergency"):
        close_request(actor=cast.carol, request=cast.request, at=now)
    Request.objects.update(emergency=False)
    close_request(actor=cast.carol, request=cast.request, at=now)
    with pytest.raises(WrongState, match="looks for nobody"):
        close_request(actor=cast.carol, request=cast.request, at=now)


def test_a_reason_is_one_of_the_list_and_stands_only_where_it_was_cancelled(cast: Cast, now: datetime) -> None:
    with pytest.raises(Invalid):
        cancel_request(actor=cast.carol, request=cast.request, reason="spite", at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.update(cancel_reason="other")
    assert cancel_request(actor=cast.carol, request=cast.request, reason="other", at=now).cancel_reason == "other"


def test_over_the_api_too(cast: Cast, now: datetime) -> None:
    client = APIClient()
    authenticate_client(client, cast.carol)
    address = f"/api/v1/requests/{cast.request.public_id}"
    assert client.post(f"{address}/close", {}).json()["state"] == "closed"
    Request.objects.update(state=Request.State.PUBLISHED)
    assert client.post(f"{address}/cancel", {"reason": "too_slow"}).json()["state"] == "cancelled"
    assert Request.objects.get().cancel_reason == "too_slow"


def test_the_seats_of_a_role_follow_its_change(cast: Cast, now: datetime) -> None:
    role = cast.request.roles.get()

    def change(count: int) -> list[object]:
        change_role(actor=cast.carol, role=role, change=RoleChange(level=2), seat_count=count, at=now)
        return [*Seat.objects.filter(role=role, closed_at=None).order_by("number").values_list("number", flat=True)]

    assert change(3) == [1, 2, 3]
    assert change(3) == [1, 2, 3]
    assert change(2) == [1, 2]
    for count in (0, MAX_SEATS_PER_ROLE + 1):
        with pytest.raises(Invalid):
            change(count)
    assert role.seats.filter(closed_at=None).count() == 2


def test_a_role_that_was_closed_gets_places_again(cast: Cast, now: datetime) -> None:
    draft = RoleDraft(name="Copy", skill="copywriting", hours_per_week=2)
    request = add_role(actor=cast.carol, request=cast.request, draft=draft, at=now)
    role = request.roles.get(name="Copy")
    change_role(actor=cast.carol, role=role, change=RoleChange(), seat_count=0, at=now)

    change_role(actor=cast.carol, role=role, change=RoleChange(hours_per_week=3), seat_count=2, at=now)

    role.refresh_from_db()
    assert (role.hours_per_week, role.seats.filter(closed_at=None).count()) == (3, 2)


def test_the_seats_of_a_draft_are_removed(cast: Cast, now: datetime) -> None:
    draft = RequestDraft(title="Texts", playbook="website", starts_on=now.date())
    request = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)
    role = request.roles.get(name="Front end")
    change_role(actor=cast.carol, role=role, change=RoleChange(), seat_count=1, at=now)
    assert [*role.seats.values_list("number", "closed_at")] == [(1, None)]
    assert role.request.roles.get(pk=role.pk).min_to_start == 1
