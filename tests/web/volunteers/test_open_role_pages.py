"""A place on the board is asked for by its page, by a visitor too, and taken back."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from campaigns.models import Request, Role
from core.models import FormKey
from core.privacy.erasure import erase_own_account
from matching.lifecycle.actions.interests import end_settled_interests, withdraw_interest
from matching.models import Interest
from matching.open_roles.actions.interests import express_interest
from matching.open_roles.queries.interests import END_SHOWN_FOR
from matching.rules.interest_ends import InterestEnd
from tests.cast import Cast, sign_in_browser
from tests.web.volunteers.board_states import (
    ask,
    fill_board,
    find_open_role,
    find_role_address,
    show_role,
    show_role_after_all_asked,
    show_take_back,
)
from tests.web.volunteers.reading import list_buttons, read_heading, read_main, read_text
from tests.web.volunteers.start_steps import YOU, draft_of, say_address, say_skills, say_week, type_code
from volunteers.models import Volunteer

NOTED = "Noted. It’s no application. You hear by Monday, 9 March, whether it’s yours."


def test_a_volunteer_asks_by_one_press_and_stays_where_they_looked(cast: Cast, alices: Client, now: datetime) -> None:
    address = show_role(cast, now) + "?hours=4&page=1"

    answer = alices.post(address, {"form_key": "k"}, follow=True)

    assert answer.redirect_chain == [("/open-roles/?hours=4&page=1", 302)]
    assert NOTED in read_main(answer)
    assert "You asked on 2 March. You hear by Monday, 9 March." in read_main(answer)
    interest = Interest.objects.get()
    assert (interest.volunteer, interest.role) == (cast.alice.volunteer, find_open_role(cast))
    again = alices.post(address, {"form_key": "k"})
    assert again["Location"] == "/open-roles/?hours=4&page=1"
    assert Interest.objects.count() == 1


def test_three_are_the_most_and_the_error_says_what_can_be_taken_back(
    cast: Cast, alices: Client, now: datetime
) -> None:
    address = show_role_after_all_asked(cast, now)

    page = alices.post(address, {})

    assert page.status_code == 400
    assert "You have asked for 3 roles already. Wait for an answer, or take one of them back." in read_main(page)
    for interest in Interest.objects.all():
        assert f'href="/me/asked/{interest.public_id}/back/"' in page.content.decode()
    assert Interest.objects.count() == 3


def test_a_place_that_does_not_fit_is_refused_in_words(cast: Cast, now: datetime) -> None:
    bobs = Client()
    sign_in_browser(bobs, cast.bob)
    page = bobs.post(show_role(cast, now), {})

    assert page.status_code == 400
    assert "This role does not fit what you say of yourself." in read_main(page)


def test_all_places_that_are_not_on_the_board_look_alike(cast: Cast, alices: Client, now: datetime) -> None:
    role = find_open_role(cast)
    Request.objects.update(is_on_board=False)
    addresses = [find_role_address(role), f"/open-roles/{role.public_id}/", f"/open-roles/{uuid4()}/"]
    for client in (Client(), alices):
        answers = [client.get(address) for address in addresses] + [client.post(address, {}) for address in addresses]
        assert {answer.status_code for answer in answers} == {404}
        assert len({read_text(answer) for answer in answers}) == 1
        assert read_heading(answers[0]) == "This place is not open now"
    assert not FormKey.objects.exists()


def test_a_volunteer_who_was_signed_out_asks_for_nothing_and_finds_the_sign_in(cast: Cast, now: datetime) -> None:
    address, client = show_role(cast, now), Client()

    page = client.post(address, {}, follow=True)

    assert page.redirect_chain == [(address, 302)]
    assert f'href="/accounts/login/?next={address.replace("/", "%2F")}"' in page.content.decode()
    assert not Interest.objects.exists()


def test_a_visitor_says_what_they_can_do_and_comes_back_to_the_place(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    address, client = show_role(cast, now), Client()
    assert list_buttons(client.get(address)) == ["See what fits me", "Sign in"]

    begun = client.post(address, {"begin": "1"})
    draft = draft_of(begun["Location"])
    assert begun["Location"] == f"/start/skills/?draft={draft}"
    assert str(find_open_role(cast).board_id) not in begun["Location"]
    say_skills(client, "front-end", draft=draft)
    say_week(client, draft=draft)
    say_address(client, draft=draft)
    type_code(client, mailoutbox[-1], draft=draft)
    end = client.post(f"/start/you/?draft={draft}", YOU, follow=True)

    assert end.redirect_chain[-1][0] == address
    assert "Thank you, Maya. You hear from us by" in read_main(end)
    assert read_heading(end) == "Would you like this place?"
    assert "fits you" in read_main(end)
    client.post(address, {})
    assert Interest.objects.get().volunteer.first_name == "Maya"


def test_a_visit_that_was_begun_goes_on_where_it_was(cast: Cast, now: datetime) -> None:
    client = Client()
    say_skills(client, "front-end")
    address = show_role(cast, now)

    assert client.post(address, {"begin": "1"})["Location"] == "/start/when/?draft=abc"
    say_week(client)
    assert client.post(address, {"begin": "1"})["Location"] == "/start/fits/?draft=abc"


def test_who_raised_a_hand_before_comes_back_too(cast: Cast, alices: Client, now: datetime) -> None:
    """The first visit was begun signed out; then it turns out that they have a profile."""
    address = show_role(cast, now)
    client = Client()
    begun = client.post(address, {"begin": "1"})
    draft = draft_of(begun["Location"])
    say_skills(client, "front-end", draft=draft)
    say_week(client, draft=draft)
    client.force_login(cast.alice)

    page = client.get(f"/start/you/?draft={draft}")
    assert f'href="{address}"' in page.content.decode()
    assert client.post(f"/start/you/?draft={draft}", {})["Location"] == address


def test_an_account_without_a_profile_is_led_to_the_start(cast: Cast, now: datetime) -> None:
    daves = Client()
    sign_in_browser(daves, cast.dave)
    address = show_role(cast, now)
    assert list_buttons(daves.get(address)) == ["See what fits me"]

    assert daves.post(address, {"begin": "1"})["Location"].startswith("/start/skills/?draft=")


def test_it_is_taken_back_on_a_page_of_its_own(cast: Cast, alices: Client, now: datetime) -> None:
    address = show_take_back(cast, now)
    bobs = Client()
    sign_in_browser(bobs, cast.bob)
    assert (bobs.get(address).status_code, bobs.post(address, {}).status_code) == (404, 404)
    assert f'href="{address}"' in alices.get("/me/").content.decode()

    answer = alices.post(address, {}, follow=True)

    assert "Taken back. Everything else goes on as before." in read_main(answer)
    assert "What you asked for" not in read_main(answer)
    assert Interest.objects.get().end_reason == InterestEnd.WITHDRAWN
    assert "You don’t wait for this place any more." in read_main(alices.get(address, follow=True))


def test_how_it_ended_is_said_for_two_weeks(cast: Cast, alices: Client, now: datetime) -> None:
    ask(cast, now)
    due_at = Interest.objects.get().answer_due_at
    end_settled_interests(at=due_at)
    Interest.objects.update(ended_at=now)
    assert "Not this time: by the date that we named" in read_main(alices.get("/me/"))

    Interest.objects.update(since=now - END_SHOWN_FOR - timedelta(days=2), ended_at=now - END_SHOWN_FOR)

    assert "What you asked for" not in read_main(alices.get("/me/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_reads_them_and_their_cards_in_a_few_queries(
    cast: Cast, alices: Client, now: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(cast, now, count)

    with django_assert_num_queries(35):
        assert read_main(alices.get("/me/")).count("Take it back") == count


def test_in_a_pause_nothing_new_is_asked_for_and_what_was_waits(cast: Cast, alices: Client, now: datetime) -> None:
    _first, second = ask(cast, now, 2)
    withdraw_interest(actor=cast.alice, interest=second, at=now)
    assert "Places that you asked for wait with you." in read_main(alices.get("/me/week/pause/"))
    alices.post("/me/week/pause/", {})
    end_settled_interests(at=now + timedelta(days=90))

    page = read_main(alices.get("/me/"))
    assert "You asked on 2 March. It waits with you: when you are back, you get a new date." in page
    assert "You hear by" not in page
    assert "It waits with you" in read_main(alices.get(find_role_address(find_open_role(cast))))
    refused = alices.post(find_role_address(second.role), {})
    assert (refused.status_code, "Come back first." in read_main(refused)) == (400, True)
    alices.post("/me/back/", {})
    assert "You asked on 2 March. You hear by Monday, 9 March." in read_main(alices.get("/me/"))


def test_what_ended_without_a_place_is_asked_for_again_by_one_press(cast: Cast, alices: Client, now: datetime) -> None:
    (interest,) = ask(cast, now)
    Interest.objects.update(ended_at=now, end_reason=InterestEnd.UNAVAILABLE)
    page = alices.get("/me/")
    assert "You asked on 2 March. It ended on 2 March." in read_main(page)
    assert "You heard" not in read_main(page)
    address = find_role_address(find_open_role(cast))
    assert f'action="{address}"' in page.content.decode()

    assert NOTED in read_main(alices.post(address, {"form_key": "again"}, follow=True))
    assert "Ask again" not in read_main(alices.get("/me/"))

    Interest.objects.exclude(pk=interest.pk).delete()
    Interest.objects.update(end_reason=InterestEnd.FILLED)
    assert "Ask again" not in read_main(alices.get("/me/"))
    Interest.objects.update(end_reason=InterestEnd.NOT_THIS_TIME)
    assert "Ask again" in read_main(alices.get("/me/"))
    type(cast.request).objects.update(is_on_board=False)
    assert "Ask again" not in read_main(alices.get("/me/"))


def test_with_the_person_goes_what_they_asked_for(cast: Cast, now: datetime) -> None:
    ask(cast, now)

    erase_own_account(actor=cast.alice, understands_consequences=True, is_confirmed=True, at=now)

    assert not Interest.objects.exists()


def test_what_has_ended_meanwhile_is_not_said_to_be_taken_back(cast: Cast, alices: Client, now: datetime) -> None:
    interest = express_interest(actor=cast.alice, open_role_id=Role.objects.get().board_id, at=now)
    Interest.objects.update(ended_at=now, end_reason=InterestEnd.FILLED)

    page = alices.post(f"/me/asked/{interest.public_id}/back/", follow=True).content.decode()

    assert "You don’t wait for this place any more." in page
    assert "Taken back." not in page
    interest.refresh_from_db()
    assert interest.end_reason == InterestEnd.FILLED


def test_days_off_are_saved_at_once_and_what_follows_is_told(cast: Cast, alices: Client, now: datetime) -> None:
    fill_board(cast, now)
    ask(cast, now)
    request = cast.request
    days = {"starts_on": request.starts_on.isoformat(), "ends_on": request.ends_on.isoformat()}

    page = read_main(alices.post("/me/time-off/", days, follow=True))

    assert "Saved. We offer you no work that needs you on these days." in page
    assert "On these days a place that you asked for needs you, so it does not fit you any more: Front end (" in page
    assert Volunteer.objects.get(user=cast.alice).time_off.exists()
    assert "It does not fit you now, because of your days off." in read_main(alices.get("/me/"))


def test_who_would_have_no_time_for_it_any_more_is_asked_first(cast: Cast, alices: Client, now: datetime) -> None:
    fill_board(cast, now)
    ask(cast, now)
    card = "4 hours a week for 6 weeks · A state office, Washington · no party"
    assert f"{card} You asked on" in read_main(alices.get("/me/"))
    request = cast.request
    week = {"max_hours_per_week": "1", "windows": ["0-evening"], "time_zone": "America/New_York"}

    address = "/me/week/"
    before = Volunteer.objects.get(user=cast.alice)
    asked = alices.post(address, week | {"form_key": "first"})

    page = read_main(asked)
    assert (
        f"Not saved yet. With this, a place that you asked for does not fit you any more: Front end ({card})." in page
    )
    assert "Saved" not in page
    assert Volunteer.objects.get(user=cast.alice).version == before.version
    assert "does not fit you now" not in read_main(alices.get("/me/"))
    (sure,) = re.findall(r'name="sure" value="(\w+)"', asked.content.decode())

    page = read_main(alices.post(address, week | {"form_key": "second", "sure": sure}, follow=True))
    assert "Saved" in page
    assert "Not saved yet" not in page
    assert "It does not fit you now: skills, times, or whom you help." in read_main(alices.get("/me/"))
    later = {"starts_on": (request.ends_on + timedelta(days=60)).isoformat()}
    again = read_main(alices.post("/me/time-off/", later, follow=True))
    assert "We offer you no work that needs you on these days." in again
    assert "does not fit you any more" not in again
