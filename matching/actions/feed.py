"""Giving somebody's calendar an address of its own, and taking it away."""

from datetime import datetime

from django.db import transaction

from core.errors import NotFound
from core.models import User
from matching.models import Feed
from matching.queries.calendar import digest_of
from volunteers.models import Volunteer


@transaction.atomic
def open_feed(*, actor: User, secret: str, at: datetime) -> Feed:
    """Makes `secret` the one address at which the person's calendar can be read; an older one stops to work.

    Only its digest is kept, so it can be shown this once. Raises NotFound (no profile).
    """
    volunteer = Volunteer.objects.select_for_update(no_key=True).filter(user=actor).first()
    if volunteer is None:
        raise NotFound("You have no profile yet. Raise your hand first.")
    feed, _ = Feed.objects.update_or_create(volunteer=volunteer, defaults={"digest": digest_of(secret), "made_at": at})
    return feed


def close_feed(*, actor: User) -> None:
    """Nobody can read the person's calendar any more, whatever address they know."""
    Feed.objects.filter(volunteer__user=actor).delete()
