"""What follows in matching when somebody raises a hand, or can be asked for more than before."""

from datetime import datetime
from typing import Any

from matching.actions.runs import look_for
from matching.queries.supply import here
from volunteers.models import Volunteer


def on_came(*, volunteer: Volunteer, at: datetime, **_: Any) -> None:
    """The places that are empty are looked through for them at once, and nobody else's are touched."""
    if here().filter(pk=volunteer.pk).exists():
        look_for(volunteer, at=at)
