"""What a reviewer with a part in a contest may ask about a person tells nothing of what they do in it.

Ruth reviews, and is on the staff of Roe for Senate, which stands against Doe for Senate.
"""

import re
from datetime import datetime
from html import unescape

import pytest
from django.test import Client

from campaigns.actions.registration import register_campaign
from core.models import Notice, User
from matching.models import Match
from tests.cast import Cast, build_candidacy, create_user, create_volunteer
from volunteers.actions.level_questions import ask_skill_level


def shown_preview(browser: Client, user: User) -> str:
    """What the page before an erasure says, without what differs for each account."""
    return str(browser.get(f"/admin/core/user/{user.pk}/erase/").context["summary"])


@pytest.fixture
def stranger(cast: Cast, now: datetime) -> User:
    """A volunteer with no part in anything."""
    user = create_user("stranger")
    create_volunteer(user, now)
    return user


def test_an_erasure_does_not_tell_who_acts_for_a_hidden_campaign(
    ruths_browser: Client, reviewer_client: Client, cast: Cast
) -> None:
    of_nobody, of_manager = shown_preview(ruths_browser, cast.dave), shown_preview(ruths_browser, cast.carol)

    assert of_manager == of_nobody
    assert "Your access to campaigns" in shown_preview(reviewer_client, cast.carol)


def test_an_erasure_does_not_tell_who_alone_manages_one(ruths_browser: Client, cast: Cast, now: datetime) -> None:
    page = f"/admin/core/user/{cast.carol.pk}/erase/"

    refused = ruths_browser.post(page, {"asked": "on"}).content.decode()

    assert "You have a part in a contest of this person" in refused
    assert "Something has to be done first" not in refused


def test_a_try_that_cannot_succeed_anyway_does_not_tell_of_a_part(
    ruths_browser: Client, cast: Cast, now: datetime
) -> None:
    candidacy = build_candidacy("Nan Elsewhere", now, district="9")
    register_campaign(actor=cast.carol, candidacy=candidacy, name="Elsewhere", at=now)

    refused = ruths_browser.post(f"/admin/core/user/{cast.carol.pk}/erase/", {"asked": "on"}).content.decode()

    assert "Something has to be done first" in refused
    assert "You have a part in a contest" not in refused


def test_an_erasure_does_not_tell_who_was_placed_there(
    ruths_browser: Client, reviewer_client: Client, cast: Cast, match: Match, stranger: User
) -> None:
    assert shown_preview(ruths_browser, cast.alice) == shown_preview(ruths_browser, stranger)
    assert "Hours and expenses stay" in shown_preview(reviewer_client, cast.alice)


def test_the_page_of_a_volunteer_does_not_tell_of_an_offer_or_of_work_that_ended(
    ruths_browser: Client, reviewer_client: Client, cast: Cast, match: Match, now: datetime
) -> None:
    people = "/admin/volunteers/volunteer/"
    told = {"waiting_since", "rest_until", "answer_due_at", "answer_escalated_at"}

    def shown(browser: Client) -> tuple[set[str], set[str], list[str]]:
        form = browser.get(f"{people}{match.volunteer_id}/change/").context["adminform"]
        listed = browser.get(people).context["cl"]
        fields = {name for fieldset in form.fieldsets for name in fieldset[1]["fields"]}
        return fields & told, set(listed.list_display) & told, listed.get_ordering_field_columns()

    assert shown(reviewer_client)[:2] == (told, {"waiting_since", "answer_due_at"})
    assert shown(ruths_browser)[:2] == (set(), set())
    assert ruths_browser.get(f"{people}?answer_due_at__isempty=0").status_code == 400
    assert ruths_browser.get(f"{people}").context["cl"].queryset.query.order_by[0] == "-pk"


def test_the_start_page_leads_to_a_list_that_opens(ruths_browser: Client, cast: Cast, now: datetime) -> None:
    said = ruths_browser.get("/admin/").content.decode()

    addresses = re.findall(r'href="(/admin/\w+/\w+/\?[^"]*)"', said)
    assert "/admin/volunteers/volunteer/?" in addresses
    assert {ruths_browser.get(unescape(address)).status_code for address in addresses} == {200}


def test_a_question_about_a_level_does_not_tell_who_was_considered(
    ruths_browser: Client, reviewer_client: Client, match: Match, now: datetime
) -> None:
    ask_skill_level(volunteer=match.volunteer, skill=match.seat.role.skill, at=now)
    questions = "/admin/volunteers/levelquestion/"

    counts = [browser.get(questions).context["cl"].result_count for browser in (reviewer_client, ruths_browser)]

    assert counts == [1, 0]


def test_a_notice_does_not_tell_what_was_written_to_a_person(
    ruths_browser: Client, reviewer_client: Client, cast: Cast, match: Match, now: datetime
) -> None:
    notices = "/admin/core/notice/"
    aside = Notice.objects.filter(recipient=cast.alice).earliest("pk")
    Notice.objects.filter(pk=aside.pk).update(failed_at=now, attempts=5, sent_at=None)

    page, browsers = f"{notices}{aside.pk}/change/", (reviewer_client, ruths_browser)
    shown = [set(browser.get(notices).context["cl"].queryset) for browser in browsers]
    said = [browser.get(page).content.decode() for browser in browsers]

    assert shown == [set(Notice.objects.all()), {aside}]
    assert ["alice@example.org" in text for text in said] == [True, False]


def test_what_other_reviewers_were_shown_does_not_tell_who_acts_for_a_campaign(
    ruths_browser: Client, reviewer_client: Client, cast: Cast, ruth: User
) -> None:
    reviewer_client.get("/admin/campaigns/member/")
    ruths_browser.get(f"/admin/core/user/{cast.dave.pk}/change/")
    log = "/admin/core/contactaccess/"

    rows = [set(browser.get(log).context["cl"].queryset) for browser in (reviewer_client, ruths_browser)]

    assert cast.carol.pk in {row.subject_id for row in rows[0]}
    assert [{row.viewer_id for row in listed} for listed in rows] == [{cast.rita.pk, ruth.pk}, {ruth.pk}]
