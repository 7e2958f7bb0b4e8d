"""Record an acceptance that a volunteer gave on the phone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.conduct import accept_conduct, check_conduct_accepted
from core.field_errors import FieldErrors
from core.models import User
from matching.lifecycle.actions.acceptance import apply_acceptance
from matching.lifecycle.actions.notifications import notify_about_match
from matching.lifecycle.actions.permissions import lock_match_for_reviewer
from matching.lifecycle.actions.transitions import prepare_transition
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.transitions import PHONE_ACCEPTANCE_REVOCABLE_FOR, ActorKind


@transaction.atomic
def record_phone_acceptance(
    *,
    actor: User,
    match: Match,
    note: str,
    volunteer_accepts_code_of_conduct: bool = False,
    at: datetime,
    version: int | None = None,
) -> Match:
    """Record an acceptance that the volunteer gave on the phone, and confirm it to them in writing.

    They can revoke it for `PHONE_ACCEPTANCE_REVOCABLE_FOR` before work begins, except in an emergency. `note` records
    the call. `volunteer_accepts_code_of_conduct` is true when they accepted the code of conduct on the phone, which is
    needed once. Raises NotAllowed, WrongState, Stale, Full, Invalid (no note; the code of conduct).
    """
    match = lock_match_for_reviewer(actor, match, version=version)
    prepare_transition(match, "accept", ActorKind.REVIEWER)  # what comes too late is refused as that, first
    check_phone_acceptance(actor, match, note=note, volunteer_accepts_code_of_conduct=volunteer_accepts_code_of_conduct)
    apply_acceptance(
        match,
        ActorKind.REVIEWER,
        at=at,
        until=None if match.request.emergency else at + PHONE_ACCEPTANCE_REVOCABLE_FOR,
        note=note,
        reviewer=actor,
    )
    if match.volunteer.user is not None:
        accept_conduct(match.volunteer.user, accepted=volunteer_accepts_code_of_conduct, at=at)
    notify_about_match(match.volunteer.user, MatchingNotice.ACCEPTANCE_RECORDED, match, at=at)
    return match


def check_phone_acceptance(
    actor: User, match: Match, *, note: str, volunteer_accepts_code_of_conduct: bool = False
) -> None:
    """Check the inputs of an acceptance on the phone. Raises Invalid, naming every one to correct."""
    errors = FieldErrors()
    if not note.strip():
        errors.add("note", _("Write down when you spoke with them, and what they said."))
    if match.volunteer.user is not None:
        ask = _("Ask them whether they keep to the code of conduct, and say here that they do.")
        field = "volunteer_accepts_code_of_conduct"
        with errors.collect():
            check_conduct_accepted(
                match.volunteer.user, accepted=volunteer_accepts_code_of_conduct, ask=ask, field=field
            )
    errors.raise_if_any()
