"""An emergency pages who is on duty, then everybody; “I have it” ends that."""

from datetime import datetime, timedelta

import pytest

from campaigns.actions.request_ends import cancel_request
from campaigns.models import Member, Request
from core.enums import NoticeTopic
from core.errors import NotAllowed, WrongState
from core.models import Notice, User
from core.notifications.muted_topics import set_topic_muted
from core.notifications.notice_types import RenderedNotice, render_notices
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.duty_shifts import add_duty_shift
from matching.lifecycle.actions.incident_watch import take_incident, tell_all_of_untaken_incidents
from matching.lifecycle.queries.incidents import IncidentStep, read_incident_status
from matching.models import DutyShift, IncidentWatch
from tests.cast import Cast, create_user
from tests.matching.lifecycle.actions.test_offers import incident

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def ruth(cast: Cast) -> User:
    """A second reviewer."""
    return create_user("ruth", reviewer=True)


def put_on_duty(reviewer: User, now: datetime) -> DutyShift:
    return add_duty_shift(actor=reviewer, reviewer=reviewer, starts_at=now - HOUR, ends_at=now + HOUR, at=now)


def find_recipients(kind: str) -> list[str]:
    addresses = Notice.objects.filter(kind=kind).values_list("recipient__email", flat=True)
    return sorted(str(address).split("@")[0] for address in addresses)


def read(kind: str, user: User, at: datetime) -> RenderedNotice | None:
    notice = Notice.objects.get(kind=kind, recipient=user)
    rendered = render_notices([notice], language="en", at=at)[notice.pk]
    assert not isinstance(rendered, Exception)
    return rendered


def take_part(user: User, cast: Cast, now: datetime) -> None:
    Member.objects.create(campaign=cast.campaign, user=user, position="treasurer", since=now)


def test_who_is_on_duty_is_told_first_and_all_others_after_ten_minutes(cast: Cast, ruth: User, now: datetime) -> None:
    put_on_duty(ruth, now)
    incident(cast, now)
    assert find_recipients("incident") == ["ruth"]

    assert tell_all_of_untaken_incidents(at=now + 9 * MINUTE) == 0
    assert tell_all_of_untaken_incidents(at=now + 10 * MINUTE) == 1
    assert tell_all_of_untaken_incidents(at=now + 11 * MINUTE) == 0

    assert find_recipients("incident") == ["rita", "ruth"]
    said = read("incident", cast.rita, now + 10 * MINUTE)
    assert said is not None
    assert "None of us has it yet" in said.text


def test_i_have_it_keeps_the_others_asleep(cast: Cast, ruth: User, now: datetime) -> None:
    put_on_duty(ruth, now)
    taken = take_incident(actor=ruth, incident=incident(cast, now), at=now + MINUTE)

    assert tell_all_of_untaken_incidents(at=now + 10 * MINUTE) == 0
    assert (taken.reviewer, taken.taken_at) == (ruth, now + MINUTE)
    assert find_recipients("incident") == ["ruth"]


def test_without_a_shift_all_are_told_at_once(cast: Cast, ruth: User, now: datetime) -> None:
    DutyShift.objects.create(reviewer=ruth, starts_at=now - 2 * HOUR, ends_at=now)
    DutyShift.objects.create(reviewer=cast.rita, starts_at=now + MINUTE, ends_at=now + HOUR)
    incident(cast, now)

    assert find_recipients("incident") == ["rita", "ruth"]
    assert tell_all_of_untaken_incidents(at=now + 10 * MINUTE) == 0


def test_who_is_on_duty_with_a_part_in_the_contest_is_passed_over(cast: Cast, ruth: User, now: datetime) -> None:
    otto = create_user("otto", reviewer=True)
    put_on_duty(ruth, now)
    take_part(ruth, cast, now)
    incident(cast, now)

    assert find_recipients("incident") == ["otto", "rita"]
    with pytest.raises(NotAllowed, match="You have a part in this contest yourself"):
        take_incident(actor=ruth, incident=Request.objects.get(emergency=True), at=now)
    with pytest.raises(NotAllowed, match="Only reviewers"):
        take_incident(actor=cast.carol, incident=Request.objects.get(emergency=True), at=now)
    assert otto.is_reviewer


def test_who_is_on_duty_and_muted_such_mail_is_passed_over(cast: Cast, ruth: User, now: datetime) -> None:
    put_on_duty(ruth, now)
    set_topic_muted(user=ruth, topic=NoticeTopic.REVIEW)
    incident(cast, now)
    assert find_recipients("incident") == ["rita", "ruth"]


def test_a_late_sweep_tells_nobody_of_what_is_over(cast: Cast, ruth: User, now: datetime) -> None:
    put_on_duty(ruth, now)
    reported = incident(cast, now)
    cancel_request(actor=cast.carol, request=reported, at=now + MINUTE)

    assert tell_all_of_untaken_incidents(at=now + 3 * HOUR) == 0
    assert find_recipients("incident") == ["ruth"]
    # A stolen session could have called it off within the ten minutes.
    assert find_recipients("incident-called-off") == ["rita", "ruth"]


def test_who_has_it_hears_the_rest_alone(cast: Cast, ruth: User, now: datetime) -> None:
    reported = incident(cast, now)
    take_incident(actor=ruth, incident=reported, at=now)

    broadcast_emergencies(at=now)
    cancel_request(actor=cast.carol, request=reported, at=now + MINUTE)

    assert find_recipients("nobody-on-call") == ["ruth"]
    assert find_recipients("incident-called-off") == ["ruth"]


def test_nobody_on_call_wakes_those_on_duty_and_the_others_with_the_rest(cast: Cast, ruth: User, now: datetime) -> None:
    put_on_duty(ruth, now)
    incident(cast, now)
    broadcast_emergencies(at=now)
    assert find_recipients("nobody-on-call") == ["ruth"]

    tell_all_of_untaken_incidents(at=now + 10 * MINUTE)
    broadcast_emergencies(at=now + 10 * MINUTE)

    assert find_recipients("nobody-on-call") == ["rita", "ruth"]


@pytest.mark.parametrize("loss", ["role", "part"])
def test_an_owner_who_may_no_longer_review_it_has_it_no_longer(
    cast: Cast, ruth: User, now: datetime, loss: str
) -> None:
    put_on_duty(ruth, now)
    reported = incident(cast, now)
    take_incident(actor=ruth, incident=reported, at=now)
    if loss == "part":
        take_part(ruth, cast, now)
    else:
        ruth.is_staff = False
        ruth.save(update_fields=["is_staff"])

    assert tell_all_of_untaken_incidents(at=now + 10 * MINUTE) == 1
    broadcast_emergencies(at=now + 10 * MINUTE)

    assert find_recipients("incident") == ["rita", "ruth"]
    assert find_recipients("nobody-on-call") == ["rita"]


def test_another_reviewer_takes_it_over_and_the_one_before_hears_it_once_an_hour(
    cast: Cast, ruth: User, now: datetime
) -> None:
    reported = incident(cast, now)
    for minutes, reviewer in enumerate((ruth, ruth, cast.rita, ruth, cast.rita)):
        take_incident(actor=reviewer, incident=reported, at=now + minutes * MINUTE)

    watch = IncidentWatch.objects.get()
    assert (watch.reviewer, watch.taken_at) == (cast.rita, now)
    assert find_recipients("incident-taken-over") == ["rita", "ruth"]
    said = read("incident-taken-over", ruth, now)
    assert said is not None
    assert said.subject == "Another reviewer has it now"
    assert read("incident-taken-over", cast.rita, now) is None
    for user, words in ((ruth, "Another reviewer has it"), (cast.rita, "You have it")):
        letter = read("incident", user, now)
        assert letter is not None
        assert words in letter.text


def test_what_is_over_or_no_incident_is_not_taken(cast: Cast, now: datetime) -> None:
    reported = incident(cast, now)
    cancel_request(actor=cast.carol, request=reported, at=now)

    for request in (reported, cast.request):
        with pytest.raises(WrongState, match="no open incident"):
            take_incident(actor=cast.rita, incident=request, at=now)


def test_an_incident_from_before_there_were_watches_can_be_taken(cast: Cast, now: datetime) -> None:
    reported = incident(cast, now)
    IncidentWatch.objects.all().delete()

    take_incident(actor=cast.rita, incident=reported, at=now + HOUR)

    assert tell_all_of_untaken_incidents(at=now + 2 * HOUR) == 0


def test_the_campaign_reads_when_it_was_taken_and_not_by_whom(cast: Cast, ruth: User, now: datetime) -> None:
    reported = incident(cast, now)
    take_incident(actor=ruth, incident=reported, at=now + 5 * MINUTE)
    take_incident(actor=cast.rita, incident=reported, at=now + 6 * MINUTE)

    events = read_incident_status(Request.objects.get(pk=reported.pk)).events
    assert [(event.step, event.at - now, event.name) for event in events] == [
        (IncidentStep.REPORTED, timedelta(0), ""),
        (IncidentStep.REVIEWERS_TOLD, timedelta(0), ""),
        (IncidentStep.TAKEN, 5 * MINUTE, ""),
    ]
