"""Take a volunteer who leaves out of the supply, and end their matches by ordinary transitions."""

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
from matching.rules.notice_types import MatchingNotice
from matching.rules.reasons import AutomaticReason
from matching.rules.states import STATES_NOT_OVER, MatchState
from matching.rules.task_names import SWEEP_TASK
from matching.rules.transitions import ActorKind
from volunteers.actions.availability import mark_left
from volunteers.models import Volunteer


def leave_service(*, actor: User, at: datetime) -> Volunteer:
    """Mark the user's profile as left, end their offers and reopen the seats that they hold.

    Campaigns that had their acceptance learn only that they cannot go on. The profile's data stays until they return or
    their data is erased. Calling it again changes nothing. Raises NotFound (no profile).
    """
    volunteer = Volunteer.objects.filter(user=actor).first()
    if volunteer is None:
        raise NotFound(_("You have no profile, so there is nothing to leave."))
    return end_all_matches(volunteer, at=at)


@transaction.atomic
def end_all_matches(volunteer: Volunteer, *, at: datetime) -> Volunteer:
    """Mark a volunteer as left and end all their open matches; return the reloaded volunteer."""
    live = Match.objects.filter(volunteer=volunteer, state__in=STATES_NOT_OVER)
    open_matches = list(live.order_by("pk"))
    lock_rows_of_matches(open_matches)
    lock_rows(volunteers=[volunteer.pk])
    mark_left(volunteer, at=at)
    related = "request__campaign__candidate__contest", "seat__role__request", "volunteer__user"
    locked = live.filter(pk__in=[match.pk for match in open_matches]).order_by("pk")
    for match in locked.select_for_update(no_key=True, of=("self",)).select_related(*related):
        end_match_of_departed(match, at=at)
    # A match made between reading and locking is not in `open_matches`: the sweep ends it as an orphan.
    send_task_on_commit(SWEEP_TASK)
    volunteer.refresh_from_db()
    return volunteer


def end_match_of_departed(match: Match, *, at: datetime) -> None:
    """End a locked match of a volunteer who has left, and reopen its seat."""
    if match.state == MatchState.CLOSING:
        prepare_transition(match, "complete", ActorKind.SYSTEM)(at=at, reason=AutomaticReason.VOLUNTEER_LEFT)
        notify_campaign_about_match(MatchingNotice.HANDOVER_ENDED, match, at=at)
        return
    campaign_knew = match.state in (MatchState.ACCEPTED, MatchState.ACTIVE)
    action = "release" if campaign_knew else "cancel"
    prepare_transition(match, action, ActorKind.SYSTEM)(at=at, reason=AutomaticReason.VOLUNTEER_LEFT)
    if campaign_knew:
        notify_campaign_about_match(MatchingNotice.VOLUNTEER_WITHDREW, match, at=at)
    reopen_seat(match, at=at)
