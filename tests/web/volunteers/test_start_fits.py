"""The first visit, on its third page: what fits today, and the address."""

from datetime import date, datetime
from uuid import UUID

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from campaigns.models import PlaybookRole, Role
from core.models import Skill
from matching.open_roles.queries.open_role_rows import OpenRole
from tests.cast import FRONT_END_ROLE, Cast, publish_new_request
from tests.web.volunteers.start_steps import say_address, say_skills, say_week, text_of
from web.volunteers.open_role_words import describe_place


@pytest.mark.parametrize(
    ("office_level", "region", "words"),
    [
        ("state", "south", "4 hours a week for 6 weeks · A state office, in the South"),
        ("local", None, "4 hours a week for 6 weeks · A local office"),
        (None, "west", "4 hours a week for 6 weeks · In the West"),
        (None, None, "4 hours a week for 6 weeks"),
    ],
)
def test_a_place_is_described_in_words(office_level: str | None, region: str | None, words: str) -> None:
    role = OpenRole(
        id=UUID(int=1),
        name="Front end",
        skill="front-end",
        skill_name="Front end",
        level=3,
        hours_per_week=4,
        languages=(),
        tasks="",
        weeks=6,
        ends_in=date(2026, 5, 1),
        state=None,
        region=region,
        party=None,
        office_level=office_level,
        meetings=None,
        has_interest=None,
    )

    assert describe_place(role) == words


class TestFits:
    def test_a_place_of_a_playbook_says_what_one_does_there(self, cast: Cast) -> None:
        tasks = PlaybookRole.objects.get(playbook__code="website", name="Front end").tasks
        cast.request.roles.update(tasks=tasks)
        client = Client()
        say_skills(client, "front-end")
        say_week(client)

        assert f"Front end {tasks} 4 hours a week" in text_of(client.get("/start/fits/?draft=abc"))

    def test_places_that_are_alike_are_one_card_with_its_reason(self, cast: Cast, now: datetime) -> None:
        for number in range(4):
            publish_new_request(cast.carol, cast.campaign, now, roles=[FRONT_END_ROLE], title=f"Number {number}")
        other = {"name": "Any", "skill": Skill.objects.get(code="front-end").parent, "level": 2, "hours_per_week": 5}
        Role.objects.filter(request__title="Number 3").update(**other)
        client = Client()
        say_skills(client, "front-end")
        say_week(client, max_hours_per_week="6")

        page = text_of(client.get("/start/fits/?draft=abc"))

        assert "5 open places fit you today" in page
        assert page.count("It asks for your skill Front end.") == 1
        assert "4 places like this" in page
        assert "Your skill Front end counts as" in page
        assert page.index("4 places like this") < page.index("counts as")  # what was said itself stands first
        assert "more." not in page

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

    def test_too_few_hours_say_with_how_many_how_many_fit(self, cast: Cast, now: datetime) -> None:
        for number in range(2):
            publish_new_request(cast.carol, cast.campaign, now, roles=[FRONT_END_ROLE], title=f"Number {number}")
        Role.objects.filter(request__title__startswith="Number").update(hours_per_week=6)
        client = Client()
        say_skills(client, "front-end")
        say_week(client, max_hours_per_week="1")

        page = text_of(client.get("/start/fits/?draft=abc"))

        assert "With 4 hours a week, 1 place fits. With 6 hours a week, 3 places fit. Change my week" in page

    def test_a_higher_level_names_its_skill_and_invites_nobody_to_claim_more(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "front-end", level="1")
        say_week(client)
        page = text_of(client.get("/start/fits/?draft=abc"))

        assert "One change would open 1 more. They ask for Front end at a higher level." in page
        assert "If you know it better than you said, say so. If not, leave it: they rely on it." in page

    def test_nobody_asks_for_the_skill(self, cast: Cast) -> None:
        client = Client()
        say_skills(client, "copywriting")
        say_week(client)
        page = client.get("/start/fits/?draft=abc")

        assert "No open place on our list asks for your skills just now." in text_of(page)
        assert "Most wanted just now: Front end. If you can do one of these, add it." in text_of(page)

    def test_a_work_address_is_warned_of_and_allowed(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        client = Client()
        say_skills(client, "front-end")
        say_week(client)
        warned = say_address(client, "maya@bigcorp.com")
        page = client.get(warned["Location"]).content.decode()
        assert "Is this an address of your work or school?" in page
        assert "It is mine: send me a code" in page
        assert "error-text" not in page  # a question is no error
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
        monkeypatch.setattr("matching.open_roles.fits_limit.MAX_FITS_PER_HOUR", 1)
        client = Client()
        say_skills(client, "front-end")
        say_week(client)
        client.get("/start/fits/?draft=abc")

        assert "You have looked often in this hour." in text_of(client.get("/start/fits/?draft=abc"))
        assert say_address(client).status_code == 302
