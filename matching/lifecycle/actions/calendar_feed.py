"""Open and close the private calendar feed of a volunteer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.reauthentication import require_recent_authentication
from core.errors import WrongState
from core.models import User
from matching.lifecycle.queries.calendar import hash_feed_secret
from matching.models import CalendarFeed
from volunteers.models import Volunteer
from volunteers.profile_rules import no_profile_error


@transaction.atomic
def open_calendar_feed(
    *, actor: User, secret: str, has_mfa: bool = False, authenticated_at: datetime | None, at: datetime
) -> CalendarFeed:
    """Make `secret` the only address of the volunteer's calendar feed; an older address stops working.

    Only the digest is stored, so the address can be shown only now. It ends with a new password, and when the user is
    signed out everywhere. The address outlives every session, so it needs a
    sign-in of the last minutes (`authenticated_at`; None for a token), by second factor (`has_mfa`) if the user has
    one. Raises ReauthenticationRequired, NotFound (no profile), WrongState (they have left, so there is nothing in it).
    """
    require_recent_authentication(actor, has_mfa=has_mfa, authenticated_at=authenticated_at, at=at)
    volunteer = Volunteer.objects.select_for_update(no_key=True).filter(user=actor).first()
    if volunteer is None:
        raise no_profile_error()
    if volunteer.state == Volunteer.State.LEFT:
        raise WrongState(_("You have left, so there is nothing to change. Come back first."))
    columns = {
        "secret_digest": hash_feed_secret(secret),
        "credential_digest": actor.credentials,
        "created_at": at,
    }
    feed, _created = CalendarFeed.objects.update_or_create(volunteer=volunteer, defaults=columns)
    return feed


def close_calendar_feed(*, actor: User) -> None:
    """Delete the volunteer's calendar feed, so that its address no longer works."""
    CalendarFeed.objects.filter(volunteer__user=actor).delete()
