"""Say of an open role on the board: "I'd like this"."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Role
from core.daily_limits import check_daily_rows
from core.errors import Invalid, NotFound, TooMany, WrongState
from core.models import User
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.queries.deadlines import hand_answer_deadline
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Interest
from matching.open_roles.queries.board_filters import find_board_roles
from matching.open_roles.queries.fits import find_fits_of_volunteer
from matching.rules.interest_limits import MAX_INTERESTS_PER_DAY, MAX_OPEN_INTERESTS
from volunteers.models import Volunteer
from volunteers.profile_rules import no_profile_error


def express_interest(*, actor: User, open_role_id: UUID, at: datetime) -> Interest:
    """Store that the user would like an open role, by its id on the board, and promise an answer; return the row.

    A second time changes nothing. What is refused follows from what the board and the fits show, and from nothing that
    they hide. Raises NotFound (no profile; no such role on the board), WrongState (paused or left), TooMany (open
    ones), Invalid (the role does not fit), TooManyRequests.
    """
    volunteer = Volunteer.objects.filter(user=actor).first()
    if volunteer is None:
        raise no_profile_error()
    _check_active(volunteer)
    role = _find_fitting_role(volunteer, open_role_id, at=at)
    with transaction.atomic():
        lock_rows(volunteers=[volunteer.pk])
        volunteer.refresh_from_db()
        _check_active(volunteer)
        own = Interest.objects.filter(volunteer=volunteer, ended_at=None)
        existing = own.filter(role=role).first()
        if existing is not None:
            return existing
        if own.count() >= MAX_OPEN_INTERESTS:
            raise TooMany(_explain_limit())
        _check_todays_count(volunteer, at=at)
        due_at = hand_answer_deadline(get_active_policy(), volunteer.time_zone, at=at)
        return Interest.objects.create(volunteer=volunteer, role=role, since=at, answer_due_at=due_at)


def _check_active(volunteer: Volunteer) -> None:
    if volunteer.state != Volunteer.State.ACTIVE:
        raise WrongState(_("You pause or have left, so nothing is offered to you. Come back first."))


def _check_todays_count(volunteer: Volunteer, *, at: datetime) -> None:
    limit, asked = MAX_INTERESTS_PER_DAY, Interest.objects.filter(volunteer=volunteer)
    message = _("You ask for at most %(limit)s roles a day. Go on tomorrow.") % {"limit": limit}
    check_daily_rows(asked, "since", limit=limit, message=message, at=at, field="open_role")


def _find_fitting_role(volunteer: Volunteer, open_role_id: UUID, *, at: datetime) -> Role:
    fits = find_fits_of_volunteer(volunteer, at=at)
    role = find_board_roles(fits.board).filter(board_id=open_role_id).first()
    if role is None:
        raise NotFound(_("This role is not on the board now. Look at the board again."), field="open_role")
    if not fits.includes(role):
        message = _("This role does not fit what you say of yourself. Choose one that fits, or change your profile.")
        raise Invalid(message, field="open_role")
    return role


def _explain_limit() -> str:
    return ngettext(
        "You have asked for %(count)d role already. Wait for the answer, or take it back.",
        "You have asked for %(count)d roles already. Wait for an answer, or take one of them back.",
        MAX_OPEN_INTERESTS,
    ) % {"count": MAX_OPEN_INTERESTS}
