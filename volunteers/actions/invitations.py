"""Invite imported people to claim their profile."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice
from volunteers.actions.erased_profiles import check_not_erased
from volunteers.models import Invitation, Volunteer
from volunteers.notice_types import VolunteerNotice

PROFILE_INVITATION_LIFETIME = timedelta(days=30)
INVITATION_TOKEN_SALT = "volunteers.invitation"


@transaction.atomic
def invite_imported_volunteer(
    *, actor: User | None, volunteer: Volunteer, at: datetime, version: int | None = None
) -> Invitation:
    """Enqueue an invitation by mail to an imported person; while one is open, no second one is sent.

    `actor` is the reviewer who invites, or None for the command line. `version` is that of the profile which they
    read, if given. Raises NotAllowed, Stale, WrongState (claimed already; erased), Invalid (no address).
    """
    if actor is not None and not actor.is_reviewer:
        raise NotAllowed(_("Only reviewers invite people. Ask a reviewer to do it."))
    locked = Volunteer.objects.select_for_update(no_key=True, of=("self",)).filter(pk=volunteer.pk).first()
    check_not_erased([volunteer.pk])
    volunteer = locked or volunteer
    if volunteer.user_id is not None:
        raise WrongState(_("This person has claimed their profile already."))
    if version is not None and version != volunteer.version:
        raise Stale(_("This profile has changed since you loaded it. Load it again and check your decision."))
    if not volunteer.email:
        raise Invalid(_("There is no address to invite this person at. Import one first."), field="email")
    # Only one unused invitation a volunteer may exist, and an expired one would block the new one.
    volunteer.invitations.filter(used_at=None, expires_at__lte=at).delete()
    invitation, created = Invitation.objects.get_or_create(
        volunteer=volunteer,
        used_at=None,
        defaults={"invited_by": actor, "invited_at": at, "expires_at": at + PROFILE_INVITATION_LIFETIME},
    )
    if created:
        cause = f"{VolunteerNotice.INVITATION}:{invitation.public_id}"
        subjects = {"invitation": str(invitation.public_id)}
        enqueue_notice(to=volunteer.email, kind=VolunteerNotice.INVITATION, cause=cause, subjects=subjects, at=at)
    return invitation


def make_invitation_token(invitation: Invitation) -> str:
    """Return the signed token for the link in the mail, which no one else can forge."""
    return signing.dumps(str(invitation.public_id), salt=INVITATION_TOKEN_SALT)


def read_invitation_token(token: str) -> str | None:
    """Return the public id of the invitation that this token was made for; None for a token that is none of ours."""
    try:
        return str(signing.loads(token, salt=INVITATION_TOKEN_SALT))
    except signing.BadSignature:
        return None
