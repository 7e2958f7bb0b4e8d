"""The pages behind the candidate's link: a yes in one tap, a no in two, and what each state says."""

from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from campaigns.models import Campaign, CandidateLink, CandidateStop, Member, MemberInvitation, Request
from core.models import ContactAccess
from core.notifications.moments import describe_moment
from tests.cast import FRONT_END_ROLE, Cast, publish_new_request
from tests.web.campaigns import candidate_states as states
from tests.web.every_page import PageReader


def read(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status
    return answer.content.decode()


def list_buttons(address: str) -> list[str]:
    return [words for words, _classes in PageReader(read(address)).buttons]


def test_a_yes_is_one_tap(cast: Cast, now: datetime) -> None:
    address = states.make_question(cast, now)
    assert list_buttons(address) == ["Yes, they act for me", "No, stop this"]

    answer = Client().post(address, {}, follow=True)  # the first tap

    assert "You said that this campaign acts for you" in answer.content.decode()
    assert CandidateLink.objects.get().consented_at is not None


def test_a_no_is_two_taps_and_needs_no_word(cast: Cast, now: datetime) -> None:
    address = states.make_question(cast, now)
    no = f"{address}no/"
    assert f'<a class="button stop" href="{no}">No, stop this</a>' in read(address)  # the first tap leads there

    answer = Client().post(no, {"reason": ""}, follow=True)  # the second tap

    assert answer.redirect_chain == [(address, 302)]
    assert "You have stopped this campaign" in answer.content.decode()
    assert CandidateStop.objects.get().reason == ""


def test_looking_changes_nothing(cast: Cast, now: datetime) -> None:
    for make in (states.make_question, states.make_no, states.make_end_of_only_manager):
        read(make(cast, now))
    assert CandidateLink.objects.get().consented_at is None
    assert Member.objects.filter(campaign=cast.campaign).count() == 1
    assert not CandidateStop.objects.exists()


def test_it_says_who_manages_since_when_and_what_was_asked_for_and_never_who_came(cast: Cast, now: datetime) -> None:
    page = read(states.make_question(cast, now))

    assert "says that it acts for Kim Doe" in page
    assert "carol@example.org" in page
    assert "Manages it since 2 March" in page
    assert cast.request.title in page
    assert "1 place planned" in page
    assert "show this page to them alone" in page
    assert "alice" not in page.lower()
    access = ContactAccess.objects.get()
    assert (access.viewer_id, access.viewer_kind, access.access_point) == (None, "candidate", "candidate")


def test_the_call_is_promised_by_the_time_that_is_stored(cast: Cast, now: datetime) -> None:
    page = read(states.make_stopped(cast, now))

    stop = CandidateStop.objects.get()
    until = describe_moment(stop.answer_due_at, cast.request.time_zone)
    assert f"We call the number in your public filing by {until}" in page
    assert "Everything has stopped, and no one new is asked in your name." in page
    assert "Yes, they act for me" not in page
    assert "You wrote: <q>I know none of them.</q>" in page


def test_after_a_no_it_says_what_the_managers_still_see_and_offers_to_end_it(cast: Cast, now: datetime) -> None:
    page = read(states.make_stopped(cast, now))

    assert "They can publish nothing now, but they still see their page." in page
    assert "End this person’s access" in next(words for words, _classes in PageReader(page).buttons)
    assert "They can publish nothing now" not in read(states.make_going_on(cast, now + timedelta(days=1)))


def test_the_candidate_may_call_us_instead(cast: Cast, now: datetime, settings: Any) -> None:
    question = states.make_question(cast, now)
    assert settings.OPERATOR["phone"] in read(question)
    stopped = states.make_stopped(cast, now)
    assert f'Or call us: <a class="nobreak" href="tel:{settings.OPERATOR["phone"].replace(" ", "")}"' in read(stopped)

    settings.OPERATOR = settings.OPERATOR | {"phone": ""}

    assert "Or call us" not in read(stopped)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("unverified", "If you do nothing, no volunteer is asked until we know by another way that they act for you."),
        ("verified", "If you do nothing, the campaign goes on as it does now."),
    ],
)
def test_it_says_what_follows_from_a_yes_and_from_nothing(cast: Cast, now: datetime, state: str, said: str) -> None:
    Campaign.objects.filter(pk=cast.campaign.pk).update(state=state)
    page = read(states.make_question(cast, now))

    assert said in page
    assert "If you say yes, " in page
    assert "If you do nothing" not in read(states.make_agreed(cast, now))


def test_after_a_no_the_second_page_has_nothing_to_do(cast: Cast, now: datetime) -> None:
    address = states.make_stopped(cast, now)
    assert Client().get(f"{address}no/").headers["Location"] == address


def test_a_yes_after_a_no_is_said_on_the_phone(cast: Cast, now: datetime) -> None:
    answer = Client().post(states.make_stopped(cast, now), {})

    assert answer.status_code == 400
    assert "Tell us on the phone, when we call" in answer.content.decode()


def test_a_late_call_is_owned_up_to(cast: Cast, now: datetime) -> None:
    page = read(states.make_late_call(cast, now))
    assert "We meant to call you by Sunday, 1 March" in page
    assert "We are late, and have been reminded." in page


def test_when_it_goes_on_the_question_is_asked_again(cast: Cast, now: datetime) -> None:
    assert list_buttons(states.make_going_on(cast, now)) == ["Yes, they act for me", "No, stop this"]


def test_a_mind_may_change(cast: Cast, now: datetime) -> None:
    address = states.make_agreed(cast, now)
    assert list_buttons(address) == ["No, stop this"]
    assert "You said yes on" in read(address)


def test_without_a_manager_there_is_no_one_to_say_yes_to(cast: Cast, now: datetime) -> None:
    address = states.make_without_manager(cast, now)
    assert list_buttons(address) == ["No, stop this"]
    page = read(address)
    assert "Tell us who is to manage it." in page
    assert page.count(f'href="tel:{settings.OPERATOR["phone"].replace(" ", "")}"') == 1
    assert f'href="{reverse("help")}">How to reach us' in page


def test_an_old_letter_says_when_the_newer_one_came_and_nothing_else(cast: Cast, now: datetime) -> None:
    address = states.make_replaced(cast, now)
    page = read(address, status=410)

    assert "A newer letter was sent on Monday, 2 March." in page
    assert "Doe" not in page
    assert "carol" not in page
    assert Client().post(f"{address}no/", {}).status_code == 410
    assert read(reverse("candidate", args=["wrong"]), status=404)


def test_when_it_is_over_nothing_is_left_to_decide(cast: Cast, now: datetime) -> None:
    address = states.make_over_after_no(cast, now)
    page = read(address)

    assert "This campaign is over here" in page
    assert "You said no on 2 March." in page
    assert PageReader(page).primary == []
    assert "carol" not in page
    assert Client().post(address, {}).status_code == 200
    assert CandidateLink.objects.get().consented_at is None


def test_ending_one_manager_names_a_successor_or_none(cast: Cast, now: datetime) -> None:
    end = states.make_end_of_only_manager(cast, now)
    page = read(end)
    assert "carol@example.org" in page
    assert "No one else manages the campaign." in page

    answer = Client().post(end, {"successor": "mo@example.org"}, follow=True)

    assert "The person you named has our letter" in answer.content.decode()
    assert MemberInvitation.objects.get().email == "mo@example.org"
    assert not Member.objects.filter(campaign=cast.campaign).exists()
    assert "They don’t manage the campaign any more." in unescape(Client().get(end, follow=True).content.decode())


def test_ending_one_of_two_managers_says_who_answers(cast: Cast, now: datetime) -> None:
    end = states.make_end_of_one_manager(cast, now)
    assert "Another manager answers the volunteers from now on." in read(end)

    answer = Client().post(end, {"successor": ""}, follow=True).content.decode()

    assert "Their access has ended." in answer
    assert "mo@example.org" in answer
    assert "carol@example.org" not in answer


def test_a_wrong_successor_is_named_at_the_field(cast: Cast, now: datetime) -> None:
    end = states.make_end_of_only_manager(cast, now)
    answer = Client().post(end, {"successor": "mo"})

    assert answer.status_code == 400
    assert Member.objects.filter(campaign=cast.campaign).exists()


def test_a_reason_past_its_bound_is_kept_and_stops_nothing(cast: Cast, now: datetime) -> None:
    answer = Client().post(states.make_no(cast, now), {"reason": "x" * 2001})

    assert (answer.status_code, CandidateStop.objects.exists()) == (400, False)


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_a_fixed_number_of_queries(
    cast: Cast, now: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count - 1):
        publish_new_request(cast.carol, cast.campaign, now, title=f"Project {number}", roles=[FRONT_END_ROLE])
    address, client = states.make_question(cast, now), Client()
    with django_assert_num_queries(6):
        client.get(address)


def test_no_more_than_twenty_projects_are_listed(cast: Cast, now: datetime) -> None:
    days = {"starts_on": now.date(), "ends_on": now.date(), "time_zone": "UTC"}
    for number in range(20):
        asked = {"title": f"Project {number}", "created_at": now, "published_at": now, "state": "published"}
        Request.objects.create(campaign=cast.campaign, **days, **asked)
    page = read(states.make_question(cast, now))

    assert "These are the latest." in page
    assert page.count(" place planned") + page.count(" places planned") == 20
