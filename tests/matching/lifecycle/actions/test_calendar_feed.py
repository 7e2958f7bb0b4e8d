"""Open the calendar feed."""

from datetime import datetime

import pytest

from core.errors import WrongState
from matching.lifecycle.actions.calendar_feed import open_calendar_feed
from matching.lifecycle.actions.departure import leave_service
from matching.models import CalendarFeed
from tests.cast import Cast


def test_who_has_left_opens_none(cast: Cast, now: datetime) -> None:
    leave_service(actor=cast.alice, at=now)

    with pytest.raises(WrongState, match="You have left"):
        open_calendar_feed(actor=cast.alice, secret="a-secret", authenticated_at=now, at=now)
    assert not CalendarFeed.objects.exists()
