"""The whole life of matches against a model: whatever people and clocks do in whichever order, both agree."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from campaigns.actions.request_ends import cancel_request, reduce_seats
from campaigns.models import Request, Role, Seat
from core.errors import Full, HandraiserError, Invalid, WrongState
from matching.lifecycle.actions import clocks
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS
from matching.models import Match, Run
from matching.rules.states import MatchState
from matching.rules.transitions import ActorKind
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run
from tests.conftest import NOW
from tests.matching.lifecycle.invariants import find_broken_invariants
from tests.matching.lifecycle.match_model import EARLIEST_EXPIRY, NEXT_BY_ACTION, LifecycleModel, ModelMatch
from tests.matching.lifecycle.races.scenario import RaceScenario, create_proposal, set_up_scenario
from tests.notices import mark_notices_sent
from volunteers.actions.availability import set_paused
from volunteers.models import Volunteer

ANY = st.integers(0, 10**6)
SAID = {"reject": {"reason": "fit"}, "refuse": {"reason": "hours"}, "accept": {"note": "They called."}}
HOURS = [1, 5, 13, 30, 62, 24 * 8, 24 * 40]


class Lives(RuleBasedStateMachine):
    """Eight people, two rolling requests of opponents, one that confirms itself, a whole team, two emergencies."""

    stage: RaceScenario

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.at = self.stage.at
        requests = self.stage.requests
        self.named = {request.pk: name for name, request in requests.items()}
        self.model = LifecycleModel(
            staffed_whole=frozenset({"team"}),
            auto_confirming=frozenset({"texts", "hacked", "breached"}),
            urgent=frozenset({"hacked", "breached"}),
            seats={
                name: {
                    role.pk: list(role.seats.order_by("number").values_list("pk", flat=True))
                    for role in request.roles.all()
                }
                for name, request in requests.items()
            },
        )

    def teardown(self) -> None:
        connection.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize(first=st.permutations(range(8)), second=st.permutations(range(8)))
    def proposals(self, first: list[int], second: list[int]) -> None:
        for name, order in (("site", first), ("rival", second), ("texts", second), ("team", first)):
            for seat, place in zip(self.stage.list_seats(name), order, strict=False):
                create_proposal(self.stage.volunteers[place], seat, at=self.at)
        self.agree({}, new="proposed")

    @rule(which=ANY, what=ANY, stray=st.integers(0, 9))
    def somebody_moves(self, which: int, what: int, stray: int) -> None:
        going = [
            key for key, pair in self.model.pairs.items() if any(state == pair.state for state, _, _ in NEXT_BY_ACTION)
        ]
        if not going:
            return
        key = going[which % len(going)]
        state = self.model.pairs[key].state
        every = sorted((who.value, verb) for who, verb in PERSON_ACTIONS)
        there = [(who, verb) for who, verb in every if (state, who, verb) in NEXT_BY_ACTION]
        who, verb = (every if stray == 0 else there)[what % len(every if stray == 0 else there)]
        act = partial(self.make, key, ActorKind(who), verb)
        if (state, who, verb) not in NEXT_BY_ACTION:
            self.refused(act, WrongState)
        elif verb == "broadcast":
            self.race(key, act)
        elif (
            self.model.is_closed_to_campaign(key, who, verb)
            or (verb == "confirm" and self.model.can_be_taken_back(key, self.at))
            or (verb == "accept" and self.model.is_asked_in_emergency(key))
        ):
            self.refused(act, WrongState)
        else:
            self.move(key, who, verb, act)

    def make(self, key: int, who: ActorKind, verb: str) -> None:
        match = Match.objects.get(pk=key)
        actors = {
            ActorKind.VOLUNTEER: match.volunteer.user,
            ActorKind.CAMPAIGN: self.stage.carol,
            ActorKind.REVIEWER: self.stage.rita,
        }
        PERSON_ACTIONS[who, verb].perform(actor=actors[who], match=match, at=self.at, **SAID.get(verb, {}))

    def move(self, key: int, who: str, verb: str, act: Callable[[], None]) -> None:
        pair = self.model.pairs[key]
        may_fail: tuple[type[HandraiserError], ...] = ()
        if verb == "approve":
            may_fail = (Invalid, Full)  # the rules are the engine's, and judged by the invariants
        elif verb == "accept" and (pair.is_broadcast or self.at - pair.since >= EARLIEST_EXPIRY):
            may_fail = (WrongState, Full)  # too late, or the hours went elsewhere
        elif verb == "confirm" and pair.request in self.model.staffed_whole:
            may_fail = (WrongState,)  # somebody of the team is missing
        expected = self.model.after_action(key, who, verb)
        try:
            with transaction.atomic():
                act()
        except may_fail:
            self.agree({})
        else:
            if verb == "accept" and who == ActorKind.REVIEWER and pair.request not in self.model.urgent:
                pair.heard_on_phone_at = self.at
            self.agree(expected)

    def race(self, key: int, act: Callable[[], None]) -> None:
        seat = self.model.pairs[key].seat
        try:
            with transaction.atomic():
                act()
        except (WrongState, Invalid):
            self.agree({})
        else:
            mine = {other for other, pair in self.model.pairs.items() if pair.seat == seat and pair.state == "proposed"}
            self.agree({}, new="offered", may={other: {"offered", "superseded"} for other in mine})

    def refused(self, act: Callable[[], None], error: type[HandraiserError]) -> None:
        try:
            with transaction.atomic():
                act()
        except error:
            self.agree({})
        else:
            raise AssertionError("The table has no such move, and yet it was made.")

    @rule(hours=st.sampled_from(HOURS), reminds=st.booleans())
    def time_passes(self, hours: int, reminds: bool) -> None:
        mark_notices_sent()
        self.at += timedelta(hours=hours)
        if reminds:
            clocks.send_due_reminders(at=self.at)
        clocks.advance_ready_teams(at=self.at)
        clocks.process_due_matches(at=self.at)
        self.agree({}, may={key: self.model.possible_by_time(key, self.at) for key in self.model.pairs})
        assert self.model.list_overdue_offers(self.at) == []
        assert self.model.list_overdue_starts(self.at) == []
        clocks.process_due_matches(at=self.at)
        self.agree({})

    @rule(which=ANY, left=st.integers(0, 1))
    def a_role_shrinks(self, which: int, left: int) -> None:
        roles = [(name, role) for name in ("site", "texts", "team") for role in self.model.seats[name]]
        name, role = roles[which % len(roles)]
        try:
            with transaction.atomic():
                reduce_seats(actor=self.stage.carol, role=Role.objects.get(pk=role), seat_count=left, at=self.at)
        except (WrongState, Invalid):
            self.agree({})
        else:
            self.agree(self.model.reduce_seats(name, role, left))

    @rule(name=st.sampled_from(["site", "rival", "texts", "team", "hacked"]), sure=st.integers(0, 5))
    def a_request_is_called_off(self, name: str, sure: int) -> None:
        if sure:
            return
        try:
            with transaction.atomic():
                request = Request.objects.get(pk=self.stage.requests[name].pk)
                cancel_request(actor=self.stage.carol, request=request, at=self.at)
        except WrongState:
            self.agree({})
        else:
            self.agree(
                self.model.after_seats_gone(key for key, pair in self.model.pairs.items() if pair.request == name)
            )

    @rule(place=st.integers(0, 7), leaves=st.integers(0, 5), paused=st.booleans())
    def somebody_pauses_or_leaves(self, place: int, leaves: int, paused: bool) -> None:
        one = self.stage.volunteers[place]
        if Volunteer.objects.get(pk=one.pk).state == Volunteer.State.LEFT:
            return
        set_paused(actor=one.user, is_paused=paused, at=self.at)  # type: ignore[arg-type]
        self.agree({})
        if leaves == 0:
            Volunteer.objects.filter(pk=one.pk).update(state=Volunteer.State.LEFT, answer_due_at=None)
            clocks.end_orphaned_matches(at=self.at)
            self.agree(self.model.after_volunteer_left(one.pk))

    @rule(everything=st.booleans())
    def the_matcher_runs(self, everything: bool) -> None:
        if everything:
            queue_run(actor=self.stage.rita, at=self.at)
        for run in Run.objects.filter(state=Run.State.QUEUED).order_by("pk"):
            done = execute_run(run.pk, now=lambda: self.at, seconds=time.perf_counter)
            assert done is not None
            assert (done.state, done.error) == (Run.State.DONE, "")
            waiting = {key: {"superseded"} for key, pair in self.model.pairs.items() if pair.state == "proposed"}
            self.agree({}, may=waiting, new="proposed")

    @rule()
    def people_are_asked_in_an_emergency(self) -> None:
        clocks.broadcast_emergencies(at=self.at)
        self.agree({}, new="offered")

    def agree(self, expected: dict[int, str], *, may: dict[int, set[str]] | None = None, new: str = "") -> None:
        """Takes these moves into the model, and fails when the database says anything else.

        `may`: where these can have gone instead of staying. `new`: the state of matches that came into being, if any
        can have.
        """
        for key, state in expected.items():
            self.model.pairs[key].state = state
        told: dict[int, Any] = {match.pk: match for match in Match.objects.all()}
        for key, pair in self.model.pairs.items():
            match = told.pop(key)
            assert match.state in {pair.state, *(may or {}).get(key, ())}, f"{pair} is {match.state}"
            pair.state, pair.is_broadcast, pair.since = (
                match.state,
                match.is_broadcast,
                match.offered_at or match.state_changed_at,
            )
        for match in told.values():
            assert match.state == new, f"{match.state} came into being"
            name = self.named[match.request_id]
            pair = ModelMatch(
                match.state, match.seat_id, name, match.volunteer_id, match.state_changed_at, match.is_broadcast
            )
            self.model.pairs[match.pk] = pair
        assert find_broken_invariants() == {}
        gone = Seat.objects.filter(closed_at__isnull=False).values("pk")
        assert not Match.objects.filter(seat__in=gone, state__in=["proposed", "offered"]).exists()


def live(*, lives: int, steps: int, part: int = 0, sabotaged: bool = False) -> None:
    """Try as many lives of so many steps each; each part tries other ones, since they are drawn by the class's name."""
    stage = set_up_scenario(NOW)
    Run.objects.all().delete()
    run_state_machine_as_test(
        type(f"Lives{part}", (Lives,), {"stage": stage}),
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            report_multiple_bugs=False,
            phases=[Phase.generate] if sabotaged else list(Phase),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("part", range(4))
def test_whatever_happens_the_life_of_a_match_is_that_of_the_model(db: None, thorough: bool, part: int) -> None:
    # The first life of each part is the simplest one.
    live(lives=8 if thorough else 2, steps=50 if thorough else 20, part=part)


def nothing(*_: Any, **__: Any) -> list[Any]:
    return []


GUARDS: dict[str, Callable[..., Any]] = {
    "campaigns.signals.requests_reduced.send": nothing,  # nobody hears that places have gone
    "matching.lifecycle.actions.review.send_approved_offers": nothing,  # nobody's offer leaves
    "matching.lifecycle.actions.acceptance._cancel_losing_offers": nothing,  # the others are still asked
    "matching.lifecycle.actions.clocks._handle_offer_due": nothing,  # no offer ever ends
}


@pytest.mark.slow
def test_the_model_sees_that_something_is_missing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    # One guard: all four take longer than CI has.
    guard = next(iter(GUARDS))
    assert _seen_without(guard, monkeypatch)


def _seen_without(guard: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    with monkeypatch.context() as without, transaction.atomic():
        without.setattr(guard, GUARDS[guard])
        without.setitem(clocks._DUE_HANDLERS, MatchState.OFFERED, clocks._handle_offer_due)
        try:
            live(lives=100, steps=30, sabotaged=True)
        except AssertionError:
            return True
        finally:
            connection.set_rollback(True)
    return False
