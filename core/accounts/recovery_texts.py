"""The letters about a recovery of a lost second factor: to the person, and to reviewers."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.queries import find_recovery
from core.accounts.recovery_links import make_recovery_link_token
from core.models import FactorRecovery, Notice
from core.notifications.notice_types import RenderedNotice

State = FactorRecovery.State


def render_recovery(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell the person what becomes of their second factor, and how to stop it."""
    recovery = find_recovery(notice.subjects["recovery"])
    if recovery is None:
        return None
    # Each step is told, also one that another step has followed before the letter left.
    state = notice.subjects["state"]
    subject, text = _person_text(state)
    is_open = state in (State.REQUESTED, State.APPROVED)
    address = reverse("recovery-stop", args=[make_recovery_link_token(recovery)]) if is_open else reverse("mfa_index")
    return RenderedNotice(subject, text, address)


def _person_text(state: str) -> tuple[str, str]:
    if state == State.REQUESTED:
        return _("Somebody says that you have lost your second factor"), _(
            "Hello,\n\nsomebody told us that your device was lost, and one of us has called back. A second one of us "
            "looks at it now. If this was you, there is nothing to do.\n\nIf this was not you, stop it with this link "
            "at once: it takes no sign-in. Then change your password."
        )
    if state == State.APPROVED:
        return _("Your second factor will be taken away in a day"), _(
            "Hello,\n\ntwo of us have agreed that your device is lost. In a day we take your second factor away, and "
            "sign you out everywhere.\n\nIf this is not what you want, stop it with this link: it takes no sign-in. "
            "Signing in with your second factor stops it too."
        )
    if state == State.DONE:
        return _("Your second factor was taken away"), _(
            "Hello,\n\nthe day of waiting is over, so we have taken your second factor away, and signed you out "
            "everywhere. The private address of your calendar has ended, too. Sign in with your password and set up a "
            "new one.\n\nIf this was not you, change your password at once and tell a reviewer."
        )
    if state == State.EXPIRED:
        return _("Your second factor stays"), _(
            "Hello,\n\nnobody of us has confirmed in time that your device was lost, so nothing was changed. If you "
            "still need help, ask us to call you once more."
        )
    return _("Your second factor stays"), _(
        "Hello,\n\nwhat somebody asked us to do about your second factor was stopped, and nothing was changed. If you "
        "did not stop it and have lost your device, ask us to call you once more."
    )


def render_recovery_for_reviewer(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Tell a reviewer what becomes of a recovery, so that one who knows better can stop it."""
    recovery, recipient = find_recovery(notice.subjects["recovery"]), notice.recipient
    if recovery is None or recipient is None or not recipient.is_reviewer:
        return None
    address = reverse("admin:core_factorrecovery_change", args=[recovery.pk])
    return RenderedNotice(_("A second factor is being recovered"), _reviewer_text(notice.subjects["state"]), address)


def _reviewer_text(state: str) -> str:
    if state == State.REQUESTED:
        return _(
            "Hello,\n\na reviewer has called somebody back who lost their second factor. A second reviewer has to "
            "approve it: read how they were called back, and stop it if you have a doubt."
        )
    if state == State.APPROVED:
        return _(
            "Hello,\n\ntwo reviewers have agreed to take a second factor away, and it happens in a day. Stop it if you "
            "have a doubt."
        )
    if state == State.DONE:
        return _("Hello,\n\na lost second factor was taken away, as two reviewers had agreed. Nothing is left to do.")
    if state == State.EXPIRED:
        return _("Hello,\n\na recovery of a second factor was not approved in time, so nothing was changed.")
    return _("Hello,\n\na recovery of a second factor was stopped, and nothing was changed.")
