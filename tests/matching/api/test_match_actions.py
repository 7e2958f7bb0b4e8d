"""The API's verbs are the table's: every move, and no other, by whoever may make it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from rest_framework.test import APIClient

from core.models import User
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS, PERSON_ACTORS, actions_of_actor
from matching.models import Match
from matching.rules.states import MatchState
from matching.rules.transitions import TRANSITIONS, ActorKind, Transition, available_actions
from tests.cast import Cast, create_user, create_volunteer, publish_team_request
from tests.match_factory import MAKER_BY_STATE, make_offered_match
from tests.run_execution import execute_queued_runs
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]

DOORS = {ActorKind.VOLUNTEER: "my-match", ActorKind.CAMPAIGN: "placement", ActorKind.REVIEWER: "match"}
SAID: dict[str, dict[str, Any]] = {
    "reject": {"reason": "fit", "note": "Not now."},
    "refuse": {"reason": "hours"},
    "accept": {"note": "Said so on the phone at noon."},
}
BY_PEOPLE = [
    move
    for move in TRANSITIONS
    if move.actor_kind in PERSON_ACTORS and move.action != "broadcast" and move.source != MatchState.APPROVED
]


def endpoint(who: ActorKind, match: Match, verb: str = "") -> str:
    name = f"{DOORS[who]}-{verb or 'detail'}"
    return reverse(name, args=[match.public_id])


def actor(cast: Cast, who: ActorKind) -> User:
    return {ActorKind.VOLUNTEER: cast.alice, ActorKind.CAMPAIGN: cast.carol, ActorKind.REVIEWER: cast.rita}[who]


@pytest.mark.parametrize("move", BY_PEOPLE, ids=lambda move: f"{move.source}-{move.action}-{move.actor_kind}")
def test_every_move_of_a_person_is_made_through_the_api(api: Api, cast: Cast, now: datetime, move: Transition) -> None:
    match = MAKER_BY_STATE[move.source](cast, now)
    client = api(actor(cast, move.actor_kind))
    seen = client.get(endpoint(move.actor_kind, match)).json()
    assert move.action in seen["available_actions"]

    answer = client.post(
        endpoint(move.actor_kind, match, move.action), SAID.get(move.action, {}) | {"version": match.version}
    )

    # What is approved in a request staffed one by one is offered in the same breath.
    reached = MatchState.OFFERED if move.target == MatchState.APPROVED else move.target
    assert (answer.status_code, Match.objects.get(pk=match.pk).state) == (200, reached), answer.json()


@pytest.mark.parametrize("who", PERSON_ACTORS)
@pytest.mark.parametrize("state", list(MAKER_BY_STATE))
def test_what_the_table_does_not_know_is_refused_and_changes_nothing(
    api: Api, cast: Cast, now: datetime, who: ActorKind, state: MatchState
) -> None:
    match = MAKER_BY_STATE[state](cast, now)
    client = api(actor(cast, who))
    can = available_actions(state, who)

    for verb in set(actions_of_actor(who)) - set(can):
        answer = client.post(endpoint(who, match, verb), SAID.get(verb, {}))
        assert answer.status_code in (404, 409), (verb, answer.content)
    again = Match.objects.get(pk=match.pk)
    assert (again.state, again.version) == (match.state, match.version)


@pytest.mark.parametrize("who", PERSON_ACTORS)
@pytest.mark.parametrize("state", list(MAKER_BY_STATE))
def test_nobody_else_can_make_a_move(api: Api, cast: Cast, now: datetime, who: ActorKind, state: MatchState) -> None:
    match = MAKER_BY_STATE[state](cast, now)
    strangers = [user for user in (cast.alice, cast.bob, cast.carol, cast.dave) if user != actor(cast, who)]

    for stranger in strangers:
        for verb in available_actions(state, who):
            assert api(stranger).post(endpoint(who, match, verb), SAID.get(verb, {})).status_code in (403, 404), verb
    assert Match.objects.get(pk=match.pk).version == match.version


def test_there_is_an_operation_for_each_verb_of_the_table_and_for_no_other() -> None:
    of_people = {(move.actor_kind, move.action) for move in TRANSITIONS if move.actor_kind in PERSON_ACTORS}

    assert set(PERSON_ACTIONS) == of_people
    for who in PERSON_ACTORS:
        for verb in {verb for _, verb in of_people}:
            if (who, verb) in of_people:
                reverse(f"{DOORS[who]}-{verb}", args=["6a2f41a3-c54c-4b4b-8a3e-000000000000"])
            else:
                with pytest.raises(NoReverseMatch):
                    reverse(f"{DOORS[who]}-{verb}", args=["6a2f41a3-c54c-4b4b-8a3e-000000000000"])


def test_a_stale_page_is_told_so_and_changes_nothing(api: Api, cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)

    answer = api(cast.alice).post(endpoint(ActorKind.VOLUNTEER, match, "accept"), {"version": match.version - 1})

    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert Match.objects.get().state == MatchState.OFFERED


def test_a_double_click_has_one_effect(api: Api, cast: Cast, now: datetime) -> None:
    path = endpoint(ActorKind.VOLUNTEER, make_offered_match(cast, now), "accept")

    codes = [api(cast.alice).post(path, {}).status_code for _ in range(3)]

    assert codes == [200, 409, 409]


def test_an_approved_one_of_a_team_is_rejected_through_the_api(api: Api, cast: Cast, now: datetime) -> None:
    publish_team_request(cast, now)
    execute_queued_runs(now)
    match = Match.objects.get(volunteer__user=cast.alice)
    api(cast.rita).post(endpoint(ActorKind.REVIEWER, match, "approve"), {})

    answer = api(cast.rita).post(endpoint(ActorKind.REVIEWER, match, "reject"), SAID["reject"])

    assert (answer.status_code, answer.json()["state"]) == (200, "rejected")


def test_a_reviewer_races_a_place_after_two_noes_through_the_api(api: Api, cast: Cast, now: datetime) -> None:
    people = [create_user(name) for name in ("erin", "fred", "gina", "hugo", "iris")]
    for user in people:
        create_volunteer(user, now)
    first = make_offered_match(cast, now)
    api(cast.alice).post(endpoint(ActorKind.VOLUNTEER, first, "decline"), {})
    execute_queued_runs(now)
    second = Match.objects.get(state=MatchState.PROPOSED)
    api(cast.rita).post(endpoint(ActorKind.REVIEWER, second, "approve"), {})
    api(second.volunteer.user).post(endpoint(ActorKind.VOLUNTEER, second, "decline"), {"reason": "task"})
    execute_queued_runs(now)
    third = Match.objects.get(state=MatchState.PROPOSED)

    answer = api(cast.rita).post(endpoint(ActorKind.REVIEWER, third, "broadcast"), {})

    assert (answer.status_code, answer.json()["state"], answer.json()["is_broadcast"]) == (200, "offered", True)
    assert Match.objects.filter(state=MatchState.OFFERED, is_broadcast=True).count() == 3


def test_a_reviewer_takes_an_alternate_through_the_api(api: Api, cast: Cast, now: datetime) -> None:
    create_volunteer(create_user("erin"), now)
    execute_queued_runs(now)
    match = Match.objects.get()
    path = reverse("match-alternates", args=[match.public_id])
    alternates = api(cast.rita).get(path).json()["results"]
    [other] = alternates  # and not whom the run proposed

    answer = api(cast.rita).post(path, {"volunteer": other["volunteer"]})

    assert (answer.status_code, answer.json()["state"], answer.json()["volunteer"]) == (
        201,
        "offered",
        other["volunteer"],
    )
    bob = Volunteer.objects.get(user=cast.bob)
    assert api(cast.rita).post(path, {"volunteer": str(bob.public_id)}).status_code == 409
    assert api(cast.rita).post(path, {"volunteer": str(match.public_id)}).status_code == 404
    assert api(cast.carol).get(path).status_code == 403
