"""In an emergency no session of the campaign ends the work unheard: the people who broke in may be signed in as it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from campaigns.models import Request
from core.errors import WrongState
from core.models import Notice, User
from matching.lifecycle.actions.campaign_answers import complete_match, finish_work, release_by_campaign
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.actions.review import release_by_reviewer
from matching.models import IncidentWatch, Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import MatchState
from tests.cast import Cast, sign_in_browser
from tests.matching.lifecycle.actions.test_incident_watch import read as read_notice
from tests.web.campaigns import incidents

Api = Callable[[User | None], APIClient]


@pytest.fixture
def carols(cast: Cast) -> Client:
    client = Client()
    sign_in_browser(client, cast.carol)
    return client


def start(cast: Cast, at: datetime) -> Match:
    """Erin works on Carol's incident."""
    incidents.make_helped(cast, at)
    Notice.objects.all().delete()
    return Match.objects.get(volunteer__first_name="Erin")


@pytest.mark.parametrize("action", ["finish", "release"])
def test_a_campaign_ends_no_work_by_the_api(api: Api, cast: Cast, now: datetime, action: str) -> None:
    match = start(cast, now)
    placement = f"/api/v1/placements/{match.public_id}"
    carols = api(cast.carol)

    assert carols.get(placement).json()["available_actions"] == []
    answer = carols.post(f"{placement}/{action}", {}, format="json")

    assert answer.status_code == 409
    assert "we first make sure that it is you" in answer.json()["detail"]
    match.refresh_from_db()
    assert match.state == MatchState.ACTIVE


@pytest.mark.parametrize("page", ["campaign-person-done", "campaign-person-release"])
def test_its_pages_lead_to_the_one_that_makes_us_call(cast: Cast, carols: Client, now: datetime, page: str) -> None:
    match = start(cast, now)
    person = [cast.campaign.public_id, match.public_id]
    call_off = incidents.find_address(match.request, "incident-false-alarm")

    assert carols.get(reverse(page, args=person))["Location"] == call_off
    shown = carols.get(reverse("campaign-person", args=person)).content.decode()
    assert call_off in shown
    assert reverse(page, args=person) not in shown
    posted = carols.post(reverse(page, args=person), {"version": match.version})
    assert "we first make sure that it is you" in posted.content.decode()


def test_what_it_may_say_promises_a_call_and_reaches_the_reviewers(cast: Cast, carols: Client, now: datetime) -> None:
    match = start(cast, now)
    call_off = incidents.find_address(match.request, "incident-false-alarm")
    assert "Is it over, or was it a false alarm?" in carols.get(call_off).content.decode()

    page = carols.post(call_off, follow=True).content.decode()

    assert "You said that it is over" in page
    assert "They stopped, and hand over what they found" in page
    assert "The work was done" not in page
    assert "We call you by" in page
    assert IncidentWatch.objects.get().call_due_at is not None
    told = Notice.objects.filter(kind=MatchingNotice.INCIDENT_CALLED_OFF).values_list("recipient__email", flat=True)
    assert list(told) == [cast.rita.email]


def test_it_is_closed_in_emergencies_alone(cast: Cast, now: datetime) -> None:
    match = start(cast, now)
    with pytest.raises(WrongState, match="make sure"):
        finish_work(actor=cast.carol, match=match, at=now)
    with pytest.raises(WrongState, match="make sure"):
        release_by_campaign(actor=cast.carol, match=match, at=now)
    Request.objects.filter(pk=match.request_id).update(emergency=False)
    match = Match.objects.get(pk=match.pk)
    assert finish_work(actor=cast.carol, match=match, at=now).state == MatchState.CLOSING
    assert complete_match(actor=cast.carol, match=match, at=now).state == MatchState.COMPLETED


@pytest.mark.parametrize("end", [finish_work, release_by_reviewer])
def test_a_reviewer_finishes_or_releases(cast: Cast, now: datetime, end: Callable[..., Match]) -> None:
    match = start(cast, now)
    assert end(actor=cast.rita, match=match, at=now).state in (MatchState.CLOSING, MatchState.RELEASED)


@pytest.mark.parametrize("side", ["volunteer", "campaign"])
def test_while_contact_is_paused_no_call_of_the_helper_is_promised(
    cast: Cast, carols: Client, now: datetime, side: str
) -> None:
    match = start(cast, now)
    page = incidents.find_address(match.request)
    assert "Erin said yes, and calls you" in carols.get(page).content.decode()
    actor = match.volunteer.user if side == "volunteer" else cast.carol

    report_problem(actor=actor, match=match, kind="other", at=now)  # type: ignore[arg-type]

    shown = carols.get(page).content.decode()
    assert "A reviewer calls you" in shown
    assert "and calls you</" not in shown
    assert "contact is paused" in shown
    letter = read_notice(MatchingNotice.REPORT, cast.rita, now)
    assert letter is not None
    assert letter.subject == "Urgent: a problem in an emergency"
    assert "call the campaign" in letter.text
