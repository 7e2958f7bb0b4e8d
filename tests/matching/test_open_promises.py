"""The migration that gives everybody who waits for an answer the time until which they get it."""

from datetime import UTC, datetime
from importlib import import_module

from django.apps import apps

from campaigns.actions.registration import register_campaign
from campaigns.models import Campaign
from tests.cast import Cast, build_candidacy, create_user, create_volunteer
from tests.match_factory import make_offered_match
from volunteers.models import Volunteer

fill_open_promises = import_module("matching.migrations.0009_fill_open_promises").fill_open_promises


def test_who_got_an_answer_already_is_promised_none(cast: Cast, now: datetime) -> None:
    make_offered_match(cast, now)
    create_volunteer(create_user("erin"), now)
    register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    Volunteer.objects.update(answer_due_at=None)
    Volunteer.objects.filter(user__email="erin@example.org").update(state="paused")
    Campaign.objects.update(answer_due_at=None)

    fill_open_promises(apps, None)

    promised = Volunteer.objects.filter(answer_due_at__isnull=False).values_list("user", "answer_due_at")
    assert list(promised) == [(cast.bob.pk, datetime(2026, 3, 9, 13, tzinfo=UTC))]
    campaigns = Campaign.objects.filter(answer_due_at__isnull=False).values_list("name", "answer_due_at")
    assert list(campaigns) == [("Roe", datetime(2026, 3, 3, 14, tzinfo=UTC))]
