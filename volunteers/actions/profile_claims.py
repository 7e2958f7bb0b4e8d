"""Let an imported person claim their profile: with the address of the invitation, or with a code that is sent there."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.email_addresses import has_proven_address
from core.errors import Invalid, WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice
from volunteers.actions.answers import promise_answer
from volunteers.actions.invitations import read_invitation_token
from volunteers.claim_codes import is_claim_code_open, is_claim_code_right
from volunteers.models import Invitation, Volunteer
from volunteers.models.invitation import MAX_CLAIM_CODES_PER_DAY
from volunteers.notice_types import VolunteerNotice
from volunteers.profile_rules import check_adult
from volunteers.signals import volunteer_updated

_ONE_DAY = timedelta(days=1)


@transaction.atomic
def claim_profile(*, actor: User, token: str, adult: bool, at: datetime) -> Volunteer | None:
    """Make the imported profile the user's own, if they have proved the address that the invitation was sent to.

    Else return None: a code is sent there, with which `claim_profile_with_code` claims it. An invitation that is used,
    too old or unknown gives None too, and no code, so that the answer does not tell. Raises Invalid (not of age),
    WrongState (this account has a profile already).
    """
    check_adult(adult)
    invitation = _lock_open_invitation(token, at)
    _lock_account_without_profile(actor)
    if invitation is None:
        return None
    if has_proven_address(actor, invitation.volunteer.email):
        return _use_invitation(invitation, actor, at)
    _send_code(invitation, actor, at)
    return None


def claim_profile_with_code(*, actor: User, token: str, code: str, adult: bool, at: datetime) -> Volunteer:
    """Make the imported profile the user's own with the code that was sent to the invitation's address.

    Raises Invalid (not of age; the code is wrong, too old or for another account, or was answered wrongly too often),
    WrongState (this account has a profile already). Wrong answers are counted.
    """
    check_adult(adult)
    with transaction.atomic():
        invitation = _lock_open_invitation(token, at)
        _lock_account_without_profile(actor)
        if invitation is not None and invitation.code_account_id == actor.pk and is_claim_code_open(invitation, at=at):
            if is_claim_code_right(invitation, code):
                return _use_invitation(invitation, actor, at)
            invitation.code_failures += 1
            invitation.save(update_fields=["code_failures"])
    # Outside the transaction, which would else take the count back.
    raise Invalid(
        _("This code is not right, or is too old. Look at the latest letter, or have a new code sent."), field="code"
    )


def _lock_open_invitation(token: str, at: datetime) -> Invitation | None:
    public_id = read_invitation_token(token.strip())
    if public_id is None:
        return None
    # The profile first, then the account: the order of all locks.
    Volunteer.objects.select_for_update(no_key=True, of=("self",)).filter(invitations__public_id=public_id).first()
    invitations = Invitation.objects.select_for_update(no_key=True, of=("self",)).select_related("volunteer")
    invitation = invitations.filter(public_id=public_id, used_at=None, expires_at__gt=at, volunteer__user=None).first()
    return invitation if invitation is not None and invitation.volunteer.email else None


def _lock_account_without_profile(actor: User) -> None:
    # Of two claims at once the second one waits here, and then finds the profile of the first.
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if Volunteer.objects.filter(user=actor).exists():
        raise WrongState(_("You have a profile already, so there is nothing to take over."))


def _send_code(invitation: Invitation, actor: User, at: datetime) -> None:
    is_new_day = invitation.code_sent_at is None or invitation.code_sent_at <= at - _ONE_DAY
    codes_sent = 0 if is_new_day else invitation.codes_sent
    if codes_sent >= MAX_CLAIM_CODES_PER_DAY:
        return
    invitation.code_account, invitation.code_sent_at, invitation.code_failures = actor, at, 0
    invitation.codes_sent = codes_sent + 1
    invitation.save()
    cause = f"{VolunteerNotice.CLAIM_CODE}:{invitation.public_id}:{at.isoformat()}"
    subjects = {"invitation": str(invitation.public_id)}
    enqueue_notice(
        to=invitation.volunteer.email, kind=VolunteerNotice.CLAIM_CODE, cause=cause, subjects=subjects, at=at
    )


def _use_invitation(invitation: Invitation, actor: User, at: datetime) -> Volunteer:
    return hand_over_profile(invitation.volunteer, actor, at=at)


def hand_over_profile(volunteer: Volunteer, actor: User, *, at: datetime) -> Volunteer:
    """Make an imported profile the user's own, who has proved its address and is of age; its invitations are used.

    The caller has locked the profile, then the account.
    """
    volunteer.user, volunteer.claimed_at, volunteer.waiting_since = actor, at, at
    volunteer.adult, volunteer.email = True, ""
    volunteer.version += 1
    volunteer.save()
    volunteer.invitations.filter(used_at=None).update(used_at=at, code_account=None)
    if volunteer.state == Volunteer.State.ACTIVE:
        promise_answer(volunteer, at=at)
    volunteer_updated.send(Volunteer, volunteer=volunteer, at=at)
    return volunteer
