"""The messages of an emergency do not name its campaign while that is hidden.

Erin is on call, and has never heard of the campaign that was hacked.
"""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from rest_framework.test import APIClient

from core.errors import WrongState
from core.models import Notice, User
from core.notifications.notice_types import render_notices
from matching.lifecycle.actions.campaign_answers import confirm_match
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.volunteer_answers import accept_offer, withdraw_from_match
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, sign_in_browser
from tests.matching.lifecycle.actions.test_offers import responder

Api = Callable[[User | None], APIClient]
THANKS = "Thank you from Doe for Senate"


@pytest.fixture
def erin(cast: Cast, now: datetime) -> User:
    erin = responder("erin", now)
    incident = IncidentDetails(description="Odd mail", since="Monday", contact="+1 555 0100")
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=incident, time_zone="UTC", at=now)
    broadcast_emergencies(at=now)
    return erin


@pytest.fixture
def match(erin: User, now: datetime) -> Match:
    """Erin helps, and the campaign and they have written to each other."""
    match = Match.objects.get(volunteer__user=erin)
    match = accept_offer(actor=erin, match=match, at=now)
    match.refresh_from_db()
    return match


def begin(cast: Cast, match: Match, now: datetime) -> None:
    if match.state == MatchState.ACCEPTED:
        confirm_match(actor=cast.carol, match=match, at=now)
        match.refresh_from_db()
    write_message(actor=cast.carol, match=match, text=THANKS, at=now)
    write_message(actor=match.volunteer.user, match=match, text="Glad to help you, Kim", at=now)  # type: ignore[arg-type]


def test_after_an_early_end_the_messages_are_hidden_again(
    api: Api, cast: Cast, erin: User, match: Match, now: datetime
) -> None:
    begin(cast, match, now)
    thread, page = f"/api/v1/me/matches/{match.public_id}/messages", f"/me/projects/{match.public_id}/messages/"
    browser = Client()
    sign_in_browser(browser, erin)
    assert THANKS in str(api(erin).get(thread).json())
    assert THANKS in browser.get(page).content.decode()

    withdraw_from_match(actor=erin, match=match, at=now)

    assert api(erin).get(thread).status_code == 404
    assert api(erin).post(thread, {"text": "Hello?"}).status_code == 404
    assert browser.get(page).headers["Location"] == f"/me/projects/{match.public_id}/"
    assert browser.post(page, {"text": "Hello?"}).headers["Location"] == f"/me/projects/{match.public_id}/"
    assert "Doe" not in browser.get(page, follow=True).content.decode()


def test_a_notice_of_a_message_that_is_hidden_by_now_is_not_sent(
    cast: Cast, erin: User, match: Match, now: datetime
) -> None:
    begin(cast, match, now)
    withdraw_from_match(actor=erin, match=match, at=now)

    notice = Notice.objects.get(kind="message", recipient=erin)

    assert render_notices([notice], language="en", at=now)[notice.pk] is None


def test_a_project_that_ended_otherwise_keeps_its_messages(
    api: Api, cast: Cast, erin: User, match: Match, now: datetime
) -> None:
    begin(cast, match, now)
    match.request.emergency = False
    match.request.save(update_fields=["emergency"])
    withdraw_from_match(actor=erin, match=match, at=now)

    assert THANKS in str(api(erin).get(f"/api/v1/me/matches/{match.public_id}/messages").json())


def test_a_campaign_does_not_write_before_it_is_named(
    api: Api, cast: Cast, erin: User, match: Match, now: datetime
) -> None:
    Match.objects.filter(pk=match.pk).update(state=MatchState.ACCEPTED)

    with pytest.raises(WrongState, match="Confirm first, then write"):
        write_message(actor=cast.carol, match=match, text=THANKS, at=now)

    written = api(erin).post(f"/api/v1/me/matches/{match.public_id}/messages", {"text": "I begin now."})
    assert written.status_code == 201


def test_what_a_campaign_wrote_is_hidden_while_it_is_not_named(
    api: Api, cast: Cast, erin: User, match: Match, now: datetime
) -> None:
    begin(cast, match, now)
    Match.objects.filter(pk=match.pk).update(state=MatchState.ACCEPTED)

    thread = api(erin).get(f"/api/v1/me/matches/{match.public_id}/messages").json()["results"]

    assert [message["side"] for message in thread] == ["volunteer"]
