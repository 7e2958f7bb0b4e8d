"""Somebody leaves: out of the supply at once, and out of everything that goes on by the ordinary moves."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.models import User
from core.task_queue import send_task_on_commit
from matching.actions.steps import SWEEP, find_another, hold_all, hold_rows, step, tell_campaign
from matching.models import Match
from matching.rules import LIVE, AutoReason, State, Who
from volunteers.actions.availability import mark_left
from volunteers.models import Volunteer


def leave(*, actor: User, at: datetime) -> Volunteer:
    """`actor` is proposed to nobody any more; offers end, and places they hold go to somebody else.

    Campaigns that they had said yes to are told that they cannot go on, and nothing more. What they said about
    themselves stays until they return or are forgotten. Left before, it stays so. Raises NotFound (no profile).
    """
    volunteer = Volunteer.objects.filter(user=actor).first()
    if volunteer is None:
        raise NotFound(_("You have no profile, so there is nothing to leave."))
    return end_all(volunteer, at=at)


@transaction.atomic
def end_all(volunteer: Volunteer, *, at: datetime) -> Volunteer:
    """The same of anybody."""
    live = Match.objects.filter(volunteer=volunteer, state__in=LIVE)
    known = list(live.order_by("pk"))
    hold_all(known)
    hold_rows(volunteers=[volunteer.pk])
    mark_left(volunteer, at=at)
    related = "request__campaign__candidate__contest", "seat__role__request", "volunteer__user"
    held = live.filter(pk__in=[match.pk for match in known]).order_by("pk")
    for match in held.select_for_update(no_key=True, of=("self",)).select_related(*related):
        let_go(match, at=at)
    send_task_on_commit(SWEEP)  # what came between looking and locking
    volunteer.refresh_from_db()
    return volunteer


def let_go(match: Match, *, at: datetime) -> None:
    """Somebody who has left is shown to nobody any more, and their place goes to somebody else; the match is held."""
    if match.state == State.CLOSING:
        step(match, "complete", Who.TEAM)(at=at, reason=AutoReason.LEFT)
        tell_campaign("wound-up", match, at=at)
        return
    knew = match.state in (State.ACCEPTED, State.ACTIVE)
    verb = "release" if knew else "cancel"
    step(match, verb, Who.TEAM)(at=at, reason=AutoReason.LEFT)
    if knew:
        tell_campaign("withdrew", match, at=at)
    find_another(match, at=at)
