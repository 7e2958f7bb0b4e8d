"""What a plan says on the way: of its days, of the check, of a race that is misspelt, and before it is published."""

from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from campaigns.models import Request
from tests.cast import Cast
from tests.web.campaigns.plan_states import come_to
from tests.web.campaigns.plan_steps import WHOSE, address_of, find_plan, say_outcome, say_race, say_whose, text_of
from web.campaigns.plan_race_typed import capitalize_office


def test_the_first_questions_say_what_they_mean(client: Client, cast: Cast, now: datetime) -> None:
    outcome = client.get("/plan/outcome/?draft=abc")
    assert "What should be done, and by when?" in text_of(outcome)
    assert "not election day" in text_of(outcome)
    say_outcome(client, now)
    assert "You can plan a second project afterwards." in text_of(client.get("/plan/closest/?draft=abc"))


def test_the_days_of_a_plan_are_the_earliest(client: Client, cast: Cast, now: datetime) -> None:
    answer, _address = come_to("project", client, cast, now)
    assert "it begins later if no one has said yes by then" in text_of(answer)

    answer, _address = come_to("own-project", client, cast, now)
    assert "You can still go on: the team then does less." in text_of(answer)
    assert "ask for less" not in text_of(answer)


def test_a_day_after_the_election_is_said_with_the_way_to_it(danas: Client, now: datetime) -> None:
    say_race(danas)
    assert "What comes after election day" not in text_of(danas.get("/plan/campaign/?draft=abc"))
    say_outcome(danas, now, days=290)

    page = danas.get("/plan/campaign/?draft=abc")
    assert "What comes after election day does not help you win." in text_of(page)
    assert 'href="/plan/outcome/?draft=abc#id_wanted_on"' in page.content.decode()


def test_a_last_day_after_the_election_is_said_before_publishing(danas: Client) -> None:
    say_race(danas)
    say_whose(danas)
    stored = find_plan()
    address = address_of("campaign-publish", stored)
    assert "What comes after election day" not in text_of(danas.get(address))
    last = stored.campaign.candidate.contest.election_on + timedelta(days=7)
    Request.objects.filter(pk=stored.pk).update(ends_on=last)

    page = danas.get(address)
    assert "What comes after election day" in text_of(page)
    assert address_of("campaign-change", stored) + "#id_ends_on" in page.content.decode()


def test_the_outcome_and_the_day_are_two_sentences(danas: Client, now: datetime) -> None:
    say_outcome(danas, now, outcome="A better website and ads ")
    say_race(danas)
    say_whose(danas)
    assert find_plan().summary.startswith("A better website and ads. By ")


def test_it_is_said_what_is_checked_and_a_filing_has_a_number(danas: Client) -> None:
    say_race(danas)
    page = text_of(danas.get("/plan/campaign/?draft=abc"))
    for words in (
        "We read the public filing.",
        "If not, tell them that we call.",
        "Your candidate or treasurer",
    ):
        assert words in page

    wrong = say_whose(danas, reference="I have none")
    assert [*wrong.context["page_form"].errors] == ["reference"]


def test_before_publishing_the_step_the_work_and_the_code_are_in_sight(danas: Client) -> None:
    say_race(danas)
    say_whose(danas)
    stored = find_plan()
    page = danas.get(address_of("campaign-publish", stored)).content.decode()

    assert "Step 8 of 8" in page
    role = stored.roles.order_by("pk").first()
    assert role is not None
    assert role.shown_tasks in unescape(page)
    assert page.index("Read the code of conduct") < page.index("Publish this project")


def test_a_misspelt_word_does_not_hide_a_race(danas: Client, now: datetime) -> None:
    danas.post("/plan/race/?draft=abc", {"words": "oregon schol board"})

    page = danas.get("/plan/race/?draft=abc")
    assert "School Board" in text_of(page)
    assert "We found no race with all of your words" in text_of(page)
    assert page.context["page_form"]["words"].value() == "oregon schol board"


@pytest.mark.parametrize(
    ("typed", "shown"), [("clerk of the court", "Clerk of the Court"), ("County CFO", "County CFO")]
)
def test_an_office_typed_in_small_letters_reads_as_on_a_ballot(typed: str, shown: str) -> None:
    assert capitalize_office(typed) == shown


def test_what_was_typed_before_an_error_is_there_when_its_writer_comes_back(danas: Client) -> None:
    say_race(danas)
    say_whose(danas, safe_phone="12")

    page = danas.get("/plan/campaign/?draft=abc", follow=True)
    assert page.context["page_form"]["candidate"].value() == WHOSE["candidate"]
    say_whose(danas)
    assert find_plan().campaign.candidate.name == WHOSE["candidate"]
