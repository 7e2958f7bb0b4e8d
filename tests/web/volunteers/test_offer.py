"""The answer to an offer: yes and no, late, twice, from an old page, and after the session has ended."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions.amendments import amend_request
from campaigns.actions.roles_and_seats import add_role
from campaigns.change_rules import RequestChange
from campaigns.draft_rules import RoleDraft
from campaigns.models import Contest, Request, Role, Seat
from core.clock_rules import compute_deadline
from core.enums import VettingArea
from core.models import User
from core.notifications.moments import describe_moment
from matching.lifecycle.actions.review import cancel_offer
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match, Veto
from matching.rules.states import MatchState
from tests.cast import Cast, publish_new_request, sign_in_browser
from tests.match_factory import create_match, make_active_match, make_offered_match
from tests.web.volunteers.offer_states import make_emergency_offer, make_lost_offer
from tests.web.volunteers.reading import count_primary_buttons, read_heading, read_main, read_text
from volunteers.models import LevelQuestion, Volunteer

KEY = re.compile(r'name="form_key" value="([^"]+)"')


@pytest.fixture
def match(cast: Cast, now: datetime) -> Match:
    return make_offered_match(cast, now)


def find_offer(match: Match) -> str:
    return f"/me/offers/{match.public_id}/"


def say_yes(client: Client, match: Match, **typed: Any) -> Any:
    return client.post(find_offer(match), {"version": match.version, **typed})


def test_a_line_to_the_campaign_becomes_its_first_message(alices: Client, match: Match) -> None:
    say_yes(alices, match, note="I have done two of these.")

    match.refresh_from_db()
    assert match.state == MatchState.ACCEPTED
    assert [message.text for message in match.messages.all()] == ["I have done two of these."]


def test_the_code_of_conduct_is_asked_for_once_and_a_yes_without_it_keeps_the_line(
    cast: Cast, alices: Client, match: Match
) -> None:
    User.objects.filter(pk=cast.alice.pk).update(conduct_accepted_at=None)

    page = say_yes(alices, match, note="A long line.")
    assert page.status_code == 400
    assert "Please read the code of conduct" in read_text(page)
    assert "Read the code of conduct We treat each other with respect" in read_text(page)
    assert 'action="#errors"' in page.content.decode()
    assert "A long line." in page.content.decode()

    assert say_yes(alices, match, note="A long line.", accepts_code_of_conduct="on").status_code == 302
    assert User.objects.get(pk=cast.alice.pk).conduct_accepted_at


def test_the_offer_says_what_its_numbers_and_times_are(cast: Cast, alices: Client, match: Match, now: datetime) -> None:
    assert "written on their clock" not in read_text(alices.get(find_offer(match)))
    designer = RoleDraft(name="Designer", skill="ui-design", hours_per_week=2, seat_count=2)
    add_role(actor=cast.carol, request=cast.request, draft=designer, at=now)
    Volunteer.objects.filter(pk=match.volunteer_id).update(time_zone="America/Chicago")
    Match.objects.filter(pk=match.pk).update(score_parts={"spare": 3})

    page = read_text(alices.get(find_offer(match)))

    assert "The rest of the team Designer: 2 places" in page
    assert "“Free” is your own week, written on their clock." in page
    assert "You are free at more times than the work takes, so there is room to choose." in page


def test_the_offer_says_what_she_does_before_what_the_project_leaves(
    cast: Cast, alices: Client, match: Match, now: datetime
) -> None:
    Role.objects.update(tasks="Build the pages that the designer has drawn.")

    page = read_main(alices.get(find_offer(match)))
    assert "Your part Front end What you do Build the pages that the designer has drawn. The project" in page

    Role.objects.update(tasks="")
    assert "What you do" not in read_main(alices.get(find_offer(match)))


@pytest.mark.parametrize(("days_to_election", "hours"), [(90, 48), (30, 24), (10, 12)])
def test_the_time_of_the_campaign_is_counted_from_the_yes(
    alices: Client, match: Match, now: datetime, days_to_election: int, hours: int
) -> None:
    Contest.objects.update(election_on=now.date() + timedelta(days=days_to_election), primary_on=None)
    ends_at = compute_deadline(now, hours, match.request.time_zone)

    page = read_main(alices.get(find_offer(match)))

    moment = describe_moment(ends_at, match.volunteer.time_zone)
    assert f"After a yes now the campaign answers by {moment}. You can step out at any time." in page
    assert "the campaign has until" not in page


def test_a_no_is_one_tap_and_one_page_and_needs_no_reason(alices: Client, match: Match) -> None:
    page = alices.get(f"{find_offer(match)}no/")
    assert 'value="" id="id_reason_0"' in page.content.decode()
    assert re.search(r'<input[^>]*name="reason"[^>]*value=""[^>]*checked', page.content.decode())

    page = alices.post(f"{find_offer(match)}no/", {"reason": ""}, follow=True)

    match.refresh_from_db()
    assert (match.state, match.reason) == (MatchState.DECLINED, "")
    assert "That’s fine. It does not set you back, and we go on looking." in read_text(page)


def test_a_reason_takes_effect_there(cast: Cast, alices: Client, match: Match) -> None:
    alices.post(f"{find_offer(match)}no/", {"reason": "time", "max_hours_per_week": "2"})

    match.refresh_from_db()
    assert (match.reason, match.volunteer.max_hours_per_week) == ("time", 2)


def test_never_rules_the_campaign_out_and_level_asks_which_one_is_right(
    cast: Cast, alices: Client, match: Match
) -> None:
    alices.post(f"{find_offer(match)}no/", {"reason": "never"})

    assert Veto.objects.filter(volunteer=match.volunteer, campaign=cast.campaign).exists()
    assert not LevelQuestion.objects.exists()


def test_hours_without_a_reason_count_as_no_time(alices: Client, match: Match) -> None:
    page = alices.post(f"{find_offer(match)}no/", {"reason": "", "max_hours_per_week": "2"}, follow=True)

    match.refresh_from_db()
    assert (match.reason, match.volunteer.max_hours_per_week) == ("time", 2)
    assert "Saved: 2 hours a week." in read_text(page)


def test_hours_with_another_reason_are_told_once_at_their_field(alices: Client, match: Match) -> None:
    page = alices.post(f"{find_offer(match)}no/", {"reason": "task", "max_hours_per_week": "2"})

    assert page.status_code == 400
    assert page.content.decode().count('href="#id_max_hours_per_week"') == 1
    match.refresh_from_db()
    assert match.state == MatchState.OFFERED


def test_nobody_rules_out_a_campaign_that_an_emergency_hides(cast: Cast, now: datetime) -> None:
    address = make_emergency_offer(cast, now)
    client = Client()
    sign_in_browser(client, User.objects.get(email="erin@example.org"))

    assert "Never this campaign" not in read_text(client.get(f"{address}no/"))
    assert client.post(f"{address}no/", {"reason": "never"}).status_code == 400


def test_a_double_click_and_a_yes_on_another_device_are_one_yes(alices: Client, match: Match) -> None:
    key = KEY.search(alices.get(find_offer(match)).content.decode())
    assert key
    first = say_yes(alices, match, form_key=key[1], note="Hello")
    second = say_yes(alices, match, form_key=key[1], note="Hello")

    assert first["Location"] == second["Location"] == reverse("volunteer-project", args=[match.public_id])
    assert match.messages.count() == 1

    other_device = Client()
    other_device.force_login(User.objects.get(email="alice@example.org"))
    page = other_device.get(find_offer(match), follow=True)
    assert read_heading(page) == "Thank you, Alice. Now it is their turn."


def test_a_yes_that_comes_too_late_finds_what_happened(alices: Client, cast: Cast, match: Match, now: datetime) -> None:
    """The page was opened in time; the clock ran out before the button was pressed."""
    Match.objects.filter(pk=match.pk).update(due_at=now - timedelta(minutes=1))
    page = say_yes(alices, match, note="Yes!")
    assert page.status_code == 400
    assert "the time to answer was over" in read_text(page)

    Match.objects.filter(pk=match.pk).update(state=MatchState.EXPIRED, state_changed_at=now, due_at=None)
    page = say_yes(alices, match)
    assert page.status_code == 409
    assert read_heading(page) == "No answer in time"


def test_an_offer_that_was_taken_back_between_reading_and_answering_says_so(
    alices: Client, cast: Cast, match: Match, now: datetime
) -> None:
    alices.get(find_offer(match))
    cancel_offer(actor=cast.rita, match=match, at=now)

    for answer in (say_yes(alices, match), alices.post(f"{find_offer(match)}no/", {"reason": ""})):
        assert answer.status_code == 409
        assert read_heading(answer) == "Plans changed"
        assert count_primary_buttons(answer) == 0


def test_who_loses_a_race_loses_no_turn(cast: Cast, now: datetime) -> None:
    address = make_lost_offer(cast, now)
    client = Client()
    sign_in_browser(client, User.objects.get(email="erin@example.org"))

    page = client.post(address, {"version": 1})

    assert page.status_code == 409
    assert "another one said yes first. It does not set you back." in read_text(page)


def test_terms_that_change_while_one_reads_are_shown_before_the_yes_counts(
    cast: Cast, alices: Client, match: Match, now: datetime
) -> None:
    alices.get(find_offer(match))
    change = RequestChange(ends_on=cast.request.ends_on + timedelta(days=7))
    later = now + timedelta(hours=1)
    amend_request(actor=cast.carol, request=Request.objects.get(pk=cast.request.pk), change=change, at=later)

    page = say_yes(alices, match, note="My line.")

    assert page.status_code == 409
    assert "This has changed since you opened it. Look at it again, then answer." in read_text(page)
    assert "before: 19 April 2026; now: 26 April 2026" in read_text(page)
    assert "My line." in page.content.decode()
    version = re.search(r'name="version" value="(\d+)"', page.content.decode())
    assert version
    assert alices.post(find_offer(match), {"version": version[1], "note": "My line."}).status_code == 302


def test_what_was_typed_survives_the_end_of_the_session(cast: Cast, match: Match) -> None:
    client = Client()
    client.force_login(cast.alice)
    [owner] = re.findall(r'name="form_owner" value="(\w+)"', client.get(find_offer(match)).content.decode())[:1]
    del client.cookies["sessionid"]
    typed = {"version": match.version, "note": "Typed for ten minutes.", "form_owner": owner}
    page = client.post(find_offer(match), typed)
    assert page["Location"].startswith("/accounts/login/?next=")

    client.force_login(cast.alice)
    kept = client.get(
        re.sub(r".*next=", "", page["Location"]).replace("%2F", "/").replace("%3F", "?").replace("%3D", "=")
    )
    assert "Typed for ten minutes." in kept.content.decode()
    match.refresh_from_db()
    assert match.state == MatchState.OFFERED


def test_the_offer_of_another_person_is_not_there(cast: Cast, match: Match) -> None:
    for user in (cast.bob, cast.dave, cast.carol):
        client = Client()
        sign_in_browser(client, user)
        pages = ("offers/{}/", "offers/{}/no/", "projects/{}/", "projects/{}/messages/", "projects/{}/out/")
        for page in (*pages, "projects/{}/report/", "projects/{}/handed-over/", "projects/{}/list/"):
            address = "/me/" + page.format(match.public_id)
            assert client.get(address).status_code == 404
            assert client.post(address, {"version": 1}).status_code in (404, 405)


def test_an_answered_offer_leads_to_its_project_from_every_page_of_it(
    alices: Client, cast: Cast, now: datetime
) -> None:
    match = make_active_match(cast, now)
    project = reverse("volunteer-project", args=[match.public_id])

    assert alices.get(find_offer(match))["Location"] == project
    assert alices.get(f"{find_offer(match)}no/", follow=True).redirect_chain[-1][0] == project
    assert say_yes(alices, match)["Location"] == project


def test_a_yes_of_the_phone_is_seen_on_the_page(alices: Client, cast: Cast, match: Match, now: datetime) -> None:
    accept_offer(actor=cast.alice, match=match, at=now)

    assert "You said yes" in read_main(alices.get("/me/"))


FACTS = re.compile(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", re.DOTALL)


@pytest.mark.parametrize("vetted_for", ["", VettingArea.VOTER_FILES])
def test_the_offer_shows_the_facts_that_the_campaign_sees_after_the_yes_and_no_others(
    cast: Cast, alices: Client, match: Match, vetted_for: str
) -> None:
    match.seat.role.vetted_for = vetted_for
    match.seat.role.save()
    offer = alices.get(find_offer(match)).content.decode()
    promised = FACTS.findall(offer.partition("What they will see if you say yes")[2].partition("</dl>")[0])
    assert "The others who are at work on it see it, too." in offer
    say_yes(alices, match, note="I have done two of these.")
    carols = Client()
    sign_in_browser(carols, cast.carol)

    page = carols.get(f"/campaigns/{cast.campaign.public_id}/people/{match.public_id}/").content.decode()
    seen = FACTS.findall(page.partition("What Alice brings")[2].partition("</dl>")[0])

    later = ("Only once they say yes, too", "Your email address. The others who are at work on it see it, too.")
    assert [("Name", "Alice"), *seen, ("Your line", "If you write one below."), later] == promised
    assert len(seen) >= (5 if vetted_for else 4)
    assert "What Alice wrote" in page


def test_a_first_day_that_is_past_is_now(alices: Client, match: Match, now: datetime) -> None:
    match.request.starts_on = now.date() - timedelta(days=30)
    match.request.save()

    assert "from now until" in read_main(alices.get(find_offer(match)))
    assert "from now until" in read_main(alices.get("/me/"))
    say_yes(alices, match)
    assert "from now until" in read_main(alices.get(f"/me/projects/{match.public_id}/"))
    assert "from now until" in read_main(alices.get("/me/"))


def test_the_words_of_the_campaign_are_named_as_its_own_to_who_reads_another_language(
    cast: Cast, alices: Client, match: Match
) -> None:
    Role.objects.update(tasks="Build what we draw.", languages=["es", "en"])

    english = read_main(alices.get(find_offer(match)))
    User.objects.filter(pk=cast.alice.pk).update(language="es")
    spanish = read_main(alices.get(find_offer(match)))

    assert "What you do Build what we draw. The project A small site." in english
    assert "Language Spanish or English" in english
    assert "Build what we draw. (tal como lo escribió la campaña)" in spanish
    assert "A small site. (tal como lo escribió la campaña)" in spanish
    assert "español o inglés" in spanish


def test_the_campaign_sees_the_hours_that_other_work_leaves(cast: Cast, alices: Client, now: datetime) -> None:
    Volunteer.objects.filter(user=cast.alice).update(max_hours_per_week=10, max_projects=2)
    make_active_match(cast, now)
    more = RoleDraft(name="More", skill="front-end", hours_per_week=3)
    seat = Seat.objects.get(
        role__request=publish_new_request(cast.carol, cast.campaign, now, roles=[more], meetings=[])
    )
    volunteer = Volunteer.objects.get(user=cast.alice)
    offer = create_match(MatchState.OFFERED, volunteer=volunteer, seat=seat, at=now)

    page = read_main(alices.get(find_offer(offer)))

    assert "Together that is 7 of your 10 hours a week." in page
    assert "Has 6 hours a week for it; the place asks for 3" in page
