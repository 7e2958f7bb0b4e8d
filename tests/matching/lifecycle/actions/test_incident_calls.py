"""After a false alarm the campaign is promised a call by a date, and a reviewer makes it."""

from datetime import datetime, timedelta

import pytest

from campaigns.actions.campaign_ends import end_campaign
from campaigns.actions.request_ends import cancel_request
from campaigns.models import Member, Request
from core.errors import NotAllowed, WrongState
from core.models import Notice
from matching.lifecycle.actions.incident_calls import escalate_overdue_calls, record_incident_call
from matching.lifecycle.actions.incident_watch import take_incident
from matching.lifecycle.queries.incidents import IncidentStep, find_incident, read_incident_status
from matching.models import IncidentWatch
from matching.rules.notice_types import MatchingNotice
from tests.cast import Cast, create_user
from tests.matching.lifecycle.actions.test_incident_watch import find_recipients, read
from tests.matching.lifecycle.actions.test_offers import incident

DAY = timedelta(days=1)


def call_off(cast: Cast, now: datetime) -> Request:
    reported = incident(cast, now)
    cancel_request(actor=cast.carol, request=reported, at=now)
    return reported


def test_the_call_is_promised_by_a_stored_date_and_the_campaign_reads_when_it_was(cast: Cast, now: datetime) -> None:
    reported = call_off(cast, now)
    watch = IncidentWatch.objects.get()
    assert watch.call_due_at is not None
    assert now < watch.call_due_at <= now + 3 * DAY

    for hours in (1, 2):
        record_incident_call(actor=cast.rita, incident=reported, at=now + timedelta(hours=hours))

    watch.refresh_from_db()
    assert (watch.called_by, watch.called_at) == (cast.rita, now + timedelta(hours=1))
    mine = find_incident(cast.carol, campaign_id=cast.campaign.public_id, request_id=reported.public_id)
    assert read_incident_status(mine).events[-1].step == IncidentStep.CALLED
    assert escalate_overdue_calls(at=now + 9 * DAY) == 0


def test_a_campaign_that_waits_to_be_verified_is_called_by_the_date_it_has(cast: Cast, now: datetime) -> None:
    type(cast.campaign).objects.update(state="unverified", answer_due_at=now + timedelta(hours=5))
    cast.campaign.refresh_from_db()
    call_off(cast, now)

    assert IncidentWatch.objects.get().call_due_at == now + timedelta(hours=5)


def test_only_a_reviewer_without_a_part_says_that_they_called(cast: Cast, now: datetime) -> None:
    reported, otto = call_off(cast, now), create_user("otto", reviewer=True)
    Member.objects.create(campaign=cast.campaign, user=otto, position="treasurer", since=now)

    for person in (otto, cast.carol):
        with pytest.raises(NotAllowed):
            record_incident_call(actor=person, incident=reported, at=now)


def test_without_a_false_alarm_no_call_is_promised(cast: Cast, now: datetime) -> None:
    reported = incident(cast, now)
    take_incident(actor=cast.rita, incident=reported, at=now)
    with pytest.raises(WrongState, match="No call is promised"):
        record_incident_call(actor=cast.rita, incident=reported, at=now)

    end_campaign(actor=cast.rita, campaign=cast.campaign, at=now)

    assert IncidentWatch.objects.get().call_due_at is None


def test_a_manager_who_ends_the_campaign_is_called_as_well(cast: Cast, now: datetime) -> None:
    reported = incident(cast, now)
    end_campaign(actor=cast.carol, campaign=cast.campaign, at=now)

    assert IncidentWatch.objects.get(incident=reported).call_due_at is not None
    assert find_recipients(MatchingNotice.INCIDENT_CALLED_OFF) == ["rita"]


def test_reviewers_are_reminded_once_of_a_late_call(cast: Cast, now: datetime) -> None:
    reported = call_off(cast, now)
    due_at = IncidentWatch.objects.get().call_due_at
    assert due_at is not None

    assert [escalate_overdue_calls(at=due_at + n * DAY) for n in (-1, 0, 1)] == [0, 1, 0]

    assert find_recipients("incident-call-overdue") == ["rita"]
    late = read("incident-call-overdue", cast.rita, due_at)
    assert late is not None
    assert "was promised a call by" in late.text
    record_incident_call(actor=cast.rita, incident=reported, at=due_at)
    assert read("incident-call-overdue", cast.rita, due_at) is None
    assert not Notice.objects.filter(kind="incident-call-overdue", recipient=cast.carol).exists()
