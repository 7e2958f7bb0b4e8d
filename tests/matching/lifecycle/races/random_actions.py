"""Everything that people, clocks and runs can do to the stage, drawn by chance."""

import contextlib
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from campaigns.actions.request_ends import cancel_request, reduce_seats
from campaigns.models import Request
from core.errors import HandraiserError
from matching.lifecycle.actions import clocks
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS
from matching.models import Match
from matching.rules.states import STATES_NOT_OVER, MatchState
from matching.rules.transitions import ActorKind, available_actions
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run
from tests.matching.lifecycle.races.concurrency import Act
from tests.matching.lifecycle.races.scenario import RaceScenario, create_proposal, create_raced_offer
from tests.notices import mark_notices_sent
from volunteers.actions.availability import set_paused
from volunteers.models import Volunteer

ACTORS = (ActorKind.VOLUNTEER, ActorKind.CAMPAIGN, ActorKind.REVIEWER)
ACTION_BODIES: dict[str, dict[str, str]] = {
    "reject": {"reason": "fit"},
    "refuse": {"reason": "hours"},
    "accept": {"note": "Yes."},
}
AFTER_EVERY_CLOCK = timedelta(days=3)  # by when every clock of an answer has ended


def build_act(stage: RaceScenario, match: Match, who: ActorKind, verb: str, *, at: datetime) -> Act:
    """What makes this move."""
    actor = {
        ActorKind.VOLUNTEER: match.volunteer.user,
        ActorKind.CAMPAIGN: stage.carol,
        ActorKind.REVIEWER: stage.rita,
    }[who]
    return lambda: PERSON_ACTIONS[who, verb].perform(actor=actor, match=match, at=at, **ACTION_BODIES.get(verb, {}))


def list_live_matches() -> list[Match]:
    """What is not over, with what a move reads of it before it locks."""
    related = "volunteer__user", "seat__role", "request__campaign__candidate__contest"
    return list(Match.objects.filter(state__in=STATES_NOT_OVER).select_related(*related).order_by("pk"))


def begin_round(stage: RaceScenario, chance: random.Random) -> None:
    """A beginning in which much is under way: proposals, some of them gone on with, and offers that race each other."""
    stage.reset()
    for name in ("site", "rival", "texts", "team"):
        people = chance.sample(stage.volunteers, 6)
        for seat in stage.list_seats(name):
            if name != "team" and chance.random() < 0.3:
                for one in (people.pop(), people.pop()):
                    create_raced_offer(one, seat, at=stage.at)
            else:
                create_proposal(people.pop(), seat, at=stage.at)
    if chance.random() < 0.3:
        clocks.broadcast_emergencies(at=stage.at)
    for often in (0.5, 0.3):
        for match in list_live_matches():
            if chance.random() < often:
                advance_match(stage, match, chance)


def possible_actions(match: Match) -> list[tuple[ActorKind, str]]:
    """The actions on a match that is not over."""
    return [
        (who, verb)
        for who in ACTORS
        for verb in available_actions(match.state, who, in_emergency=match.request.emergency)
        if verb != "broadcast"
    ]


def advance_match(stage: RaceScenario, match: Match, chance: random.Random) -> None:
    """Goes on with a match towards its work, if that is possible."""
    onwards = [
        (who, verb)
        for who in ACTORS
        for verb in available_actions(match.state, who)
        if verb in ("approve", "accept", "confirm")
    ]
    if onwards:
        with contextlib.suppress(HandraiserError):
            build_act(stage, match, *chance.choice(onwards), at=stage.at)()


def draw_acts(stage: RaceScenario, chance: random.Random, *, number: int) -> list[Act]:
    """So many acts, most of them on the same few matches, each of which was possible just now."""
    there = list_live_matches()
    acts: list[Act] = []
    for match in chance.sample(there, min(3, len(there))):
        # Several people move the same match, and one of them clicks twice.
        for who, verb in chance.choices(possible_actions(match), k=3):
            acts.append(build_act(stage, match, who, verb, at=stage.at))
    others = [*_other_acts(stage, chance)]
    while len(acts) < number:
        acts.append(chance.choice(others)())
    chance.shuffle(acts)
    return acts[:number]


def _other_acts(stage: RaceScenario, chance: random.Random) -> list[Callable[[], Act]]:
    """What is not the move of one person on one match."""

    def cancel() -> Act:
        request = stage.requests[chance.choice(sorted(stage.requests))]
        return lambda: cancel_request(actor=stage.carol, request=request, at=stage.at)

    def cut() -> Act:
        role = chance.choice([*stage.list_roles("site"), *stage.list_roles("texts"), *stage.list_roles("team")])
        left = chance.choice([0, 1])
        return lambda: reduce_seats(actor=stage.carol, role=role, seat_count=left, at=stage.at)

    def leave() -> Act:
        one = chance.choice(stage.volunteers)
        return lambda: Volunteer.objects.filter(pk=one.pk).update(state=Volunteer.State.LEFT, answer_due_at=None)

    def rest() -> Act:
        one = chance.choice(stage.volunteers)
        return lambda: set_paused(actor=one.user, is_paused=True, at=stage.at)  # type: ignore[arg-type]

    def sweep() -> Act:
        return lambda: sweep_everything_due(at=stage.at + AFTER_EVERY_CLOCK)

    def orphans() -> Act:
        return lambda: clocks.end_orphaned_matches(at=stage.at)

    def emergencies() -> Act:
        return lambda: clocks.broadcast_emergencies(at=stage.at)

    def more() -> Act:
        match = chance.choice(list_live_matches() or [None])
        return build_act(stage, match, *chance.choice(possible_actions(match)), at=stage.at) if match else orphans()

    def matcher() -> Act:
        return lambda: execute_run_now(stage, at=stage.at)

    return [cancel, cut, leave, rest, sweep, orphans, emergencies, *[more] * 8, matcher]


def sweep_everything_due(*, at: datetime) -> None:
    """What the sweep does with matches, when all letters have left."""
    mark_notices_sent()
    clocks.broadcast_emergencies(at=at)
    clocks.end_orphaned_matches(at=at)
    clocks.advance_ready_teams(at=at)
    clocks.process_due_matches(at=at)
    clocks.send_due_reminders(at=at)


def execute_run_now(stage: RaceScenario, *, at: datetime, **asked: Any) -> str:
    """A run over everything, or over some roles; returns how it ended."""
    done = execute_run(queue_run(actor=stage.rita, at=at, **asked).pk, now=lambda: at, seconds=time.perf_counter)
    return "waits" if done is None else f"{done.state} {done.error}".strip()


def is_settled() -> bool:
    """Whether no match is open whose seat is no longer needed or whose volunteer has left."""
    gone = Match.objects.filter(state__in=[state for state in STATES_NOT_OVER if state != MatchState.CLOSING])
    return (
        not gone.filter(seat__closed_at__isnull=False).exists()
        and not gone.filter(request__state=Request.State.CANCELLED).exists()
    )
