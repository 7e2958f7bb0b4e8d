"""A stranger's first visit: from a word to a raised hand, with the value before the name."""

import re
from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Notice, UnknownSkillWord
from tests.cast import Cast
from volunteers.models import Volunteer

STEPS = ["start-skills", "start-when", "start-fits", "start-code", "start-you"]
EVENINGS = [f"{day}-evening" for day in range(5)]
WEEK = {"max_hours_per_week": "4", "windows": EVENINGS, "time_zone": "America/New_York"}
YOU = {"first_name": "Maya", "job_restricts": "no", "adult": "on"}


def draft_of(address: str) -> str:
    return re.search(r"draft=([\w-]+)", address)[1]  # type: ignore[index]


def say_skills(client: Client, *codes: str, level: str = "4", draft: str = "abc") -> Any:
    sent: dict[str, Any] = {"card": list(codes)}
    for code in codes:
        sent |= {f"level_{code}": level, f"wants_{code}": "on"}
    return client.post(f"/start/skills/?draft={draft}", sent)


def say_week(client: Client, *, draft: str = "abc", **changes: Any) -> Any:
    return client.post(f"/start/when/?draft={draft}", WEEK | changes)


def say_address(client: Client, email: str = "maya@gmail.com", *, draft: str = "abc", **more: str) -> Any:
    return client.post(f"/start/fits/?draft={draft}", {"email": email, **more})


def read_code(letter: EmailMessage) -> str:
    found = re.fullmatch(r"(\d{3} \d{3}) is your code", str(letter.subject))
    assert found is not None, letter.subject
    return found[1]


def type_code(client: Client, letter: EmailMessage, *, draft: str = "abc") -> Any:
    return client.post(f"/start/code/?draft={draft}", {"code": read_code(letter)})


def come_to_you(client: Client, mailoutbox: list[EmailMessage], email: str = "maya@gmail.com") -> None:
    say_skills(client, "front-end")
    say_week(client)
    say_address(client, email)
    type_code(client, mailoutbox[-1])


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


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
    assert "They may still go to a person whose turn it is." in text_of(fits)
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


def test_a_session_keeps_a_few_drafts_of_bounded_size_for_a_day(cast: Cast, now: datetime) -> None:
    client = Client()
    for draft in ("one", "two", "three", "four"):
        say_skills(client, "front-end", draft=draft)

    assert [*client.session["web.volunteers.start_drafts"]] == ["two", "three", "four"]
    assert client.session.get_expiry_age() == 24 * 3600
    assert "maya" not in str(dict(client.session.items())).lower()


class TestSkills:
    def test_an_unknown_word_is_kept_and_the_closest_skills_are_offered(self, cast: Cast) -> None:
        client = Client()
        page = client.post("/start/skills/?draft=abc", {"word": "Zapplier", "add": "1"}, follow=True)

        assert "We don’t know “Zapplier” yet." in text_of(page)
        assert "we have kept the word, and one skill that we know is needed to go on." in text_of(page)
        assert page.redirect_chain[-1][0].endswith("#found")
        chosen = {"card": "front-end", "level_front-end": "3", "word": "Zapplier", "add": "1"}
        page = client.post("/start/skills/?draft=abc", chosen, follow=True)
        assert "or go on: we have kept the word." in text_of(page)
        assert say_skills(client, "front-end")["Location"] == "/start/when/?draft=abc"
        assert page.content.decode().split("Closest")[1].split("</fieldset>")[0].count('name="skill"') == 3
        assert UnknownSkillWord.objects.get().word == "Zapplier"

    def test_a_word_that_could_be_an_address_is_not_kept(self, cast: Cast) -> None:
        page = Client().post("/start/skills/?draft=abc", {"word": "maya@example.org", "add": "1"}, follow=True)

        assert "we have kept the word" not in text_of(page)
        assert not UnknownSkillWord.objects.exists()

    def test_the_same_skill_is_there_once(self, cast: Cast) -> None:
        client = Client()
        sent = {"card": "front-end", "level_front-end": "3", "word": "react", "add": "1"}
        page = client.post("/start/skills/?draft=abc", sent, follow=True)

        assert "“Front end” is there already." in text_of(page)
        assert page.content.decode().count('name="card"') == 1

    def test_what_was_chosen_stays_when_another_skill_is_added(self, cast: Cast) -> None:
        client = Client()
        sent = {"card": "front-end", "level_front-end": "5", "skill": ["copywriting", "front-end"], "add": "1"}
        page = client.post("/start/skills/?draft=abc", sent, follow=True).content.decode()

        assert page.count('name="card"') == 2
        assert re.search(r'name="level_front-end" value="5"[^>]*checked', page)

    def test_who_ticks_a_skill_and_goes_on_is_led_to_the_question_of_its_level(self, cast: Cast) -> None:
        client = Client()
        led = client.post("/start/skills/?draft=abc", {"skill": ["front-end"]})
        page = client.get(led["Location"])

        assert led["Location"] == "/start/skills/?draft=abc#skill-front-end"
        assert 'id="skill-front-end" open' in page.content.decode()
        assert "Now say how far you are." in text_of(page)

    def test_a_level_and_a_skill_are_asked_for(self, cast: Cast) -> None:
        client = Client()
        nothing = client.post("/start/skills/?draft=abc", {})
        no_level = client.post("/start/skills/?draft=abc", {"card": "front-end"})

        assert (nothing.status_code, no_level.status_code) == (400, 400)
        assert "Choose at least one skill." in text_of(nothing)
        assert "Choose how far you are with Front end." in text_of(no_level)

    def test_a_word_that_was_typed_and_not_added_is_not_lost(self, cast: Cast) -> None:
        sent = {"card": "front-end", "level_front-end": "3", "word": "copywriting"}
        page = Client().post("/start/skills/?draft=abc", sent, follow=True)

        assert page.content.decode().count('name="card"') == 2

    def test_a_field_of_skills_may_be_chosen_and_a_trusted_one_says_what_it_asks(self, cast: Cast) -> None:
        page = Client().post(
            "/start/skills/?draft=abc", {"skill": ["engineering", "voter-file"], "add": "1"}, follow=True
        )

        assert "This is a whole field." in text_of(page)
        assert "Campaigns ask for a short call" in text_of(page)

    def test_a_skill_is_taken_away(self, cast: Cast) -> None:
        client = Client()
        sent = {"card": ["front-end", "copywriting"], "level_front-end": "3", "drop": "copywriting"}
        page = client.post("/start/skills/?draft=abc", sent, follow=True).content.decode()

        assert page.count('name="card"') == 1

    def test_unknown_codes_are_left_out(self, cast: Cast) -> None:
        page = Client().post("/start/skills/?draft=abc", {"skill": ["nonsense", "x" * 900], "add": "1"}, follow=True)

        assert 'name="card"' not in page.content.decode()


class TestWeek:
    def test_no_part_no_hours_and_no_zone_are_asked_for(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        page = client.post("/start/when/?draft=abc", {})

        assert page.status_code == 400
        assert "3 things need another look" in text_of(page)
        assert "Tick at least one part of your week" in text_of(page)
        assert "Choose your time zone" in text_of(page)

    def test_more_hours_than_free_time_are_warned_of_once(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        sent: dict[str, Any] = {"windows": ["0-early", "1-early"], "max_hours_per_week": "8"}
        led = say_week(client, **sent)
        assert led["Location"].startswith("/start/when/?draft=abc&kept=")  # back sends nothing again
        page = client.get(led["Location"])
        assert "This is what you wrote" not in text_of(page)
        assert page.content.decode().count("checked") == 3
        assert "You ticked 6 hours, and offer 8." in text_of(page)
        [warned] = re.findall(r'name="warned" value="([^"]+)"', page.content.decode())

        assert say_week(client, **sent, warned=warned)["Location"] == "/start/fits/?draft=abc"

    def test_half_past_eleven_crosses_midnight(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        client = Client()
        say_skills(client, "front-end")
        say_week(client, windows=[], max_hours_per_week="1", from_6_0="23:30", to_6_0="00:30")
        page = client.get("/start/when/?draft=abc").content.decode()

        assert 'name="from_6_0" value="23:30"' in page
        assert 'name="to_6_0" value="00:30"' in page
        assert '<details class="exact" open>' in page

    def test_a_row_with_one_time_is_asked_for_the_other_and_keeps_everything(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        page = say_week(client, from_2_0="18:00")

        assert "Give both times, or leave both empty." in text_of(page)
        assert 'value="18:00"' in page.content.decode()
        assert page.content.decode().count("checked") == 6

    def test_another_row_of_a_day_keeps_what_was_typed(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        page = say_week(client, from_2_0="18:00", to_2_0="19:00", more_2="1").content.decode()

        assert 'name="from_2_1"' in page
        assert 'value="19:00"' in page
        assert "error-text" not in page

    def test_other_hours_are_written(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        assert "Write how many hours a week" in text_of(say_week(client, max_hours_per_week="other"))
        assert say_week(client, max_hours_per_week="other", other_hours="3").status_code == 302

    def test_what_was_typed_after_the_session_ended_is_kept(self, cast: Cast) -> None:
        client = Client()
        answer = say_week(client, draft="ended")

        page = client.get(answer["Location"], follow=True)
        assert page.redirect_chain[-1][0] == "/start/skills/?draft=ended"
        assert "What you said before was kept for a day" in text_of(page)
        say_skills(client, "front-end", draft="ended")
        assert "1 open place fits you today" in text_of(client.get("/start/fits/?draft=ended"))


class TestFits:
    def test_nothing_fits_and_the_page_says_why_and_what_would_help(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        say_week(client, windows=["6-late", "5-late"], max_hours_per_week="4")
        page = client.get("/start/fits/?draft=abc")

        assert "Nothing fits today" in text_of(page)
        assert "1 place asks for what you can do, and it does not fit you yet." in text_of(page)
        assert "What they ask for that you did not say: 1 place: " in text_of(page)
        has_change = "One change would open 1 more." in text_of(page)
        assert has_change != ("No single change is enough" in text_of(page))

    def test_nobody_asks_for_the_skill(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "copywriting")
        say_week(client)
        page = client.get("/start/fits/?draft=abc")

        assert "Nobody asks for your skills just now." in text_of(page)

    def test_a_work_address_is_warned_of_and_allowed(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        client = Client()
        say_skills(client, "front-end")
        say_week(client)
        warned = say_address(client, "maya@bigcorp.com")
        page = warned.content.decode()
        assert "Is this an address of your work or school?" in page.partition('class="error-text"')[2]
        assert 'href="#id_email"' in page
        assert "This is what you wrote" not in page
        assert mailoutbox == []

        assert say_address(client, "maya@bigcorp.com", accepted="maya@bigcorp.com").status_code == 302
        assert len(mailoutbox) == 1

    def test_a_signed_in_person_is_asked_for_no_address(self, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.dave)
        say_skills(client, "front-end")
        say_week(client)
        page = client.get("/start/fits/?draft=abc").content.decode()

        assert 'type="email"' not in page
        assert client.post("/start/fits/?draft=abc", {})["Location"] == "/start/you/?draft=abc"

    def test_looking_again_and_again_is_limited_and_the_address_is_still_taken(
        self, cast: Cast, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("web.volunteers.start_fits.MAX_LOOKS_PER_HOUR", 1)
        client = Client()
        say_skills(client, "front-end")
        say_week(client)
        client.get("/start/fits/?draft=abc")

        assert "You have looked often in this hour." in text_of(client.get("/start/fits/?draft=abc"))
        assert say_address(client).status_code == 302


class TestYou:
    def test_a_person_under_18_ends_kindly_and_the_draft_is_erased(
        self, cast: Cast, mailoutbox: list[EmailMessage]
    ) -> None:
        client = Client()
        come_to_you(client, mailoutbox)
        page = client.post("/start/you/?draft=abc", YOU | {"adult": ""})
        assert "Handraiser is for people of 18 or over. If you are, tick the box." in text_of(page)

        assert 'href="/start/under-18/sure/?draft=abc"' in page.content.decode()
        assert "We erase what you told us here" in text_of(client.get("/start/under-18/sure/?draft=abc"))
        assert "web.volunteers.start_drafts" in client.session
        end = client.post("/start/under-18/sure/?draft=abc", {}, follow=True)
        assert "Come back when you are 18" in text_of(end)
        assert "web.volunteers.start_drafts" not in client.session
        assert not Volunteer.objects.filter(user__email="maya@gmail.com").exists()

    def test_a_double_click_raises_one_hand(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        client = Client()
        come_to_you(client, mailoutbox)
        answers = [client.post("/start/you/?draft=abc", YOU | {"form_key": "k"}) for _click in range(2)]

        assert answers[0]["Location"] == answers[1]["Location"]
        assert Volunteer.objects.filter(user__email="maya@gmail.com").count() == 1
        assert Notice.objects.filter(kind="hand-raised").count() == 1

    def test_an_error_of_an_earlier_page_leads_there_and_keeps_the_last_answers(
        self, cast: Cast, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = Client()
        come_to_you(client, mailoutbox)
        session = client.session
        session["web.volunteers.start_drafts"]["abc"]["week"]["hours"] = 61
        session.save()

        led = client.post("/start/you/?draft=abc", YOU, follow=True)
        assert led.redirect_chain[-1][0] == "/start/when/?draft=abc"
        assert "The hours a week are out of range. Give 1 to 60." in text_of(led)
        say_week(client)
        back = client.post("/start/fits/?draft=abc", {})
        assert 'value="Maya"' in client.get(back["Location"]).content.decode()
        assert client.post(back["Location"], YOU).status_code == 302
        assert Volunteer.objects.filter(first_name="Maya").exists()

    def test_the_last_answers_survive_a_draft_that_ended(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        client = Client()
        come_to_you(client, mailoutbox)
        session = client.session
        del session["web.volunteers.start_drafts"]
        session.save()

        led = client.post("/start/you/?draft=abc", YOU)
        assert led["Location"] == "/start/skills/?draft=abc"
        say_skills(client, "front-end")
        say_week(client)
        back = client.post("/start/fits/?draft=abc", {})
        assert 'value="Maya"' in client.get(back["Location"]).content.decode()

    def test_an_imported_person_may_use_what_they_said_then(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        imported = Volunteer.objects.create(
            email="maya@gmail.com",
            max_hours_per_week=7,
            time_zone="America/Denver",
            waiting_since=datetime.now().astimezone(),
        )
        client = Client()
        come_to_you(client, mailoutbox)
        assert "You offered help before. What shall we use?" in text_of(client.get("/start/you/?draft=abc"))
        client.post("/start/you/?draft=abc", YOU | {"source": "imported"})

        imported.refresh_from_db()
        assert (imported.user.email, imported.first_name, imported.max_hours_per_week) == ("maya@gmail.com", "Maya", 7)  # type: ignore[union-attr]
        assert imported.answer_due_at is not None

    def test_an_imported_person_may_use_what_they_say_now(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        imported = Volunteer.objects.create(
            email="maya@gmail.com",
            max_hours_per_week=7,
            time_zone="America/Denver",
            waiting_since=datetime.now().astimezone(),
        )
        client = Client()
        come_to_you(client, mailoutbox)
        client.post("/start/you/?draft=abc", YOU | {"source": "new"})

        imported.refresh_from_db()
        assert (imported.max_hours_per_week, imported.time_zone) == (4, "America/New_York")
        assert Volunteer.objects.filter(first_name="Maya").count() == 1
        assert Notice.objects.filter(kind="hand-raised").count() == 1

    def test_a_volunteer_who_signs_in_chooses_what_counts(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        EmailAddress.objects.create(user=cast.alice, email=cast.alice.email, verified=True, primary=True)
        client = Client()
        say_skills(client, "copywriting", level="2")
        say_week(client, max_hours_per_week="2")
        say_address(client, cast.alice.email, accepted=cast.alice.email)
        assert "sign in" in str(mailoutbox[-1].body)
        type_code(client, mailoutbox[-1])
        page = client.get("/start/you/?draft=abc")
        assert "Welcome back, Alice. Your page is as you left it." in text_of(page)

        alice = Volunteer.objects.get(user=cast.alice)
        assert alice.max_hours_per_week == 4
        client.post("/start/you/?draft=abc", {})
        alice.refresh_from_db()
        assert alice.max_hours_per_week == 2
        assert set(alice.claims.values_list("skill__code", "level")) == {("front-end", 4), ("copywriting", 2)}

    def test_nobody_raises_a_hand_who_is_not_signed_in(self, cast: Cast) -> None:
        answer = Client().post("/start/you/?draft=abc", YOU)

        assert answer["Location"].startswith("/accounts/login/?next=")
        assert not Volunteer.objects.filter(first_name="Maya").exists()


def test_each_page_asks_the_database_a_fixed_number_of_times(cast: Cast) -> None:
    client = Client()
    say_skills(client, "front-end")
    say_week(client)
    one_skill = count_queries(client)
    say_skills(client, "front-end", "copywriting", "graphic-design")
    say_week(client)

    assert count_queries(client) == one_skill == QUERIES


QUERIES = {"skills": 7, "when": 1, "fits": 10}


def count_queries(client: Client) -> dict[str, int]:
    counts = {}
    for name in QUERIES:
        client.get(f"/start/{name}/?draft=abc")  # the board is read once
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/start/{name}/?draft=abc").status_code == 200
        counts[name] = len(captured)
    return counts
