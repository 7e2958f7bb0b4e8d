"""No letter about an emergency goes to its campaign: the people who broke in may read its mail.

Carol manages the campaign, Sam is of its staff, and Tina keeps its books. Erin and Fred are on call.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from django.test import Client
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.actions.request_ends import cancel_request
from campaigns.models import Member, Request
from core.models import Notice, User
from core.notifications.delivery import deliver_due_notices
from matching.lifecycle.actions.campaign_answers import finish_work
from matching.lifecycle.actions.clocks import broadcast_emergencies, process_due_matches, send_due_reminders
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import handle_report, report_problem
from matching.lifecycle.actions.volunteer_answers import (
    accept_offer,
    complete_by_volunteer,
    decline_offer,
    withdraw_from_match,
)
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import MatchState
from tests.cast import Cast, build_candidacy, create_user, sign_in_browser
from tests.match_factory import make_offered_match
from tests.matching.lifecycle.actions.test_offers import responder
from tests.matching.lifecycle.invariants import find_broken_invariants
from volunteers.models import Vetting, Volunteer

Api = Callable[[User | None], APIClient]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
INCIDENT = IncidentDetails(description="Letters that we did not send", since="Today", contact="+1 503 555 0188")
CAMPAIGN_PEOPLE = ("carol", "sam", "tina")


@pytest.fixture
def emergency(cast: Cast, now: datetime) -> Request:
    for name, position in (("sam", "staff"), ("tina", "treasurer")):
        Member.objects.create(campaign=cast.campaign, user=create_user(name), position=position, since=now)
    for name in ("erin", "fred"):
        responder(name, now)
    return report(cast, now)


def report(cast: Cast, at: datetime) -> Request:
    return report_incident(
        actor=cast.carol, campaign=cast.campaign, incident=INCIDENT, time_zone="America/New_York", at=at
    )


def find_user(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def find_match(name: str) -> Match:
    return Match.objects.filter(volunteer__user=find_user(name), request__emergency=True).latest("pk")


def ask(at: datetime) -> None:
    broadcast_emergencies(at=at)
    deliver_due_notices(at=at)


def accept(name: str, at: datetime) -> Match:
    return accept_offer(actor=find_user(name), match=find_match(name), note="I call you.", at=at)


def converse(cast: Cast, match: Match, at: datetime) -> None:
    write_message(actor=match.volunteer.user, match=match, text="Is it still going on?", at=at)  # type: ignore[arg-type]
    write_message(actor=cast.carol, match=match, text="It is.", at=at)


def let_time_pass(at: datetime) -> None:
    """All that a sweep does of matches, and all letters of this moment and of the days after."""
    process_due_matches(at=at)
    send_due_reminders(at=at)
    broadcast_emergencies(at=at)
    for days in range(3):
        deliver_due_notices(at=at + days * DAY)


def end_by_hand_over(cast: Cast, at: datetime) -> None:
    ask(at)
    match = accept("erin", at + 7 * MINUTE)
    converse(cast, match, at + 8 * MINUTE)
    problem = report_problem(actor=cast.carol, match=match, kind="other", text="He is slow.", at=at + 9 * MINUTE)
    handle_report(actor=cast.rita, report=problem, outcome="Spoke with both.", at=at + 10 * MINUTE)
    let_time_pass(at + 7 * DAY + 9 * MINUTE)  # a week without a word from the campaign
    assert Notice.objects.filter(kind="message-reminder").exists()
    let_time_pass(at + 9 * DAY)
    assert find_match("erin").state == MatchState.CLOSING
    complete_by_volunteer(actor=find_user("erin"), match=match, at=at + 9 * DAY)


def end_by_reviewer(cast: Cast, at: datetime) -> None:
    ask(at)
    match = accept("erin", at)
    converse(cast, match, at)
    finish_work(actor=cast.rita, match=match, at=at + DAY)
    let_time_pass(at + 20 * DAY)
    assert find_match("erin").state == MatchState.COMPLETED


def end_by_withdrawal(cast: Cast, at: datetime) -> None:
    ask(at)
    decline_offer(actor=find_user("fred"), match=find_match("fred"), at=at)
    match = accept("erin", at)
    withdraw_from_match(actor=find_user("erin"), match=match, at=at + DAY)
    ask(at + DAY)
    assert Notice.objects.filter(kind="nobody-on-call").exists()


def end_by_silence(cast: Cast, at: datetime) -> None:
    ask(at)
    responder("gina", at)
    let_time_pass(at + 30 * MINUTE)
    let_time_pass(at + 61 * MINUTE)
    assert Notice.objects.filter(kind="incident-unanswered").exists()
    assert Notice.objects.filter(kind="nobody-on-call").exists()


def end_as_false_alarm(cast: Cast, at: datetime) -> None:
    ask(at)
    cancel_request(actor=cast.carol, request=Request.objects.get(emergency=True), at=at + 5 * MINUTE)
    assert {notice.recipient for notice in Notice.objects.filter(kind="alarm-called-off")} == {
        *map(find_user, ("erin", "fred"))
    }


def end_as_false_alarm_at_work(cast: Cast, at: datetime) -> None:
    ask(at)
    match = accept("erin", at)
    converse(cast, match, at)
    cancel_request(actor=cast.carol, request=Request.objects.get(emergency=True), at=at + 5 * MINUTE)
    assert find_match("erin").state == MatchState.CLOSING
    assert Notice.objects.get(kind="alarm-called-off").recipient == find_user("erin")
    let_time_pass(at + 20 * DAY)
    assert find_match("erin").state == MatchState.COMPLETED


@pytest.mark.parametrize(
    "happen",
    [
        end_by_hand_over,
        end_by_reviewer,
        end_by_withdrawal,
        end_by_silence,
        end_as_false_alarm,
        end_as_false_alarm_at_work,
    ],
)
def test_no_letter_goes_to_anybody_of_the_campaign(
    cast: Cast,
    emergency: Request,
    now: datetime,
    mailoutbox: list[EmailMessage],
    happen: Callable[[Cast, datetime], None],
) -> None:
    happen(cast, now)
    let_time_pass(now + 30 * DAY)

    written_to = {address.partition("@")[0] for letter in mailoutbox for address in letter.to}  # type: ignore[attr-defined]
    assert {"rita", "erin"} <= written_to
    assert written_to & {*CAMPAIGN_PEOPLE} == set()
    assert "a campaign gets a letter about its emergency" not in find_broken_invariants()


def test_they_read_it_on_the_site(api: Api, cast: Cast, emergency: Request, now: datetime) -> None:
    ask(now)
    match = accept("erin", now)
    converse(cast, match, now)
    carols = Client()
    sign_in_browser(carols, cast.carol)

    kinds = [notice["kind"] for notice in api(cast.carol).get("/api/v1/me/notices").json()["results"]]
    desk = carols.get(f"/campaigns/{cast.campaign.public_id}/").content.decode()

    assert kinds == ["message", "offer-accepted"]
    assert "Erin wrote to you" in desk


def test_ordinary_work_of_the_same_campaign_is_told_by_letter(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    accept_offer(actor=cast.alice, match=make_offered_match(cast, now), at=now)
    deliver_due_notices(at=now)

    assert [letter.to for letter in mailoutbox] == [["carol@example.org"]]  # type: ignore[attr-defined]


def test_people_of_the_campaign_are_not_asked(cast: Cast, emergency: Request, now: datetime) -> None:
    volunteer = Volunteer.objects.get(user=find_user("erin"))
    assert Vetting.objects.filter(volunteer=volunteer).exists()
    Member.objects.create(campaign=cast.campaign, user=find_user("erin"), position="staff", since=now)

    ask(now)

    assert [match.volunteer.first_name for match in Match.objects.filter(request=emergency)] == ["Fred"]


def test_the_reviewers_hear_of_each_turn(
    cast: Cast, emergency: Request, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    end_by_silence(cast, now)
    cancel_request(actor=cast.carol, request=emergency, at=now + DAY)
    deliver_due_notices(at=now + DAY)

    subjects = [letter.subject for letter in mailoutbox if letter.to == ["rita@example.org"]]  # type: ignore[attr-defined]
    assert subjects == [
        "Urgent: a security incident",
        "Urgent: nobody has come yet",
        "Urgent: nobody is left on call",
        "A security incident was called off",
    ]


def test_incidents_of_campaigns_that_nobody_has_verified_come_in_one_letter_an_hour(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    campaigns = [
        register_campaign(actor=cast.dave, candidacy=build_candidacy(f"Pat {n}", now), name=f"Roe {n}", at=now)
        for n in range(3)
    ]
    for minutes, campaign in enumerate(campaigns):
        moment = now + timedelta(minutes=minutes)
        report_incident(
            actor=cast.dave,
            campaign=campaign,
            incident=INCIDENT,
            time_zone="UTC",
            accepts_code_of_conduct=True,
            at=moment,
        )
        deliver_due_notices(at=moment)

    deliver_due_notices(at=now + timedelta(minutes=59))
    deliver_due_notices(at=now + timedelta(minutes=60))

    notices = Notice.objects.filter(recipient=cast.rita, kind=MatchingNotice.INCIDENT).order_by("pk")
    sent = [notice.sent_at - now for notice in notices if notice.sent_at]
    assert sent == [timedelta(0), timedelta(hours=1), timedelta(hours=1)]
    assert mailoutbox[-1].subject == "2 things are new"  # type: ignore[attr-defined]
