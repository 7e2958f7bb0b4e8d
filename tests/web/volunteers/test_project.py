"""A project: who sees what by stage, the lists, the way out, a report, and the looks that are recorded."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from campaigns.models import Role
from core.models import ContactAccess, User
from core.notifications.moments import describe_weekday
from matching.lifecycle.actions.checklists import tick_checklist_item
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import Match, ProblemReport
from matching.rules.states import MatchState
from tests.cast import Cast, sign_in_browser
from tests.match_factory import make_accepted_match, make_active_match, make_closing_match
from tests.web.volunteers.reading import read_heading, read_main, read_text
from volunteers.models import Volunteer


@pytest.fixture
def match(cast: Cast, now: datetime) -> Match:
    return make_active_match(cast, now)


def find_project(match: Match) -> str:
    return f"/me/projects/{match.public_id}/"


def test_a_contact_is_recorded_when_it_is_looked_at_and_only_then(cast: Cast, alices: Client, match: Match) -> None:
    alices.head(find_project(match))
    ahead = alices.get(find_project(match), headers={"Sec-Purpose": "prefetch"})
    assert ahead.status_code == 503
    assert not ContactAccess.objects.exists()

    User.objects.filter(pk=cast.carol.pk).update(first_name="Teresa")
    assert "Teresa carol@example.org" in read_text(alices.get(find_project(match)))
    [look] = ContactAccess.objects.all()
    assert (look.viewer_id, look.subject_id, look.viewer_kind) == (cast.alice.pk, cast.carol.pk, "volunteer")


def test_before_both_said_yes_nobody_is_shown_and_nothing_recorded(cast: Cast, alices: Client, now: datetime) -> None:
    User.objects.filter(pk=cast.carol.pk).update(first_name="Teresa")
    page = alices.get(find_project(make_accepted_match(cast, now)))

    assert "Teresa" not in page.content.decode()
    assert "carol@example.org" not in page.content.decode()
    assert "swordfish" not in page.content.decode()
    assert not ContactAccess.objects.exists()


def test_the_desk_says_who_answers_until_both_have_said_yes(cast: Cast, alices: Client, now: datetime) -> None:
    make_accepted_match(cast, now)
    page = read_text(alices.get("/me/"))
    assert "You said yes to a place. It is yours as soon as the campaign says yes, too." in page
    assert "You have a project" not in page

    Match.objects.update(state=MatchState.ACTIVE)

    assert "You have a project." in read_text(alices.get("/me/"))


def test_the_kick_off_card_says_what_she_does(alices: Client, match: Match) -> None:
    Role.objects.update(tasks="Build the pages.")

    assert "What you do Build the pages." in read_text(alices.get(f"/me/projects/{match.public_id}/"))


def test_a_line_is_ticked_and_taken_back(cast: Cast, alices: Client, match: Match, now: datetime) -> None:
    line = {"stage": "kickoff", "item_code": "employer"}
    assert alices.post(f"{find_project(match)}list/", line | {"is_done": "on"})["Location"].endswith("#list")
    assert "The employer's rules have been looked at done" in read_main(alices.get(find_project(match)))
    alices.post(f"{find_project(match)}list/", line)
    assert not match.checks.exists()

    tick_checklist_item(actor=cast.carol, match=match, stage="kickoff", item_code="owner", at=now)
    assert "they have done it" in read_main(alices.get(find_project(match)))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"stage": "kickoff", "item_code": "owner"}, "This line is for the other side to tick."),
        ({"stage": "closing", "item_code": "deliverables"}, "This list is closed now."),
        ({"stage": "kickoff", "item_code": "nonsense"}, "This line is not in the list."),
    ],
)
def test_a_line_that_is_not_hers_stays_as_it_is(alices: Client, match: Match, line: dict[str, str], words: str) -> None:
    page = alices.post(f"{find_project(match)}list/", line | {"is_done": "on"}, follow=True)

    assert words in read_text(page)
    assert not match.checks.exists()


def test_out_is_two_taps(alices: Client, match: Match) -> None:
    assert f'href="{find_project(match)}out/"' in alices.get(find_project(match)).content.decode()

    page = alices.post(f"{find_project(match)}out/", {"reason": "", "note": ""}, follow=True)

    match.refresh_from_db()
    assert match.state == MatchState.WITHDRAWN
    assert "You are out." in read_text(page)
    assert read_heading(alices.get(find_project(match))) == "You stepped out"


def test_before_they_leave_they_read_what_the_campaign_learns_and_may_write_to_it(
    alices: Client, match: Match, cast: Cast, now: datetime
) -> None:
    address = f"{find_project(match)}out/"
    page = alices.get(address)
    assert "They see neither the reason that you tick nor your line: only we do." in read_text(page)
    assert "From then on neither of you sees how to reach the other." in read_text(page)
    assert f'href="{find_project(match)}messages/"' in page.content.decode()

    report_problem(actor=cast.alice, match=match, kind="other", at=now)

    assert "Write to them first" not in read_text(alices.get(address))


def test_who_has_no_time_any_more_is_offered_a_pause_and_thanked_for_what_they_did(
    alices: Client, match: Match
) -> None:
    page = alices.post(f"{find_project(match)}out/", {"reason": "time"}, follow=True)

    assert "You are out. Thank you for what you did. It does not set you back. Pause for a while" in read_text(page)
    assert 'href="/me/week/pause/"' in page.content.decode().split("</main>")[0].split("<h1>")[0]


def test_who_leaves_before_the_work_began_is_not_thanked_for_it(alices: Client, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    before = read_text(alices.get(f"{find_project(match)}out/"))
    assert "The campaign has not said yes yet. It hears today that you can’t" in before
    assert "It has never seen how to reach you, and that stays so." in before
    assert "neither of you sees" not in before
    page = read_text(alices.post(f"{find_project(match)}out/", {"reason": "fit"}, follow=True))

    assert "You are out. It does not set you back." in page
    assert "Thank you for what you did" not in page
    assert "Pause for a while" not in page


def test_after_work_that_was_left_the_desk_does_not_say_not_yet(alices: Client, match: Match) -> None:
    Volunteer.objects.filter(pk=match.volunteer_id).update(answer_due_at=None)
    page = read_text(alices.post(f"{find_project(match)}out/", {"reason": ""}, follow=True))
    match.refresh_from_db()
    day = describe_weekday(match.state_changed_at + timedelta(days=14), match.volunteer.time_zone)

    assert f"We look for something else every day. You hear again by {day} : a place, or “not yet” and why." in page
    assert "That is our answer for now" not in page


def test_leaving_twice_says_where_it_stands(alices: Client, match: Match) -> None:
    alices.post(f"{find_project(match)}out/", {"reason": "time"})

    assert alices.post(f"{find_project(match)}out/", {"reason": "time"}).status_code == 400
    assert alices.get(f"{find_project(match)}out/", follow=True).redirect_chain[-1][0] == find_project(match)


def test_a_report_pauses_contact_and_promises_an_answer(alices: Client, match: Match) -> None:
    report = f"{find_project(match)}report/"
    page = alices.post(report, {"kind": "conduct", "text": "He shouts."}, follow=True)

    assert ProblemReport.objects.get().text == "He shouts."
    assert "Contact is paused, and we look at it by Tuesday, 3 March, 9 am, Eastern time (New York)." in read_text(page)
    assert "carol@example.org" not in page.content.decode()
    assert alices.get(report)["Location"] == find_project(match)


def test_the_date_of_a_report_stands_where_its_project_does(alices: Client, match: Match) -> None:
    alices.post(f"{find_project(match)}report/", {"kind": "conduct", "text": "They shout."}, follow=True)
    alices.get("/me/")

    project, desk = read_text(alices.get(find_project(match))), read_text(alices.get("/me/"))
    assert "You reported a problem. We look at it by " in project
    assert "Write a message" not in project
    assert "You reported a problem. We look at it by " in desk
    alices.post(f"{find_project(match)}out/", {"reason": ""}, follow=True)
    assert "You reported a problem. We look at it by " in read_text(alices.get(find_project(match)))


def test_a_report_without_a_kind_says_what_is_missing(alices: Client, match: Match) -> None:
    page = alices.post(f"{find_project(match)}report/", {"kind": "", "text": "Long text"})

    assert page.status_code == 400
    assert "Long text" in page.content.decode()
    assert 'href="#id_kind_0"' in page.content.decode()


def test_something_wrong_with_an_offer_is_reported_before_any_yes(cast: Cast, alices: Client, match: Match) -> None:
    Match.objects.filter(pk=match.pk).update(state=MatchState.OFFERED)

    page = alices.post(f"{find_project(match)}report/", {"kind": "promise"}, follow=True)

    assert page.redirect_chain[-1][0] == f"/me/offers/{match.public_id}/"
    assert "You reported a problem." in read_text(page)


def test_handing_over_names_what_is_open_and_ends_it(cast: Cast, alices: Client, now: datetime) -> None:
    match = make_closing_match(cast, now)
    tick_checklist_item(actor=cast.alice, match=match, stage="closing", item_code="deliverables", at=now)

    page = alices.get(f"{find_project(match)}handed-over/")
    assert "Not ticked yet: Accounts and files are handed back" in read_text(page)
    alices.post(f"{find_project(match)}handed-over/")

    match.refresh_from_db()
    assert match.state == MatchState.COMPLETED
    alices.post("/me/rest/")
    assert Volunteer.objects.get(user=cast.alice).rest_until is None


def test_who_needs_a_second_factor_shows_it_before_a_team_is_seen(cast: Cast, now: datetime) -> None:
    """Alice acts for a campaign, too, so other people are shown to her only after it; her own page is open."""
    match = make_active_match(cast, now)
    cast.campaign.members.create(user=cast.alice, position="staff", since=now)
    client = Client()
    client.force_login(cast.alice)

    assert client.get("/me/").status_code == 200
    assert client.get(find_project(match))["Location"].startswith("/accounts/2fa/")
    sign_in_browser(client, cast.alice)
    assert client.get(find_project(match)).status_code == 200


def test_a_clock_change_in_mid_project_is_said(cast: Cast, alices: Client, match: Match) -> None:
    """New York changes its clocks on 8 March, before the project; Berlin on 29 March, in the middle of it."""
    Volunteer.objects.filter(user=cast.alice).update(time_zone="Europe/Berlin")

    page = read_main(alices.get(find_project(match)))

    assert "For you that is the next day: it is Wednesday where you live, and Tuesday there." in page
    assert "Every Wednesday, midnight to 1 am, Berlin time." in page
    assert "From 1 April on, as clocks change: Wednesday, 1 am to 2 am, Berlin time." in page


def test_who_works_alone_is_told_so(alices: Client, match: Match) -> None:
    page = read_main(alices.get(find_project(match)))

    assert "You are the only one on it so far." in page


@pytest.mark.parametrize("paused", [False, True])
def test_the_reader_is_none_of_their_own_team(cast: Cast, alices: Client, match: Match, paused: bool) -> None:
    if paused:
        alices.post(f"{find_project(match)}report/", {"kind": "other", "text": "x"})

    assert "You are the only one on it so far." in read_main(alices.get(find_project(match)))


def test_where_a_volunteer_stands_while_the_hand_over_is_open(cast: Cast, alices: Client, now: datetime) -> None:
    closing = make_closing_match(cast, now)
    Volunteer.objects.filter(pk=closing.volunteer_id).update(rest_until=now.date().replace(year=now.year + 1))

    desk = read_main(alices.get("/me/"))

    assert "Your work is done, and is yet to hand over." in desk
    assert "You rest until" not in desk


def test_who_leaves_gives_reasons_in_their_own_words(alices: Client, match: Match) -> None:
    page = read_main(alices.get(f"{find_project(match)}out/"))

    assert "How people were treated" in page
    assert "No longer needed" not in page
