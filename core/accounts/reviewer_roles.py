"""Give and take the roles of reviewers: what each of them may do stands in docs/reference/roles.md."""

from collections.abc import Collection
from datetime import datetime

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.accounts.factor_recovery import find_account
from core.accounts.mfa_reset import enqueue_account_notices
from core.accounts.notice_types import AccountNotice
from core.enums import ReviewerRole
from core.errors import Invalid, NotAllowed
from core.field_errors import FieldErrors
from core.models import User
from core.notifications.outbox import PendingNotice, enqueue_notices
from core.reviewers import list_administrators

_FIELD_BY_ROLE = {
    ReviewerRole.REVIEWER: "is_staff",
    ReviewerRole.POLICY_EDITOR: "is_policy_editor",
    ReviewerRole.ADMINISTRATOR: "is_superuser",
}


def list_roles(user: User) -> list[ReviewerRole]:
    """Return the roles of a user, in their order."""
    return [role for role, field in _FIELD_BY_ROLE.items() if getattr(user, field)]


def reviewers_visible_to(user: User) -> QuerySet[User]:
    """Return all people with a role, for an administrator; no one for others."""
    with_role = models.Q(is_staff=True) | models.Q(is_policy_editor=True) | models.Q(is_superuser=True)
    return User.objects.filter(with_role) if user.is_administrator else User.objects.none()


@transaction.atomic
def set_reviewer_roles(*, actor: User, email: str, roles: Collection[str], at: datetime) -> User:
    """Give the account with this address exactly these roles; none of them ends what it may do.

    The person and all other administrators are told. Without a change nothing happens. Raises NotAllowed (not an
    administrator; oneself), NotFound (no account), Invalid (a further role without that of a reviewer; not active).
    """
    # All of them in one order, so that two administrators who end each other's role do not both succeed.
    administrators = list(list_administrators().select_for_update(no_key=True))
    if actor not in administrators:
        raise NotAllowed(_("Only administrators give and take roles. Ask one of them."))
    errors = FieldErrors()
    with errors.collect():
        person = find_account(email)
        if person == actor:
            raise NotAllowed(_("You cannot change your own roles. Ask another administrator."))
        if roles and not person.is_active:
            raise Invalid(_("This account is switched off, so it gets no role."), field="email")
    wanted = {ReviewerRole(role) for role in roles}
    if wanted and ReviewerRole.REVIEWER not in wanted:
        errors.add("roles", _("A policy editor or an administrator is a reviewer, too. Add that role."))
    errors.raise_if_any()
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if set(list_roles(person)) == wanted:
        return person
    for role, field in _FIELD_BY_ROLE.items():
        setattr(person, field, role in wanted)
    person.save(update_fields=_FIELD_BY_ROLE.values())
    _tell_everyone(actor, person, administrators, at=at)
    return person


def _tell_everyone(actor: User, person: User, administrators: Collection[User], *, at: datetime) -> None:
    name = str(person.public_id)
    cause, subjects = f"{AccountNotice.REVIEWER_ROLES}:{name}:{at.isoformat()}", {"account": name}
    enqueue_account_notices(person, kind=AccountNotice.REVIEWER_ROLES, cause=cause, subjects=subjects, at=at)
    others = [user for user in administrators if user not in (person, actor)]
    kind = AccountNotice.REVIEWER_ROLES_REVIEW
    enqueue_notices([PendingNotice(user, kind, f"{cause}:{user.pk}", subjects) for user in others], at=at)
