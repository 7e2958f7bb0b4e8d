"""The texts of core's own notices."""

from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.notice_types import AccountNotice
from core.accounts.recovery_texts import render_recovery, render_recovery_for_reviewer
from core.accounts.reviewer_roles import list_roles
from core.enums import NoticeTopic
from core.models import Notice, User
from core.notifications.notice_types import RenderedNotice, register_notice_type


def render_mfa_reset(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Render the notice that the second factor was reset; it warns a user who did not ask for it."""
    return RenderedNotice(
        _("Your second factor was taken away"),
        _(
            "Hello,\n\nbecause somebody told us that your device was lost we have taken your second factor away, and "
            "signed you out everywhere. The private address of your calendar has ended, too. Sign in with your "
            "password and set up a new one.\n\nIf this was not you, change your password at once and tell a reviewer."
        ),
        reverse("mfa_index"),
    )


def render_mfa_reset_for_reviewer(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a reviewer that the operator has removed a second factor at the command line."""
    if notice.recipient is None or not notice.recipient.is_reviewer:
        return None
    return RenderedNotice(
        _("A second factor was taken away"),
        _(
            "Hello,\n\nwhoever runs this site has taken a second factor away at the command line, without a second "
            "reviewer and without a day's wait. If you do not know why, ask them."
        ),
        reverse("admin:core_user_changelist"),
    )


def render_reviewer_roles(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a person which roles of a reviewer they have now."""
    person = User.objects.filter(public_id=notice.subjects["account"]).first()
    if person is None:
        return None
    roles = list_roles(person)
    if not roles:
        return RenderedNotice(
            _("You are no reviewer any more"),
            _(
                "Hello,\n\nan administrator has ended your role as a reviewer. Your account stays, with what you do as "
                "a volunteer or for a campaign.\n\nIf you do not know why, ask us."
            ),
            reverse("account_email"),
        )
    return RenderedNotice(
        _("Your roles as a reviewer"),
        _(
            "Hello,\n\nan administrator has changed what you may do here. Your roles now: %(roles)s.\n\nBefore you see "
            "other people's data you set up a second factor. If you did not expect this, tell us."
        )
        % {"roles": ", ".join(str(role.label) for role in roles)},
        reverse("admin:index"),
    )


def render_reviewer_roles_for_administrator(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell an administrator that another one has changed the roles of an account."""
    person = User.objects.filter(public_id=notice.subjects["account"]).first()
    if person is None or notice.recipient is None or not notice.recipient.is_administrator:
        return None
    return RenderedNotice(
        _("The roles of a reviewer were changed"),
        _(
            "Hello,\n\nan administrator has changed the roles of an account. Look at it. If it should not be so, "
            "change it back, and ask the other administrators."
        ),
        reverse("admin:core_user_change", args=[person.pk]),
    )


# They leave at once, and cannot be muted.
_register_notice_type = partial(register_notice_type, is_immediate=True, is_mutable=False)

_register_notice_type(AccountNotice.REVIEWER_ROLES, render_reviewer_roles, NoticeTopic.ACCOUNT, subjects=("account",))
_register_notice_type(
    AccountNotice.REVIEWER_ROLES_REVIEW,
    render_reviewer_roles_for_administrator,
    NoticeTopic.REVIEW,
    subjects=("account",),
)
_register_notice_type(AccountNotice.FACTOR_RESET, render_mfa_reset, NoticeTopic.ACCOUNT, subjects=("account",))
_register_notice_type(
    AccountNotice.FACTOR_RESET_REVIEW, render_mfa_reset_for_reviewer, NoticeTopic.REVIEW, subjects=("account",)
)
_register_notice_type(
    AccountNotice.FACTOR_RECOVERY, render_recovery, NoticeTopic.ACCOUNT, subjects=("recovery", "state")
)
_register_notice_type(
    AccountNotice.FACTOR_RECOVERY_REVIEW,
    render_recovery_for_reviewer,
    NoticeTopic.REVIEW,
    subjects=("recovery", "state"),
)
