"""The first visit, on its second page: the week."""

import re
from typing import Any

from django.core.mail import EmailMessage
from django.test import Client

from tests.cast import Cast
from tests.web.volunteers.start_steps import say_skills, say_week, show_week, text_of


def open_days(page: str) -> list[str]:
    """The disclosures of exact times that stand open."""
    return re.findall(r'<details class="exact[^"]*" id="([^"]+)" open>', page)


class TestWeek:
    def test_no_part_no_hours_and_no_zone_are_asked_for(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        page = client.post("/start/when/?draft=abc", {}, follow=True)

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
        assert open_days(page) == ["exact", "exact-6"]

    def test_only_days_with_exact_times_stand_open(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        assert open_days(client.get("/start/when/?draft=abc").content.decode()) == []

        page = show_week(client, from_5_0="09:00", from_6_0="18:00", to_6_0="19:00").content.decode()

        assert open_days(page) == ["exact", "exact-5", "exact-6"]

    def test_a_part_of_which_some_is_free_has_a_key_and_a_way_to_its_exact_times(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        empty = client.get("/start/when/?draft=abc").content.decode()
        assert ('class="key"' in empty, "cell partly" in empty) == (False, False)
        assert 'Only part of it, such as a Saturday morning? <a href="#exact"' in empty

        say_week(client, from_5_0="09:00", to_5_0="12:00")
        page = client.get("/start/when/?draft=abc").content.decode()

        assert ('class="key"' in page, page.count("cell partly")) == (True, 1)

    def test_a_row_with_one_time_is_asked_for_the_other_and_keeps_everything(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        page = show_week(client, from_2_0="18:00")

        assert "Give both times, or leave both empty." in text_of(page)
        assert 'value="18:00"' in page.content.decode()
        assert page.content.decode().count("checked") == 6

    def test_another_row_of_a_day_keeps_what_was_typed(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        page = show_week(client, from_2_0="18:00", to_2_0="19:00", more_2="1").content.decode()

        assert re.findall(r'name="more_2" value="1" formaction="([^"]+)">([^<]+)<', page) == [
            ("#exact-2", "Add another time on Wednesday")
        ]
        assert open_days(page) == ["exact", "exact-2"]
        assert 'name="from_2_1"' in page
        assert 'value="19:00"' in page
        assert "error-text" not in page

    def test_no_empty_row_is_kept(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        rows = {"from_2_0": "", "to_2_0": "", "from_2_1": "18:00", "to_2_1": "19:00", "from_4_0": "", "to_4_0": ""}

        page = show_week(client, **rows, more_2="1").content.decode()
        assert re.findall(r'name="(from_2_\d)"(?: value="([^"]+)")?', page) == [("from_2_0", "18:00"), ("from_2_1", "")]
        page = show_week(client, **rows, more_4="1").content.decode()
        assert re.findall(r'name="(from_[24]_\d)"', page) == ["from_2_0", "from_4_0"]

    def test_other_hours_are_written(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end")
        assert "Write how many hours a week" in text_of(show_week(client, max_hours_per_week="other"))
        assert say_week(client, max_hours_per_week="other", other_hours="3").status_code == 302

    def test_what_was_typed_after_the_session_ended_is_kept(self, cast: Cast) -> None:
        client = Client()
        answer = say_week(client, draft="ended")

        page = client.get(answer["Location"], follow=True)
        assert page.redirect_chain[-1][0] == "/start/skills/?draft=ended"
        assert "What you said before was kept for a day" in text_of(page)
        say_skills(client, "front-end", draft="ended")
        assert "1 open place fits you today" in text_of(client.get("/start/fits/?draft=ended"))
