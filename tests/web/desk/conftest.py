"""A team with one person, of which nothing is flagged."""

from datetime import datetime, timedelta

import pytest

from campaigns.models import Campaign
from matching.models import Match, Policy
from tests.cast import Cast
from tests.match_factory import make_proposed_match


@pytest.fixture
def proposal(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Match:
    """Alice is proposed to a campaign that was verified a month ago. An approval can be undone for ten minutes."""
    monkeypatch.setattr("matching.rules.review_flags.CLOSER_LOOK_PERCENT", 0)
    match = make_proposed_match(cast, now)
    Campaign.objects.update(verified_at=now - timedelta(days=30))
    Policy.objects.filter(state=Policy.State.ACTIVE).update(undo_minutes=10)
    return match
