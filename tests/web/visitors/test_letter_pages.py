"""The page on which a person stops letters by topic, and starts them again."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client

from core.enums import NoticeTopic
from core.models import Mute
from core.notifications.muted_topics import list_muted_topics, set_topic_muted
from tests.cast import Cast, sign_in_browser
from tests.match_factory import make_accepted_match, make_offered_match
from tests.web.volunteers.reading import read_text
from web.visitors.letter_topics import TOPIC_WORDS

LETTERS = "/account/letters/"


@pytest.fixture
def alices(cast: Cast, client: Client) -> Client:
    sign_in_browser(client, cast.alice)
    return client


def ticked(client: Client) -> set[str]:
    page = client.get(LETTERS)
    return {choice.data["value"] for choice in page.context["page_form"]["topics"] if choice.data["selected"]}


def test_every_kind_of_letter_is_listed_and_comes_at_first(cast: Cast, alices: Client) -> None:
    page = alices.get(LETTERS).content.decode()

    assert ticked(alices) == {"offers", "messages", "meetings", "progress", "waiting"}
    assert set(TOPIC_WORDS) == set(NoticeTopic) - {NoticeTopic.ACCOUNT}
    assert "Our letters go to alice@example.org." in page
    assert "Three kinds always come: codes to sign in with, warnings about your account" in page
    assert f'href="{LETTERS}"' in alices.get("/account/").content.decode()


def test_a_volunteer_stops_one_kind_and_starts_it_again(cast: Cast, alices: Client) -> None:
    alices.post(LETTERS, {"topics": ["offers", "messages", "meetings", "progress"]})
    assert list_muted_topics(cast.alice) == {"waiting"}
    assert ticked(alices) == {"offers", "messages", "meetings", "progress"}

    alices.post(LETTERS, {"topics": ["offers", "messages", "meetings", "progress", "waiting"]})

    assert list_muted_topics(cast.alice) == set()


def find_reminders(client: Client) -> set[str]:
    page = client.get(LETTERS)
    return {choice.data["value"] for choice in page.context["page_form"]["reminders"] if choice.data["selected"]}


@pytest.mark.parametrize("chosen", [["day_before", "hour_before"], ["hour_before"], [], ["day_before"]])
def test_each_person_chooses_when_a_meeting_is_told(cast: Cast, alices: Client, chosen: list[str]) -> None:
    assert find_reminders(alices) == {"day_before"}

    page = alices.post(LETTERS, {"topics": ["meetings"], "reminders": chosen}, follow=True)

    assert page.status_code == 200
    cast.alice.refresh_from_db()
    assert cast.alice.is_reminded_a_day_before == ("day_before" in chosen)
    assert cast.alice.is_reminded_an_hour_before == ("hour_before" in chosen)
    assert find_reminders(alices) == set(chosen)
    assert alices.post(LETTERS, {"reminders": ["week_before"]}).status_code == 400
    assert find_reminders(alices) == set(chosen)


def test_one_button_stops_all_that_can_be_stopped(cast: Cast, alices: Client) -> None:
    page = alices.post(LETTERS, {"topics": ["offers"], "stop_all": "1"}, follow=True)

    assert "All letters that can be stopped are stopped." in page.content.decode()
    assert list_muted_topics(cast.alice) == {"offers", "messages", "meetings", "progress", "waiting"}
    assert ticked(alices) == set()


def test_reviewers_alone_see_the_letters_of_reviewers(cast: Cast, alices: Client, client: Client) -> None:
    assert alices.post(LETTERS, {"topics": ["review"]}).status_code == 400
    assert not Mute.objects.exists()

    sign_in_browser(client, cast.rita)

    assert "review" in ticked(client)


def test_what_is_stopped_elsewhere_and_not_listed_here_stays(cast: Cast, alices: Client) -> None:
    set_topic_muted(user=cast.alice, topic=NoticeTopic.REVIEW)

    alices.post(LETTERS, {"topics": ["offers", "messages", "meetings", "progress", "waiting"]})

    assert list_muted_topics(cast.alice) == {"review"}


def test_the_desk_promises_no_letter_that_is_stopped(cast: Cast, alices: Client, now: datetime) -> None:
    assert "we write to you" in read_text(alices.get("/me/"))
    set_topic_muted(user=cast.alice, topic=NoticeTopic.OFFERS)

    page = read_text(alices.get("/me/"))
    make_offered_match(cast, now)
    with_offer = read_text(alices.get("/me/"))

    for desk in (page, with_offer):
        assert "You stopped letters about offers. New ones appear only here. Change it" in desk
    assert "we write to you" not in page


def test_who_said_yes_and_stopped_letters_is_promised_none(cast: Cast, alices: Client, now: datetime) -> None:
    address = f"/me/projects/{make_accepted_match(cast, now).public_id}/"
    with time_machine.travel(now, tick=False):
        assert "we write to you when they answer" in read_text(alices.get(address))
        set_topic_muted(user=cast.alice, topic=NoticeTopic.PROGRESS)
        page = read_text(alices.get(address))

    assert "You stopped letters about it, so look in here for their answer. Change it" in page
    assert "You get a letter" not in page


def test_the_desk_says_where_not_yet_is_read_without_letters(cast: Cast, alices: Client) -> None:
    set_topic_muted(user=cast.alice, topic=NoticeTopic.WAITING)

    page = read_text(alices.get("/me/"))

    assert "You stopped letters while you wait, so you read it only here." in page
    assert "There is nothing for you to do now: we write to you when we have a place for you." in page
