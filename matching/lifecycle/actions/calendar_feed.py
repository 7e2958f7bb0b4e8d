"""Giving somebody's calendar an address of its own, and taking it away."""

from datetime import datetime

from django.db import transaction

from core.errors import NotFound
from core.models import User
from matching.lifecycle.queries.calendar import hash_feed_secret
from matching.models import CalendarFeed
from volunteers.models import Volunteer


@transaction.atomic
def open_calendar_feed(*, actor: User, secret: str, at: datetime) -> CalendarFeed:
    """Makes `secret` the one address at which the person's calendar can be read; an older one stops to work.

    Only its digest is kept, so it can be shown this once. Raises NotFound (no profile).
    """
    volunteer = Volunteer.objects.select_for_update(no_key=True).filter(user=actor).first()
    if volunteer is None:
        raise NotFound("You have no profile yet. Raise your hand first.")
    feed, _ = CalendarFeed.objects.update_or_create(
        volunteer=volunteer, defaults={"digest": hash_feed_secret(secret), "made_at": at}
    )
    return feed


def close_calendar_feed(*, actor: User) -> None:
    """Nobody can read the person's calendar any more, whatever address they know."""
    CalendarFeed.objects.filter(volunteer__user=actor).delete()
