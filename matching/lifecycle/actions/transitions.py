"""Apply one transition of one match by the table, with the consequences that always follow."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import Invalid, WrongState
from core.task_queue import send_task_on_commit
from matching.lifecycle import signals
from matching.lifecycle.actions.notifications import notify_about_match
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.reasons import REASONS_BY_ACTION, AutomaticReason
from matching.rules.states import MatchState
from matching.rules.task_names import SWEEP_TASK
from matching.rules.transitions import ActorKind, explain_late_action, find_transition, is_closed_in_emergency

_CLOCK_COLUMNS = ("due_at", "remind_at", "escalated_at", "revocable_until", "offer_leaves_at")

ApplyTransition = Callable[..., None]


def prepare_transition(match: Match, action: str, actor_kind: ActorKind) -> ApplyTransition:
    """Return the function that applies a transition to a locked match; it takes `at`, a reason and further columns.

    Call both at once, as in `prepare_transition(match, "approve", ActorKind.REVIEWER)(at=at)`, or check in between. A
    transition that frees a seat reopens it. Raises WrongState when the table has no such transition from the match's
    state, or when it is closed to this actor in an emergency. The returned function raises Invalid for a reason that
    the action does not have.
    """
    transition = find_transition(match.state, action, actor_kind)
    if transition is None:
        raise WrongState(explain_late_action(match.state, action))
    if is_closed_in_emergency(action, actor_kind) and match.request.emergency:
        raise WrongState(
            _(
                "In an emergency we first make sure that it is you who ends it. Say on the page of your report that it "
                "is over: our reviewers hear it, and call you."
            )
        )

    def apply_transition(*, at: datetime, reason: str = "", **columns: object) -> None:
        _check_reason(action, reason)
        # Each state has its own clocks, so those that the caller does not set are cleared.
        cleared: dict[str, object] = {"note": ""} | dict.fromkeys(_CLOCK_COLUMNS)
        Match.objects.filter(pk=match.pk).update(
            **(cleared | columns), state=transition.target, state_changed_at=at, reason=reason, version=F("version") + 1
        )
        # Only the columns: relations that the caller has loaded stay as they are.
        match.refresh_from_db(fields=[field.attname for field in Match._meta.concrete_fields])
        if transition.reopens_seat:
            reopen_seat(match, at=at)

    return apply_transition


def reopen_seat(match: Match, *, at: datetime) -> None:
    """Find another volunteer for a freed seat: an emergency asks the next ones, other requests queue a run."""
    if match.request.emergency:
        send_task_on_commit(SWEEP_TASK)
    elif not Match.objects.filter(seat=match.seat_id, state=MatchState.OFFERED, is_broadcast=True).exists():
        signals.seats_opened.send(Match, role=match.seat.role, at=at)


def cancel_match(
    match: Match, reason: AutomaticReason, *, at: datetime, notice: MatchingNotice = MatchingNotice.MATCH_ENDED
) -> None:
    """End a match before its work begins, because circumstances changed; a volunteer who knew of it gets `notice`."""
    volunteer_knew = match.state in (MatchState.OFFERED, MatchState.ACCEPTED)
    action = "release" if match.state == MatchState.ACCEPTED else "cancel"
    prepare_transition(match, action, ActorKind.SYSTEM)(at=at, reason=reason)
    if volunteer_knew:
        notify_about_match(match.volunteer.user, notice, match, at=at)


def _check_reason(action: str, reason: str) -> None:
    choices = REASONS_BY_ACTION.get(action)
    if choices is None or reason in choices.values or reason in AutomaticReason.values:
        return
    reasons = ", ".join(filter(None, choices.values))
    raise Invalid(_("Choose one of these reasons: %(reasons)s.") % {"reasons": reasons}, field="reason")
