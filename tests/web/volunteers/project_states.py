"""How each state of a project, and of its messages, comes about."""

from datetime import datetime, timedelta

from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import (
    make_accepted_match,
    make_active_match,
    make_closing_match,
    make_match,
)


def project_of(match: Match) -> str:
    return f"/me/projects/{match.public_id}/"


def make_accepted(cast: Cast, now: datetime) -> str:
    return project_of(make_accepted_match(cast, now))


def make_phone_yes(cast: Cast, now: datetime) -> str:
    match = make_accepted_match(cast, now)
    Match.objects.filter(pk=match.pk).update(revocable_until=now + timedelta(hours=24))
    return project_of(match)


def make_active(cast: Cast, now: datetime) -> str:
    return project_of(make_active_match(cast, now))


def make_paused(cast: Cast, now: datetime) -> str:
    match = make_active_match(cast, now)
    report_problem(actor=cast.carol, match=match, kind="other", at=now)
    return project_of(match)


def make_closing(cast: Cast, now: datetime) -> str:
    return project_of(make_closing_match(cast, now))


def make_completed(cast: Cast, now: datetime) -> str:
    return project_of(make_match(cast, now, MatchState.COMPLETED))


def make_refused(cast: Cast, now: datetime) -> str:
    return project_of(make_match(cast, now, MatchState.REFUSED))


def make_released(cast: Cast, now: datetime) -> str:
    return project_of(make_match(cast, now, MatchState.RELEASED))


def make_withdrawn(cast: Cast, now: datetime) -> str:
    return project_of(make_match(cast, now, MatchState.WITHDRAWN))


def make_way_out(cast: Cast, now: datetime) -> str:
    return make_active(cast, now) + "out/"


def make_report(cast: Cast, now: datetime) -> str:
    return make_active(cast, now) + "report/"


def make_hand_over(cast: Cast, now: datetime) -> str:
    return make_closing(cast, now) + "handed-over/"


def make_empty_messages(cast: Cast, now: datetime) -> str:
    return make_active(cast, now) + "messages/"


def make_forty_messages(cast: Cast, now: datetime) -> str:
    match = make_active_match(cast, now)
    for number in range(40):
        actor = cast.carol if number % 2 else cast.alice
        write_message(actor=actor, match=match, text=f"Message number {number + 1}", at=now + timedelta(minutes=number))
    return project_of(match) + "messages/"


def make_paused_messages(cast: Cast, now: datetime) -> str:
    return make_paused(cast, now) + "messages/"


def make_messages_of_ended(cast: Cast, now: datetime) -> str:
    return make_completed(cast, now) + "messages/"
