"""“We think we’ve been hacked”: the steps for everybody, and for staff the form and what became of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from campaigns.actions.filings import state_filing
from campaigns.actions.registration import register_campaign
from campaigns.actions.sessions import sign_out_members
from campaigns.filing_rules import FilingChange
from campaigns.models import Campaign, Member, Request
from core.errors import WrongState
from core.models import ContactAccess, User
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, build_candidacy, create_user, sign_in_browser
from tests.web.campaigns.incidents import (
    SAFE_PHONE,
    find_address,
    make_asked,
    make_asked_again,
    make_called_off,
    make_ended,
    make_helped,
    make_new,
    make_nobody,
    make_stopped,
    make_taken,
)
from tests.web.journeys import FormReader, Walk

FIRST_STEP = "Take another device."
SCREENS, INPUTS = 2, 3
ANSWERS = {"kind": ["mail", "account", "unsure"], "since": "today", "contact": SAFE_PHONE}


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def give_safe_phone(cast: Cast, at: datetime) -> None:
    change = FilingChange(safe_phone=SAFE_PHONE)
    state_filing(actor=cast.carol, campaign=cast.campaign, change=change, at=at)


def test_one_click_from_pages_of_visitors_and_campaigns_leads_to_the_first_step(cast: Cast, carols: Client) -> None:
    visitor = Client()
    for address in ("/", "/help/", "/about/", "/accounts/login/", "/plan/outcome/?draft=a"):
        assert 'href="/hacked/"' in read(visitor, address), address
    assert 'href="/hacked/"' in visitor.get("/nothing/").content.decode()
    assert 'href="/hacked/"' in read(carols, f"/campaigns/{cast.campaign.public_id}/")

    assert FIRST_STEP in read(visitor, "/hacked/")
    assert FIRST_STEP in carols.get("/hacked/", follow=True).content.decode()


def test_pages_of_volunteers_do_not_lead_there(cast: Cast) -> None:
    alices, visitor = Client(), Client()
    sign_in_browser(alices, cast.alice)

    assert "hacked" not in read(alices, "/me/")
    assert "hacked" not in read(visitor, "/start/skills/?draft=a")


def test_pages_of_volunteers_lead_there_for_who_acts_for_a_campaign_or_is_no_volunteer_yet(
    cast: Cast, carols: Client
) -> None:
    newcomers = Client()
    sign_in_browser(newcomers, create_user("newcomer"))

    assert 'href="/hacked/"' in read(carols, "/me/")
    assert 'href="/hacked/"' in read(newcomers, "/me/")


def test_the_way_through_the_sign_in_warns_of_the_mailbox_and_opens_the_password(client: Client) -> None:
    page = client.get("/hacked/ask/", follow=True).content.decode()
    plain = read(client, "/accounts/login/")

    warning = "Is this mailbox the one they took? Do not use it."
    assert page.index(warning) < page.index("Send me a code")
    assert settings.OPERATOR["phone"] in page.partition(warning)[2].partition("Send me a code")[0]
    assert "<details open>" in page
    assert warning not in plain
    assert "<details open>" not in plain


def test_a_visitor_needs_neither_account_nor_form(cast: Cast, client: Client) -> None:
    page = read(client, "/hacked/")

    assert page.index(FIRST_STEP) < page.index("Get help now")
    for text in ('href="tel:+15550100"', "number in your public filing", "ic3.gov", "cisa.gov", "party committee"):
        assert text in page, text
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert FormReader(page).primary == 1


def test_to_report_takes_two_screens_and_three_inputs(cast: Cast, now: datetime) -> None:
    give_safe_phone(cast, now)
    walk = Walk()
    sign_in_browser(walk.client, cast.carol)
    address = walk.open("/hacked/")
    assert FIRST_STEP in walk.page
    fields = FormReader(walk.page).fields
    assert {name for name in fields if name} == {"kind", "since", "contact"}
    assert f'value="{SAFE_PHONE}"' in walk.page

    shown = walk.send(address, ANSWERS)

    incident = Request.objects.get(emergency=True)
    assert shown == find_address(incident)
    assert len(walk.screens) == SCREENS
    assert len(walk.filled) == INPUTS
    assert walk.posts == 1
    happened = "Our email; An account on social media or Google"
    assert incident.brief == f"What happened: {happened}\nSince when: Since today"
    assert incident.channel == SAFE_PHONE
    assert (incident.time_zone, incident.campaign) == (cast.request.time_zone, cast.campaign)
    assert f"The phone that you gave: {SAFE_PHONE}" in walk.page
    assert [notice.recipient for notice in cast.rita.notices.filter(kind="incident")] == [cast.rita]


def test_who_has_not_agreed_to_the_code_of_conduct_agrees_by_asking(cast: Cast, carols: Client) -> None:
    User.objects.update(conduct_accepted_at=None)
    address = reverse("hacked-report", args=[cast.campaign.public_id])
    assert "By asking, you agree to our code of conduct." in read(carols, address)

    carols.post(address, ANSWERS)

    cast.carol.refresh_from_db()
    assert cast.carol.conduct_accepted_at is not None


def test_what_is_missing_is_said_at_its_field(cast: Cast, carols: Client) -> None:
    address = reverse("hacked-report", args=[cast.campaign.public_id])

    wrong = carols.post(address, {"contact": "12"})
    endless = carols.post(address, ANSWERS | {"contact": "5" * 41})

    assert wrong.status_code == endless.status_code == 400
    assert [*wrong.context["page_form"].errors] == ["kind", "since", "contact"]
    assert [*endless.context["page_form"].errors] == ["contact"]
    assert FIRST_STEP in wrong.content.decode()
    assert not Request.objects.filter(emergency=True).exists()


def test_a_person_with_several_campaigns_chooses(cast: Cast, carols: Client, now: datetime) -> None:
    other = register_campaign(actor=cast.carol, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)

    page = read(carols, "/hacked/")

    assert page.index(FIRST_STEP) < page.index("Which campaign is it?")
    assert "need not sign in" not in page
    for campaign in (cast.campaign, other):
        assert reverse("hacked-report", args=[campaign.public_id]) in page


def test_without_the_second_factor_the_steps_and_the_phone_are_there(cast: Cast, client: Client) -> None:
    client.force_login(cast.carol)

    page = read(client, "/hacked/")

    assert FIRST_STEP in page
    assert "Lost it? Call us." in page
    assert SAFE_PHONE not in page
    assert client.get(reverse("hacked-report", args=[cast.campaign.public_id])).status_code == 302
    assert client.get("/hacked/ask/").status_code == 302


def test_a_signed_out_member_comes_back_to_the_form(cast: Cast, client: Client, carols: Client) -> None:
    assert client.get("/hacked/ask/")["Location"] == "/accounts/login/?next=/hacked/ask/"
    form = reverse("hacked-report", args=[cast.campaign.public_id])
    came = carols.get("/hacked/ask/", follow=True)
    assert came.redirect_chain[-1][0] == f"{form}?read=1"
    # The steps were read before the sign-in, so help comes first.
    assert "<details><summary>Read the three steps again</summary>" in came.content.decode()
    assert "<details>" not in read(carols, form)


def test_who_asks_for_nobody_here_gets_no_form(cast: Cast, now: datetime) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="treasurer", since=now)
    daves = Client()
    sign_in_browser(daves, cast.dave)

    assert "have its manager report it, or call us" in read(daves, "/hacked/")
    assert daves.get(reverse("hacked-report", args=[cast.campaign.public_id])).status_code == 404
    assert daves.get(make_new(cast, now)).status_code == 404


def test_the_safe_phone_is_filled_in_for_managers_and_for_its_owner(cast: Cast, carols: Client, now: datetime) -> None:
    sam = create_user("sam")
    Member.objects.create(campaign=cast.campaign, user=sam, position="staff", since=now)
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=now)
    give_safe_phone(cast, now)
    address = reverse("hacked-report", args=[cast.campaign.public_id])
    browsers = {user: Client() for user in (cast.dave, sam)}
    for user, browser in browsers.items():
        sign_in_browser(browser, user)

    assert SAFE_PHONE in read(carols, address)
    assert not ContactAccess.objects.exists()
    assert SAFE_PHONE in read(browsers[cast.dave], address)
    assert [(row.viewer_id, row.subject_id) for row in ContactAccess.objects.all()] == [(cast.dave.pk, cast.carol.pk)]
    assert SAFE_PHONE not in read(browsers[sam], address)


def test_what_was_typed_is_shown_in_the_session_that_typed_it_and_in_no_other(
    cast: Cast, carols: Client, now: datetime
) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=now)
    here = carols.post(reverse("hacked-report", args=[cast.campaign.public_id]), ANSWERS)["Location"]
    elsewhere, daves = Client(), Client()
    sign_in_browser(elsewhere, cast.carol)
    sign_in_browser(daves, cast.dave)

    assert SAFE_PHONE in read(carols, here)
    for browser in (elsewhere, daves):
        page = read(browser, here)
        assert SAFE_PHONE not in page
        assert "Our email" not in page


def test_the_status_is_told_in_stored_times_with_their_zone(
    cast: Cast, carols: Client, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = make_asked(cast, now)
    carols.get(address)

    with django_assert_num_queries(12):
        page = read(carols, address)

    assert "People are being asked now" in page
    assert "All times: Eastern time" in page
    for text in ("You reported it", "Our reviewers were told", "People were asked", "7 am"):
        assert text in page, text
    due_at = Match.objects.filter(state=MatchState.OFFERED).first().due_at  # type: ignore[union-attr]
    assert due_at is not None
    assert f'<time datetime="{due_at.isoformat()}">They answer by Monday, 2 March, 7:30 am, Eastern' in page


@pytest.mark.parametrize(
    ("make", "texts"),
    [
        (make_new, ("We have your report", "Load this page again then")),
        (make_taken, ("One of us has your report, and calls you", "7:05 am")),
        (make_asked_again, ("People were asked", "More people were asked", "were told to call you")),
        (make_nobody, ("Nobody on call is free", "+1 555 0100")),
        (make_helped, ("Erin said yes, and calls you", "7:07 am", "Open the page of Erin")),
        (
            make_called_off,
            (
                "You said that it was a false alarm",
                "7:02 am",
                "We call you by Tuesday, 3 March, 5 pm, Eastern time",
                'called by then, call us: <a class="nobreak" href="tel:+15550100">+1 555 0100</a>.',
                "Report it again",
            ),
        ),
        (make_stopped, ("All work for your campaign was stopped", "The candidate stopped the campaign", "7:03 am")),
        (make_ended, ("Your campaign has ended, and so has this", "It was called off", "We call you by")),
    ],
)
def test_each_state_is_said(cast: Cast, carols: Client, now: datetime, make, texts) -> None:  # type: ignore[no-untyped-def]
    page = read(carols, make(cast, now))

    for text in texts:
        assert text in page, text


@pytest.mark.parametrize("make", [make_stopped, make_ended])
def test_a_campaign_that_said_nothing_does_not_read_that_it_did(
    cast: Cast, carols: Client, now: datetime, make: Callable[[Cast, datetime], str]
) -> None:
    assert "false alarm" not in read(carols, make(cast, now))


def test_a_campaign_that_is_not_verified_reads_that_we_call_first(cast: Cast, now: datetime) -> None:
    register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    daves = Client()
    sign_in_browser(daves, cast.dave)
    address = daves.get("/hacked/")["Location"]
    assert "We have not checked your campaign yet." in read(daves, address)

    page = daves.post(address, ANSWERS, follow=True).content.decode()

    assert "We call the number in your public filing" in page
    assert broadcast_emergencies(at=timezone.now()) == 0

    Campaign.objects.filter(name="Roe").update(answer_due_at=timezone.now() + timedelta(days=1))
    incident = Request.objects.get(emergency=True)
    assert "at the latest, to make sure who you are" in read(daves, find_address(incident))
    false_alarm = find_address(incident, "incident-false-alarm")
    assert "No one was asked yet" in read(daves, false_alarm)
    over = daves.post(false_alarm, follow=True).content.decode()
    assert "No one had been asked yet. We call you by" in over
    assert "The people whom we asked" not in over


def test_the_form_leads_to_what_is_reported_already(cast: Cast, carols: Client, now: datetime) -> None:
    address = make_new(cast, now)

    assert address in read(carols, reverse("hacked-report", args=[cast.campaign.public_id]))


def test_the_desk_leads_to_where_it_stands(cast: Cast, carols: Client, now: datetime) -> None:
    address = make_new(cast, now)

    desk = read(carols, f"/campaigns/{cast.campaign.public_id}/")

    assert f'<a href="{address}">See where the report stands' in desk


def test_a_false_alarm_has_a_page_before_it_and_ends_it_kindly(cast: Cast, carols: Client, now: datetime) -> None:
    address = make_asked(cast, now)
    assert "The people whom we asked hear at once" in read(carols, f"{address}false-alarm/")
    assert Request.objects.get(emergency=True).state == "published"

    page = carols.post(f"{address}false-alarm/", follow=True).content.decode()

    assert "You said that it was a false alarm" in page
    assert carols.get(f"{address}false-alarm/")["Location"] == address
    assert "It was over already" in carols.post(f"{address}false-alarm/", follow=True).content.decode()
    assert {match.state for match in Match.objects.filter(request__emergency=True)} == {MatchState.SUPERSEDED}


def test_a_stranger_finds_nothing(cast: Cast, now: datetime) -> None:
    address, daves = make_new(cast, now), Client()
    sign_in_browser(daves, cast.dave)

    for page in (address, f"{address}false-alarm/", reverse("hacked-sign-out", args=[cast.campaign.public_id])):
        assert daves.get(page).status_code == 404
        assert Client().get(page).status_code == 302


def test_a_manager_signs_everyone_else_out_and_stays(cast: Cast, carols: Client, now: datetime) -> None:
    sam = create_user("sam")
    Member.objects.create(campaign=cast.campaign, user=sam, position="staff", since=now)
    sams, elsewhere, alices = Client(), Client(), Client()
    for browser, user in ((sams, sam), (elsewhere, cast.carol), (alices, cast.alice)):
        sign_in_browser(browser, user)
    address = reverse("hacked-sign-out", args=[cast.campaign.public_id])
    assert sams.get(address).status_code == 404
    assert "No letter tells them" in read(carols, address)

    copied = carols.cookies[settings.SESSION_COOKIE_NAME].value

    page = carols.post(address, follow=True)

    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = copied
    assert thief.get("/account/").status_code == 302
    assert "1 other member is signed out" in page.content.decode()
    assert carols.get(f"/campaigns/{cast.campaign.public_id}/").status_code == 200
    for browser in (sams, elsewhere):
        assert browser.get("/account/").status_code == 302
    assert alices.get("/account/").status_code == 200
    assert mail.outbox == []


def test_a_campaign_that_is_over_signs_nobody_out(cast: Cast, carols: Client, now: datetime) -> None:
    address = make_ended(cast, now)

    assert carols.post(reverse("hacked-sign-out", args=[cast.campaign.public_id])).status_code == 404
    assert "sign-out" not in read(carols, address)
    with pytest.raises(WrongState, match="This campaign is over"):
        sign_out_members(actor=cast.carol, campaign=cast.campaign, session=carols.session)
