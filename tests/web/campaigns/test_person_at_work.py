"""The page of a person at work: contact, the list, messages, reports, and the hand-over."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.models import ContactAccess, Notice
from matching.lifecycle.actions.checklists import tick_checklist_item
from matching.lifecycle.actions.messages import write_message
from matching.models import ChecklistTick, Match, Message, ProblemReport
from matching.rules.sides import MatchSide
from matching.rules.states import MatchState
from matching.rules.text_lengths import MAX_MESSAGE_LENGTH
from tests.cast import Cast
from tests.match_factory import make_match
from tests.web.campaigns.people import find_page, read, send


@pytest.fixture
def active(cast: Cast, now: datetime) -> Match:
    return make_match(cast, now, MatchState.ACTIVE)


def test_at_work_the_contact_is_a_recorded_look_for_get_alone(cast: Cast, carols: Client, active: Match) -> None:
    carols.head(find_page(active))
    carols.get(find_page(active), headers={"Sec-Purpose": "prefetch"})
    assert not ContactAccess.objects.exists()
    page = read(carols, active)
    assert "alice@example.org" in page
    assert list(ContactAccess.objects.values_list("viewer_id", "subject_id", "access_point")) == [
        (cast.carol.pk, cast.alice.pk, "placement")
    ]
    assert "The password is swordfish." in page
    assert "Next meeting" in page
    assert page.count('class="button"') == 1


def test_a_line_is_ticked_and_taken_back(cast: Cast, carols: Client, active: Match, now: datetime) -> None:
    typed = {"stage": "kickoff", "item_code": "owner"}
    page = send(carols, active, "campaign-person-checklist", **typed, is_done="on")
    assert "Undo" in page
    assert ChecklistTick.objects.filter(item_code="owner").exists()
    send(carols, active, "campaign-person-checklist", **typed)
    assert not ChecklistTick.objects.exists()
    tick_checklist_item(actor=cast.alice, match=active, stage="kickoff", item_code="employer", at=now)
    assert "done by Alice" in read(carols, active)


def test_an_early_end_leads_to_the_desk(cast: Cast, carols: Client, active: Match) -> None:
    page = send(carols, active, "campaign-person-release", reason="")
    assert "It has ended. Alice hears it kindly" in page
    assert "Your projects" in page
    assert Match.objects.get().state == MatchState.RELEASED


def test_messages_are_read_when_they_are_looked_at(cast: Cast, carols: Client, active: Match, now: datetime) -> None:
    assert "No messages yet. A hello is a good first one." in read(carols, active, "campaign-person-messages")
    write_message(actor=cast.alice, match=active, text="Where is the logo?\nI need it.", at=now)
    assert "Read 1 new message" in read(carols, active)
    carols.head(find_page(active, "campaign-person-messages"))
    assert Notice.objects.filter(kind="message", read_at=None).count() == 1

    page = read(carols, active, "campaign-person-messages")
    assert "Where is the logo?" in page
    assert 'class="tag info">New' in page
    assert 'class="tag info">New' not in read(carols, active, "campaign-person-messages")
    assert "Write to Alice" in read(carols, active)


@pytest.mark.parametrize("count", [1, 3])
def test_messages_take_as_many_queries_for_one_as_for_three(
    cast: Cast,
    carols: Client,
    active: Match,
    now: datetime,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        write_message(actor=cast.alice, match=active, text=f"Number {number}", at=now)
    with django_assert_num_queries(20):
        read(carols, active, "campaign-person-messages")


def test_of_many_messages_the_latest_forty_come_first(cast: Cast, carols: Client, active: Match, now: datetime) -> None:
    Message.objects.bulk_create(
        Message(match=active, side=MatchSide.VOLUNTEER, text=f"Number {number}.", written_at=now + timedelta(0, number))
        for number in range(45)
    )
    page = read(carols, active, "campaign-person-messages")
    assert page.count("<time") == 40
    assert page.index("Number 5.") < page.index("Number 44.")
    assert "Number 4." not in page
    everything = carols.get(find_page(active, "campaign-person-messages") + "?all").content.decode()
    assert everything.count("<time") == 45
    assert "Show earlier messages" not in everything


def test_an_empty_or_endless_message_is_kept_and_explained(cast: Cast, carols: Client, active: Match) -> None:
    answer = carols.post(find_page(active, "campaign-person-messages"), {"text": "  "})
    assert answer.status_code == 400
    assert "The message is empty. Write something first." in answer.content.decode()
    endless = "x" * (MAX_MESSAGE_LENGTH + 1)
    answer = carols.post(find_page(active, "campaign-person-messages"), {"text": endless})
    assert (answer.status_code, endless in answer.content.decode()) == (400, True)


def test_a_report_pauses_contact_and_says_by_when_we_look(cast: Cast, carols: Client, active: Match) -> None:
    assert "Until then contact with Alice is paused" in read(carols, active, "campaign-person-report")
    answer = carols.post(find_page(active, "campaign-person-report"), {})
    assert "Say what it is about: choose one line." in answer.content.decode()
    page = send(carols, active, "campaign-person-report", kind="conduct", text="Rude.")
    assert "Thank you for saying it. You hear from us by Tuesday, 3 March, " in page
    assert "You have told us" in page

    page = read(carols, active)
    assert "Contact is paused" in page
    assert "alice@example.org" not in page
    assert not ContactAccess.objects.exists()
    page = read(carols, active, "campaign-person-messages")
    assert "<textarea" not in page
    answer = carols.post(find_page(active, "campaign-person-messages"), {"text": "Hello?"})
    assert "Contact pauses while a reviewer looks" in answer.content.decode()
    carols.post(find_page(active, "campaign-person-report"), {"kind": "other"})
    assert ProblemReport.objects.count() == 1


def test_who_is_gone_can_still_be_reported_and_is_not_named(cast: Cast, carols: Client, now: datetime) -> None:
    for state in (MatchState.REFUSED, MatchState.WITHDRAWN, MatchState.RELEASED):
        Match.objects.all().delete()
        match = make_match(cast, now, state)
        assert "Alice" not in read(carols, match, "campaign-person-report")
        assert "Thank you for saying it" in send(carols, match, "campaign-person-report", kind="other")
        ProblemReport.objects.all().delete()


def test_the_hand_over_ends_contact(cast: Cast, carols: Client, now: datetime) -> None:
    match = make_match(cast, now, MatchState.CLOSING)
    page = read(carols, match)
    assert "The hand-over ends on Monday, 16 March, " in page
    assert "Thank Alice in a line" in page
    assert "alice@example.org" in page
    asked = read(carols, match, "campaign-person-complete")
    assert "Not ticked yet, for Alice: “Accounts and files are handed back, and no copies are kept”." in asked
    assert "Not ticked yet, for you: “Access has been revoked”." in asked
    page = send(carols, match, "campaign-person-complete")
    assert "Alice has done it" in page
    assert "alice@example.org" not in page
    assert "no more messages can be written" in read(carols, match, "campaign-person-messages")


def test_a_session_that_ended_loses_nothing_that_was_typed(cast: Cast, carols: Client, active: Match) -> None:
    page = find_page(active, "campaign-person-messages")
    [owner] = re.findall(r'name="form_owner" value="(\w+)"', carols.get(page).content.decode())[:1]
    answer = Client().post(page, {"text": "A long letter", "form_owner": owner})
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert "kept" in answer.headers["Location"]
    assert not Message.objects.exists()
