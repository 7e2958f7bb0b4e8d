"""Messages: unread until a person opens them, twenty a page, kept when they cannot be sent."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from campaigns.models import Member
from core.models import User
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import Match, Message
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_accepted_match, make_active_match
from tests.web.volunteers.project_states import make_forty_messages
from tests.web.volunteers.reading import read_main, read_text, read_title


@pytest.fixture
def match(cast: Cast, now: datetime) -> Match:
    return make_active_match(cast, now)


def find_messages(match: Match) -> str:
    return f"/me/projects/{match.public_id}/messages/"


def test_messages_are_unread_until_a_person_opens_them(cast: Cast, alices: Client, match: Match, now: datetime) -> None:
    for text in ("One", "Two"):
        write_message(actor=cast.carol, match=match, text=text, at=now)

    assert read_title(alices.get("/me/")) == "(1) Your page - Handraiser"
    alices.head(find_messages(match))
    alices.get(find_messages(match), headers={"Sec-Purpose": "prefetch"})
    assert read_title(alices.get("/me/")) == "(1) Your page - Handraiser"
    assert read_main(alices.get(find_messages(match))).count(" new ") == 2
    assert read_title(alices.get("/me/")) == "Your page - Handraiser"
    assert " new " not in read_main(alices.get(find_messages(match)))


def test_who_writes_is_named_while_both_sides_share_their_contacts(cast: Cast, alices: Client, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    User.objects.filter(pk=cast.carol.pk).update(first_name="Teresa")
    write_message(actor=cast.carol, match=match, text="Hello Alice", at=now)

    def read_it() -> str:
        return read_main(alices.get(find_messages(match)))

    assert "Teresa" not in read_it()
    Match.objects.update(state=MatchState.ACTIVE)
    assert f"Teresa, for {cast.campaign.name}" in read_it()
    report_problem(actor=cast.alice, match=match, kind="other", text="", at=now)
    assert "Teresa" not in read_it()
    match.reports.all().delete()
    assert "Teresa" in read_it()
    Match.objects.update(state=MatchState.COMPLETED)
    assert "Teresa" not in read_it()


def test_who_acts_for_the_campaign_no_more_is_not_named(
    cast: Cast, alices: Client, match: Match, now: datetime
) -> None:
    sam = User.objects.create_user("sam@example.org", first_name="Samira", conduct_accepted_at=now)
    member = Member.objects.create(campaign=cast.campaign, user=sam, position="staff", since=now)
    Message.objects.create(match=match, side="campaign", author=sam, text="Hello", written_at=now)

    assert "Samira, for" in read_main(alices.get(find_messages(match)))
    member.delete()
    assert "Samira" not in read_main(alices.get(find_messages(match)))


def test_own_messages_are_never_unread(alices: Client, match: Match) -> None:
    assert alices.post(find_messages(match), {"text": "Hello there"})["Location"] == find_messages(match) + "#newest"

    assert read_title(alices.get("/me/")) == "Your page - Handraiser"
    assert "You Monday, 2 March, 7 am Hello there" in read_main(alices.get(find_messages(match)))


def test_forty_messages_are_two_pages_the_newest_first(cast: Cast, alices: Client, now: datetime) -> None:
    address = make_forty_messages(cast, now)

    newest, earlier = read_main(alices.get(address)), read_main(alices.get(f"{address}?page=2"))

    assert "Message number 21 " in newest
    assert "Message number 40 " in newest
    assert "Message number 20 " not in newest
    assert "Message number 1 " in earlier
    assert "Later messages" in earlier
    assert read_main(alices.get(f"{address}?page=nonsense")) == read_main(alices.get(address))


def test_an_earlier_page_leaves_new_messages_unread(cast: Cast, alices: Client, now: datetime) -> None:
    address = make_forty_messages(cast, now)

    alices.get(f"{address}?page=2")

    assert read_title(alices.get("/me/")) == "(1) Your page - Handraiser"


def test_an_empty_message_says_so(alices: Client, match: Match) -> None:
    page = alices.post(find_messages(match), {"text": "  "})

    assert page.status_code == 400
    assert "The message is empty. Write something first." in read_text(page)
    assert not Message.objects.exists()


def test_a_message_that_comes_too_late_is_kept_on_the_page(alices: Client, match: Match, now: datetime) -> None:
    Match.objects.filter(pk=match.pk).update(state=MatchState.COMPLETED, state_changed_at=now + timedelta(hours=1))

    page = alices.post(find_messages(match), {"text": "One more thing"})

    assert page.status_code == 400
    assert "Messages can be exchanged from the volunteer's yes until the work is over." in read_text(page)
    assert "You wrote: One more thing" in read_text(page)


def test_words_of_others_are_text_and_never_markup(cast: Cast, alices: Client, match: Match, now: datetime) -> None:
    write_message(actor=cast.carol, match=match, text="<b>bold</b> <script>alert(1)</script>", at=now)

    assert "&lt;script&gt;alert(1)" in alices.get(find_messages(match)).content.decode()


def test_who_wrote_is_told_that_it_was_sent_and_the_zone_stands_once(alices: Client, match: Match) -> None:
    page = read_main(alices.post(find_messages(match), {"text": "Hello there"}, follow=True))

    assert page.count("Eastern time (New York)") == 1
    assert "Go to the newest, and answer" in page
    again = read_text(alices.post(find_messages(match), {"text": "Again"}, follow=True))
    assert "Sent. They get a letter that says so." in again
    assert "Website Sent." not in again
