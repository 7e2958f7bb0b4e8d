"""A person's own data, as they ask for it."""

from datetime import datetime
from typing import Any

from core.actions.looks import record
from core.models import User
from core.people import held_about
from core.vocabulary import Capacity, Door


def export(*, actor: User, at: datetime) -> dict[str, Any]:
    """Everything that is held about `actor` and may be given to them, part by part; that they asked is recorded."""
    told = {"made_at": at, "held": held_about(actor)}
    record(actor, Capacity.SELF, [actor.pk], Door.EXPORT, at=at)
    return told
