"""An emergency names its campaign to a volunteer only when both have said yes.

The tests drive every part of the export, every notice type and every address of the API with an emergency. A part, a
type or an address that is added later is driven too.
"""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.test import APIClient

from campaigns.actions.amendments import amend_request
from campaigns.actions.registration import register_campaign
from campaigns.actions.role_amendments import amend_role
from campaigns.change_rules import RequestChange, RoleChange
from campaigns.models import Contest, Request, Seat
from core.errors import Full, WrongState
from core.models import IdempotencyKey, Party, User
from core.notifications.notice_types import RenderedNotice, render_notices
from core.privacy.export_sections import list_export_sections
from ledger.models import Expense, TimeEntry
from matching.lifecycle.actions.calendar_feed import open_calendar_feed
from matching.lifecycle.actions.checklists import tick_checklist_item
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import handle_report, report_problem
from matching.lifecycle.actions.vetoes import veto_campaign
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match, Veto
from matching.rules.states import STATES_BOTH_SAID_YES, MatchState
from tests.access.api_crawler import list_questions
from tests.access.emergencies import NAMES, enqueue_every_notice, find_names, put_in_state, read_mail
from tests.cast import Cast, build_candidacy, sign_in_browser
from tests.match_factory import create_match
from tests.matching.lifecycle.actions.test_offers import responder
from volunteers.actions.level_questions import ask_skill_level
from volunteers.models import SkillClaim, Volunteer

Api = Callable[[User | None], APIClient]

HIDDEN = [state for state in MatchState if state not in STATES_BOTH_SAID_YES]
API_STATES = (MatchState.PROPOSED, MatchState.OFFERED, MatchState.ACCEPTED, MatchState.DECLINED)

PARTS_OF_OTHERS = {
    *("memberships", "history_of_memberships", "invitations_to_campaigns", "invitations_sent", "candidate_links"),
    *("candidate_addresses", "candidate_stops", "candidate_stops_closed"),
    *("who_looked_at_invitations", "candidate_links_sent", "requests_answered", "campaigns_verified", "safe_phones"),
    *("who_looked", "looked_at_others", "who_looked_at_profile", "addresses", "removed_addresses"),
    *("second_factors", "tokens", "mutes"),
    *("reference_data_changed", "vetting_marks_given", "volunteers_invited", "invitations_to_volunteer"),
    *("reports_handled", "vetoes_made_for_others", "pins_made", "runs_asked_for", "duty_shifts"),
    *("incidents_taken", "incident_calls"),
    *("parties", "jurisdictions", "time_off", "said_at_the_end", "claim_codes_asked_for", "bounced_addresses"),
    *("kept_plans", "emergencies_reported"),
    *("second_factor_recoveries", "second_factor_recoveries_handled"),
    "interests",  # are said of roles on the board, which shows no emergency
}
"""Parts of the export in which a volunteer in an emergency has nothing: members, reviewers and accounts fill them."""


@pytest.fixture
def erin(cast: Cast, now: datetime) -> User:
    """Erin is on call, and has never heard of the campaign that was hacked; its names are words of their own."""
    cache.clear()
    erin = responder("erin", now)
    candidate = cast.campaign.candidate
    candidate.name = "Zebulon Aardvark"
    candidate.party = Party.objects.create(code="XQ", name="Quokka Party")
    candidate.save()
    Contest.objects.filter(pk=candidate.contest_id).update(office="Ombudsman", district="Riding 77")
    cast.campaign.name = "Aardvark Onwards"
    cast.campaign.save()
    User.objects.filter(pk=cast.carol.pk).update(first_name="Wilhelmina")
    incident = IncidentDetails(description="Aardvark mail is odd", since="Monday", contact="+1 555 0100")
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=incident, time_zone="Pacific/Honolulu", at=now)
    broadcast_emergencies(at=now)
    return erin


@pytest.fixture
def match(cast: Cast, erin: User, now: datetime) -> Match:
    """Erin's offer, with everything that they can write about it or that can be kept about it."""
    match = Match.objects.select_related("seat__role__skill", "volunteer", "request__campaign").get(
        volunteer__user=erin
    )
    match.score_parts = {"place": 40, "election": 30}
    open_calendar_feed(actor=erin, secret="calendar-secret", authenticated_at=now, at=now)
    ask_skill_level(volunteer=match.volunteer, skill=match.seat.role.skill, at=now)
    match.state = MatchState.ACTIVE
    match.save()
    write_message(actor=erin, match=match, text="Hello", at=now)
    write_message(actor=cast.carol, match=match, text="Hello from Aardvark Onwards", at=now)
    report = report_problem(actor=erin, match=match, kind="other", text="It is late", at=now)
    handle_report(actor=cast.rita, report=report, outcome="Spoken with both.", at=now)
    tick_checklist_item(actor=erin, match=match, stage="kickoff", item_code="employer", at=now)
    written = {"match": match, "day": now.date(), "entered_by": erin, "entered_at": now}
    TimeEntry.objects.create(minutes=90, note="Mine", **written)
    Expense.objects.create(cents=900, what="Toner", **written)
    Veto.objects.create(
        volunteer=match.volunteer,
        campaign=cast.campaign,
        side="volunteer",
        created_by=erin,
        created_at=now,
        reason="Mine",
    )
    IdempotencyKey.objects.create(
        user=erin, key="k", request_digest="d", response_status=200, response_body="{}", created_at=now
    )
    return match


@pytest.mark.parametrize("state", HIDDEN)
def test_no_part_of_the_export_names_it(api: Api, match: Match, erin: User, now: datetime, state: MatchState) -> None:
    put_in_state(match, state, now)

    sections = api(erin).get("/api/v1/me/personal-data").json()["sections"]

    assert {name: find_names(str(rows)) for name, rows in sections.items() if find_names(str(rows))} == {}
    assert [(row["score"], row["score_parts"]) for row in sections["matches"]] in ([], [(None, None)])
    assert [row["campaign_name"] for row in sections["vetoes"]] == [None]


def test_every_part_of_the_export_that_a_volunteer_fills_was_driven(match: Match, erin: User, now: datetime) -> None:
    enqueue_every_notice(match, erin, now)
    empty = {name for name, section in list_export_sections().items() if not section.rows(erin).exists()}

    assert empty == PARTS_OF_OTHERS


@pytest.mark.parametrize("state", HIDDEN)
def test_no_notice_names_it(match: Match, erin: User, now: datetime, state: MatchState) -> None:
    put_in_state(match, state, now)

    for notice in enqueue_every_notice(match, erin, now):
        rendered = render_notices([notice], language="en", at=now)[notice.pk]
        assert not isinstance(rendered, Exception), notice.kind
        if rendered is not None:
            assert find_names(read_mail(notice, rendered)) == [], notice.kind


def test_every_notice_about_a_match_was_driven(match: Match, erin: User, now: datetime) -> None:
    kinds: set[str] = set()
    for state in HIDDEN:
        put_in_state(match, state, now)
        notices = enqueue_every_notice(match, erin, now)
        rendered = render_notices(notices, language="en", at=now)
        kinds |= {notice.kind for notice in notices if isinstance(rendered[notice.pk], RenderedNotice)}

    assert kinds >= {
        "offer",
        "offer-reminder",
        "offer-expired",
        "match-ended",
        "acceptance-recorded",
        "message",
        "report-handled",
        "request-text-changed",
    }


@pytest.mark.parametrize("state", API_STATES)
def test_no_answer_of_the_api_names_it(
    api: Api, cast: Cast, match: Match, erin: User, now: datetime, state: MatchState
) -> None:
    put_in_state(match, state, now)
    enqueue_every_notice(match, erin, now)
    named = {
        "/api/v1/me/matches/": str(match.public_id),
        "/api/v1/requests/": str(match.request.public_id),
        "/api/v1/campaigns/": str(cast.campaign.public_id),
        "/api/v1/roles/": str(match.seat.role.public_id),
    }

    for address in list_questions(named, [], thorough=False):
        names, public_names = (
            find_names(api(user).get(address).content.decode()) for user in (erin, cast.dave)
        )  # the list of parties is public
        assert names == public_names, address
    assert find_names(Client().get("/calendar/calendar-secret/").content.decode()) == []


@pytest.mark.parametrize("state", STATES_BOTH_SAID_YES)
def test_it_is_named_once_both_have_said_yes(
    api: Api, match: Match, erin: User, now: datetime, state: MatchState
) -> None:
    """Or the other tests would show nothing."""
    put_in_state(match, state, now)

    names = find_names(api(erin).get("/api/v1/me/matches").content.decode())
    sections = api(erin).get("/api/v1/me/personal-data").json()["sections"]

    # The name of the contact goes with the contact, and the work is over.
    assert names == [name for name in NAMES if state != MatchState.COMPLETED or name != "Wilhelmina"]
    assert [row["campaign_name"] for row in sections["vetoes"]] == ["Aardvark Onwards"]
    assert [row["score_parts"] for row in sections["matches"]] == [{"place": 40, "election": 30}]


@pytest.mark.parametrize("older_state", [None, MatchState.DECLINED, MatchState.ACTIVE])
def test_no_veto_comes_from_an_offer_that_hides_its_campaign(
    api: Api, cast: Cast, match: Match, erin: User, now: datetime, older_state: MatchState | None
) -> None:
    Veto.objects.all().delete()
    put_in_state(match, MatchState.OFFERED, now)
    if older_state is not None:
        create_older_offer(cast, match, now, older_state)

    made = api(erin).post("/api/v1/me/vetoes", {"match": str(match.public_id)})
    declined = api(erin).post(f"/api/v1/me/matches/{match.public_id}/decline", {"reason": "never"})

    assert (made.status_code, [*made.json()["errors"]]) == (400, ["match"])
    assert (declined.status_code, [*declined.json()["errors"]]) == (400, ["reason"])
    assert not Veto.objects.exists()


@pytest.mark.parametrize("is_its_campaign", [True, False])
def test_nobody_says_never_to_a_campaign_while_an_offer_hides_one(
    api: Api, cast: Cast, match: Match, erin: User, now: datetime, is_its_campaign: bool
) -> None:
    """Else a volunteer could say never to one campaign after the other, and see which ends the offer."""
    Veto.objects.all().delete()
    put_in_state(match, MatchState.OFFERED, now)
    named = create_older_offer(cast, match, now, MatchState.OFFERED)
    if not is_its_campaign:
        candidacy = build_candidacy("Pat Roe", now, district="9")
        other = register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", at=now)
        Request.objects.filter(pk=named.request_id).update(campaign=other)

    answers = [
        api(erin).post("/api/v1/me/vetoes", {"match": str(named.public_id)}),
        api(erin).post(f"/api/v1/me/matches/{named.public_id}/decline", {"reason": "never"}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert {answer.json()["detail"] for answer in answers} == {
        "You are asked in an emergency, and do not know yet for whom. Answer that first, then say never."
    }
    assert not Veto.objects.exists()


def test_a_veto_ends_a_proposal_that_nobody_has_seen(cast: Cast, match: Match, erin: User, now: datetime) -> None:
    Veto.objects.all().delete()
    put_in_state(match, MatchState.PROPOSED, now)
    older = create_older_offer(cast, match, now, MatchState.DECLINED)

    veto_campaign(actor=erin, match=Match.objects.get(pk=older.pk), at=now)

    match.refresh_from_db()
    assert match.state == MatchState.SUPERSEDED


def create_older_offer(cast: Cast, match: Match, now: datetime, state: MatchState) -> Match:
    """An offer of ordinary work for the same campaign, which has named it."""
    seat = Seat.objects.filter(role__request=cast.request).earliest("pk")
    older = create_match(MatchState.PROPOSED, volunteer=cast.alice.volunteer, seat=seat, at=now)
    Match.objects.filter(pk=older.pk).update(volunteer=match.volunteer, state=state, offered_at=now)
    return older


@pytest.mark.parametrize(
    "limits", [{"restrict_to_parties": True}, {"restrict_to_jurisdictions": True}, {"restrict_to_levels": True}]
)
def test_changed_wishes_do_not_tell_for_whom_it_is(
    match: Match, erin: User, now: datetime, limits: dict[str, bool]
) -> None:
    """Else a volunteer could try each party, level and place until the yes is taken."""
    Veto.objects.all().delete()
    put_in_state(match, MatchState.OFFERED, now)
    Volunteer.objects.filter(user=erin).update(**limits)

    accept_offer(actor=erin, match=match, at=now)

    match.refresh_from_db()
    assert match.state in (MatchState.ACCEPTED, *STATES_BOTH_SAID_YES)


def test_a_yes_that_no_longer_fits_does_not_say_which_contest_it_is(match: Match, erin: User, now: datetime) -> None:
    Veto.objects.all().delete()
    put_in_state(match, MatchState.OFFERED, now)
    SkillClaim.objects.filter(volunteer__user=erin).delete()

    with pytest.raises(Full, match="no longer fits your profile"):
        accept_offer(actor=erin, match=match, at=now)


def test_a_campaign_cannot_write_its_name_into_the_offer(cast: Cast, match: Match, now: datetime) -> None:
    for change in (RequestChange(title="Aardvark was hacked"), RequestChange(summary="Aardvark was hacked")):
        with pytest.raises(WrongState, match="offer of an emergency"):
            amend_request(actor=cast.carol, request=match.request, change=change, at=now)
    with pytest.raises(WrongState, match="offer of an emergency"):
        amend_role(actor=cast.carol, role=match.seat.role, change=RoleChange(name="Aardvark"), at=now)


def test_the_reason_for_an_offer_says_nothing_of_the_contest(api: Api, match: Match, erin: User, now: datetime) -> None:
    put_in_state(match, MatchState.OFFERED, now)

    hidden = api(erin).get(f"/api/v1/me/matches/{match.public_id}").json()["explanation"]
    put_in_state(match, MatchState.ACTIVE, now)
    named = api(erin).get(f"/api/v1/me/matches/{match.public_id}").json()["explanation"]

    assert ("jurisdiction" in hidden, "jurisdiction" in named) == (False, True)


@pytest.mark.parametrize("state", [MatchState.OFFERED, MatchState.ACCEPTED, MatchState.DECLINED])
def test_times_are_told_in_the_volunteers_own_zone(
    api: Api, match: Match, erin: User, now: datetime, state: MatchState
) -> None:
    """The campaign chose the request's zone, and Pacific/Honolulu names a state."""
    put_in_state(match, state, now)
    browser = Client()
    sign_in_browser(browser, erin)

    page = browser.get(f"/me/offers/{match.public_id}/", follow=True).content.decode()

    assert api(erin).get(f"/api/v1/me/matches/{match.public_id}").json()["request"]["time_zone"] == "America/New_York"
    assert find_names(page) == []
