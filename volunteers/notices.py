"""The words of the notices that this app owes."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Notice
from core.registry import Letter
from volunteers.actions.invitations import token
from volunteers.models import Invitation


def invitation(notice: Notice) -> Letter | None:
    """Asks somebody whose row was imported whether they want to be here."""
    found = Invitation.objects.filter(public_id=notice.subjects["invitation"], used_at=None).first()
    if found is None:
        return None
    address = settings.SITE_URL + reverse("invitation", args=[token(found)])
    return Letter(
        subject=_("Would you like to help again?"),
        text=_(
            "Hello,\n\nan organisation that you once offered your help to has moved to Handraiser. "
            "Nobody is shown your name and nobody can ask you for anything until you say yes:\n\n%(address)s\n\n"
            "If you do nothing, nothing happens.\n"
        )
        % {"address": address},
    )
