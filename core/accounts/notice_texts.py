"""The texts of core's own notices."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Notice
from core.notifications.notice_types import RenderedNotice


def render_mfa_reset(notice: Notice, facts: object, at: datetime) -> RenderedNotice | None:
    """Render the notice that the second factor was reset; it warns a user who did not ask for it."""
    return RenderedNotice(
        _("Your second factor was taken away"),
        _(
            "Hello,\n\nbecause somebody told us that your device was lost we have taken your second factor away, and "
            "signed you out everywhere. Sign in with your password and set up a new one.\n\nIf this was not you, "
            "change your password at once and tell a reviewer."
        ),
        reverse("mfa_index"),
    )
