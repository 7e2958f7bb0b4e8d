"""One move of one match, by the table, and what always follows from it."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import F

from core.errors import Invalid, WrongState
from core.task_queue import send_task_on_commit
from matching.lifecycle import signals
from matching.lifecycle.actions.notifications import notify_about_match
from matching.models import Match
from matching.rules.reasons import REASONS_BY_ACTION, AutomaticReason
from matching.rules.states import MatchState
from matching.rules.task_names import SWEEP_TASK
from matching.rules.transitions import ActorKind, explain_late_action, find_transition

_CLOCK_COLUMNS = ("due_at", "remind_at", "escalated_at", "revocable_until")

ApplyTransition = Callable[..., None]


def prepare_transition(match: Match, verb: str, who: ActorKind) -> ApplyTransition:
    """What makes the move, with what it is to write: `prepare_transition(match, "approve", Who.REVIEWER)(at=at)`.

    A move that frees a seat has somebody else found for it. Raises WrongState when the table has no such move from
    where the match is, and what it returns raises Invalid for a reason that is not among the verb's.
    """
    found = find_transition(match.state, verb, who)
    if found is None:
        raise WrongState(explain_late_action(match.state, verb))

    def take(*, at: datetime, reason: str = "", **written: object) -> None:
        _check_reason(verb, reason)
        clean: dict[str, object] = {"note": ""} | dict.fromkeys(_CLOCK_COLUMNS)
        Match.objects.filter(pk=match.pk).update(
            **(clean | written), state=found.target, state_changed_at=at, reason=reason, version=F("version") + 1
        )
        match.refresh_from_db(fields=[field.attname for field in Match._meta.concrete_fields])
        if found.reopens_seat:
            reopen_seat(match, at=at)

    return take


def reopen_seat(match: Match, *, at: datetime) -> None:
    """Has somebody else found for a seat that came free: an emergency asks the next ones, others are run anew."""
    if match.request.emergency:
        send_task_on_commit(SWEEP_TASK)
    elif not Match.objects.filter(seat=match.seat_id, state=MatchState.OFFERED, is_broadcast=True).exists():
        signals.seats_opened.send(Match, role=match.seat.role, at=at)


def cancel_match(match: Match, reason: AutomaticReason, *, at: datetime) -> None:
    """Ends a match that has not begun because things around it changed. Who knew of it is told kindly."""
    knew = match.state in (MatchState.OFFERED, MatchState.ACCEPTED)
    verb = "release" if match.state == MatchState.ACCEPTED else "cancel"
    prepare_transition(match, verb, ActorKind.SYSTEM)(at=at, reason=reason)
    if knew:
        notify_about_match(match.volunteer.user, "over", match, at=at)


def _check_reason(verb: str, reason: str) -> None:
    known = REASONS_BY_ACTION.get(verb)
    if known is None or reason in known.values or reason in AutomaticReason.values:
        return
    raise Invalid(f"Choose one of these reasons: {', '.join(filter(None, known.values))}.", field="reason")
