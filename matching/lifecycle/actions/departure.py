"""Somebody leaves: out of the supply at once, and out of everything that goes on by the ordinary moves."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.models import User
from core.task_queue import send_task_on_commit
from matching.lifecycle.actions.locking import lock_rows, lock_rows_of_matches
from matching.lifecycle.actions.notifications import notify_campaign_about_match
from matching.lifecycle.actions.transitions import prepare_transition, reopen_seat
from matching.models import Match
from matching.rules.reasons import AutomaticReason
from matching.rules.states import STATES_NOT_OVER, MatchState
from matching.rules.task_names import SWEEP_TASK
from matching.rules.transitions import ActorKind
from volunteers.actions.availability import mark_left
from volunteers.models import Volunteer


def leave_service(*, actor: User, at: datetime) -> Volunteer:
    """`actor` is proposed to nobody any more; offers end, and places they hold go to somebody else.

    Campaigns that they had said yes to are told that they cannot go on, and nothing more. What they said about
    themselves stays until they return or are forgotten. Left before, it stays so. Raises NotFound (no profile).
    """
    volunteer = Volunteer.objects.filter(user=actor).first()
    if volunteer is None:
        raise NotFound(_("You have no profile, so there is nothing to leave."))
    return end_all_matches(volunteer, at=at)


@transaction.atomic
def end_all_matches(volunteer: Volunteer, *, at: datetime) -> Volunteer:
    """The same of anybody."""
    live = Match.objects.filter(volunteer=volunteer, state__in=STATES_NOT_OVER)
    known = list(live.order_by("pk"))
    lock_rows_of_matches(known)
    lock_rows(volunteers=[volunteer.pk])
    mark_left(volunteer, at=at)
    related = "request__campaign__candidate__contest", "seat__role__request", "volunteer__user"
    held = live.filter(pk__in=[match.pk for match in known]).order_by("pk")
    for match in held.select_for_update(no_key=True, of=("self",)).select_related(*related):
        end_match_of_departed(match, at=at)
    send_task_on_commit(SWEEP_TASK)  # what came between looking and locking
    volunteer.refresh_from_db()
    return volunteer


def end_match_of_departed(match: Match, *, at: datetime) -> None:
    """Somebody who has left is shown to nobody any more, and their place goes to somebody else; the match is held."""
    if match.state == MatchState.CLOSING:
        prepare_transition(match, "complete", ActorKind.SYSTEM)(at=at, reason=AutomaticReason.VOLUNTEER_LEFT)
        notify_campaign_about_match("wound-up", match, at=at)
        return
    knew = match.state in (MatchState.ACCEPTED, MatchState.ACTIVE)
    verb = "release" if knew else "cancel"
    prepare_transition(match, verb, ActorKind.SYSTEM)(at=at, reason=AutomaticReason.VOLUNTEER_LEFT)
    if knew:
        notify_campaign_about_match("withdrew", match, at=at)
    reopen_seat(match, at=at)
