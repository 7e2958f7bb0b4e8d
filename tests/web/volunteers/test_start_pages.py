"""A stranger's first visit: from a word to a raised hand, with the value before the name."""

import re
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Notice, UnknownSkillWord
from tests.cast import Cast
from tests.web.volunteers.start_steps import YOU, draft_of, say_address, say_skills, say_week, text_of, type_code
from volunteers.models import Volunteer


def test_a_stranger_raises_a_hand_and_hears_until_when_they_get_an_answer(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    first = client.get("/start/", follow=True)
    address = first.redirect_chain[-1][0]
    draft = draft_of(address)

    added = client.post(address, {"word": "React", "add": "1"}, follow=True)
    assert "You typed “React”." in text_of(added)
    assert say_skills(client, "front-end", draft=draft)["Location"] == f"/start/when/?draft={draft}"
    assert say_week(client, draft=draft)["Location"] == f"/start/fits/?draft={draft}"

    fits = client.get(f"/start/fits/?draft={draft}")
    assert "1 open place fits you today" in text_of(fits)
    assert "They may still go to a person who has waited longer." in text_of(fits)
    assert "You hear from us by" in text_of(fits)
    sent = say_address(client, draft=draft)
    assert sent["Location"] == f"/start/code/?draft={draft}"
    assert "maya@gmail.com" in text_of(client.get(sent["Location"]))

    proved = type_code(client, mailoutbox[-1], draft=draft)
    assert proved["Location"] == f"/start/you/?draft={draft}"
    done = client.post(proved["Location"], YOU, follow=True)

    volunteer = Volunteer.objects.get(user__email="maya@gmail.com")
    assert (volunteer.first_name, volunteer.adult, volunteer.max_hours_per_week) == ("Maya", True, 4)
    assert list(volunteer.claims.values_list("skill__code", "level", "wants_to_use")) == [("front-end", 4, True)]
    assert volunteer.windows.count() == 5
    assert volunteer.answer_due_at is not None
    due = volunteer.answer_due_at.astimezone().strftime("%-d %B")
    assert "Thank you, Maya. You hear from us by" in text_of(done)
    assert due.split()[1] in text_of(done)
    assert Notice.objects.filter(recipient=volunteer.user, kind="hand-raised").count() == 1
    assert not volunteer.user.has_usable_password()  # type: ignore[union-attr]
    assert "web.volunteers.start_drafts" not in client.session


def test_no_name_address_or_password_is_asked_before_something_useful_was_shown(cast: Cast) -> None:
    client = Client()
    say_skills(client, "front-end")
    pages = [client.get("/start/skills/?draft=abc"), client.get("/start/when/?draft=abc")]
    say_week(client)

    for page in pages:
        assert not re.search(r'type="(email|password)"|name="(email|password|first_name|name)"', page.content.decode())
    assert 'type="email"' in client.get("/start/fits/?draft=abc").content.decode()


def test_a_page_leads_to_the_step_that_is_missing(cast: Cast) -> None:
    client = Client()
    assert client.get("/start/when/?draft=abc")["Location"] == "/start/skills/?draft=abc"
    say_skills(client, "front-end")
    assert client.get("/start/fits/?draft=abc")["Location"] == "/start/when/?draft=abc"


def test_get_requests_write_nothing(cast: Cast) -> None:
    client = Client()
    client.get("/start/", follow=True)
    client.get("/start/skills/?draft=abc&word=zzz")

    assert client.session.session_key is None or dict(client.session.items()) == {}
    assert not UnknownSkillWord.objects.exists()


def test_two_tabs_do_not_mix(cast: Cast) -> None:
    client = Client()
    say_skills(client, "front-end", draft="one")
    say_skills(client, "copywriting", draft="two")

    assert "Front end" in client.get("/start/skills/?draft=one").content.decode()
    page = client.get("/start/skills/?draft=two").content.decode()
    assert 'name="card" value="copywriting"' in page
    assert 'name="card" value="front-end"' not in page


def test_a_draft_of_this_browser_goes_on_where_it_was(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    assert client.get("/start/")["Location"] == "/start/skills/"
    say_skills(client, "front-end")
    page = client.get("/start/").content.decode()
    assert 'href="/start/when/?draft=abc"' in page
    assert 'href="/start/skills/"' in page
    say_week(client)
    assert 'href="/start/fits/?draft=abc"' in client.get("/start/").content.decode()

    say_address(client)
    type_code(client, mailoutbox[-1])
    assert 'href="/start/you/?draft=abc"' in client.get("/me/").content.decode()


def test_who_left_at_the_code_goes_on_at_the_code(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    say_skills(client, "front-end")
    say_week(client)
    assert 'href="/start/fits/?draft=abc"' in client.get("/start/").content.decode()

    say_address(client)

    assert 'href="/start/code/?draft=abc"' in client.get("/start/").content.decode()


def test_an_address_with_a_space_or_a_comma_is_told_so(cast: Cast) -> None:
    client = Client()
    say_skills(client, "front-end")
    say_week(client)

    for email, words in [
        ("maya @gmail.com", "There is a space in this address."),
        ("maya@gmail,com", "There is a comma in this address."),
    ]:
        page = client.get(say_address(client, email)["Location"])
        assert words in text_of(page)


def test_a_session_keeps_a_few_drafts_of_bounded_size_for_a_day(cast: Cast, now: datetime) -> None:
    client = Client()
    for draft in ("one", "two", "three", "four"):
        say_skills(client, "front-end", draft=draft)

    assert [*client.session["web.volunteers.start_drafts"]] == ["two", "three", "four"]
    assert client.session.get_expiry_age() == 24 * 3600
    assert "maya" not in str(dict(client.session.items())).lower()


def test_each_page_asks_the_database_a_fixed_number_of_times(cast: Cast) -> None:
    client = Client()
    say_skills(client, "front-end")
    say_week(client)
    one_skill = count_queries(client)
    say_skills(client, "front-end", "copywriting", "graphic-design")
    say_week(client)

    assert count_queries(client) == one_skill == QUERIES


QUERIES = {"skills": 7, "when": 1, "fits": 12}


def count_queries(client: Client) -> dict[str, int]:
    counts = {}
    for name in QUERIES:
        client.get(f"/start/{name}/?draft=abc")  # the board is read once
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/start/{name}/?draft=abc").status_code == 200
        counts[name] = len(captured)
    return counts
