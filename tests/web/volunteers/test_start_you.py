"""The first visit, on its last page: the code, the name and the yes."""

import re
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client

from core.models import Notice
from tests.cast import Cast
from tests.web.volunteers.start_steps import YOU, come_to_you, say_address, say_skills, say_week, text_of, type_code
from volunteers.models import Volunteer


def import_maya() -> Volunteer:
    return Volunteer.objects.create(
        email="maya@gmail.com",
        max_hours_per_week=7,
        time_zone="America/Denver",
        waiting_since=datetime.now().astimezone(),
    )


class TestYou:
    def test_a_person_under_18_ends_kindly_and_the_draft_is_erased(
        self, cast: Cast, mailoutbox: list[EmailMessage]
    ) -> None:
        client = Client()
        come_to_you(client, mailoutbox)
        page = client.post("/start/you/?draft=abc", YOU | {"adult": ""}, follow=True)
        assert "Handraiser is for people of 18 or over. Confirm that you are." in text_of(page)

        assert 'href="/start/under-18/sure/?draft=abc"' in page.content.decode()
        assert "We erase what you told us here" in text_of(client.get("/start/under-18/sure/?draft=abc"))
        assert "web.volunteers.start_drafts" in client.session
        end = client.post("/start/under-18/sure/?draft=abc", {}, follow=True)
        assert "Come back when you are 18" in text_of(end)
        assert "web.volunteers.start_drafts" not in client.session
        assert not Volunteer.objects.filter(user__email="maya@gmail.com").exists()

    def test_who_reads_another_language_is_asked_in_which_they_work(
        self, cast: Cast, mailoutbox: list[EmailMessage]
    ) -> None:
        client = Client(headers={"Accept-Language": "es"})
        come_to_you(client, mailoutbox)

        page = client.get("/start/you/?draft=abc").content.decode()
        assert "Las últimas preguntas" in page  # it asks four things here, so it counts none
        unsaid = client.post("/start/you/?draft=abc", YOU, follow=True)
        client.post("/start/you/?draft=abc", YOU | {"languages": ["es"]})

        assert re.findall(r'name="languages" value="(\w+)"([^>]*checked)?', page) == [("en", ""), ("es", "")]
        assert "Marca al menos un idioma." in text_of(unsaid)
        assert Volunteer.objects.get(user__email="maya@gmail.com").languages == ["es"]

    def test_who_reads_english_has_one_question_less(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        client = Client()
        come_to_you(client, mailoutbox)

        assert 'name="languages"' not in client.get("/start/you/?draft=abc").content.decode()
        client.post("/start/you/?draft=abc", YOU)
        assert Volunteer.objects.get(user__email="maya@gmail.com").languages == ["en"]

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
        imported = import_maya()
        client = Client()
        come_to_you(client, mailoutbox)
        assert "You offered help before. What shall we use?" in text_of(client.get("/start/you/?draft=abc"))
        client.post("/start/you/?draft=abc", YOU | {"source": "imported"})

        imported.refresh_from_db()
        assert (imported.user.email, imported.first_name, imported.max_hours_per_week) == ("maya@gmail.com", "Maya", 7)  # type: ignore[union-attr]
        assert imported.answer_due_at is not None

    def test_an_imported_person_may_use_what_they_say_now(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        imported = import_maya()
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
