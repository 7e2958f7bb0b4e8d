"""The way of an invited colleague from the letter to the campaign's desk, and the links that lead nowhere."""

import re
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from campaigns.actions.invitations import MEMBER_INVITATION_LIFETIME, invite_member, revoke_invitation
from campaigns.invitation_queries import derive_invitation_token
from campaigns.models import Campaign, Member, MemberInvitation
from core.models import User
from core.notifications.delivery import deliver_due_notices
from tests.cast import Cast, create_user, sign_in_browser
from tests.web.campaigns import member_states as states
from tests.web.campaigns.people import find_desk, open_browser
from tests.web.journeys import Walk
from tests.web.volunteers.start_steps import read_code

SCREENS, POSTS, FIELDS, TYPED_FIELDS = 4, 3, 2, 2
ERIN = "erin@example.org"
ENDED = "This invitation has ended."


@pytest.fixture(autouse=True)
def _carol_has_proved_her_address(cast: Cast) -> None:
    states.prove_address_of_carol(cast)


def read_text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def make_unverified(cast: Cast) -> None:
    Campaign.objects.filter(pk=cast.campaign.pk).update(state="unverified", verified_at=None, verified_by=None)


def read_letter(mailoutbox: list[EmailMessage], now: datetime) -> EmailMessage:
    deliver_due_notices(at=now)
    [letter] = [letter for letter in mailoutbox if letter.to == [ERIN]]
    return letter


def test_a_new_colleague_comes_from_the_letter_to_the_desk_within_the_budget(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    make_unverified(cast)
    states.invite_erin(cast, now)
    letter = str(read_letter(mailoutbox, now).body)
    link = re.search(r"https?://[^/\s]+(/join/\S+/)", letter)
    assert link is not None
    walk = Walk()

    walk.open(link[1])
    assert "carol@example.org asks you to work with them" in read_text(walk.page)
    code = walk.send(link[1], {})
    invited = walk.send(code, {"code": read_code(mailoutbox[-1]).replace(" ", "")})
    desk = walk.send(invited, {"first_name": "Erin"})

    assert (code, invited, desk) == ("/invited/code/", "/invited/", find_desk(cast.campaign))
    assert "You act for" in walk.page
    assert (len(walk.screens), walk.posts, len(walk.filled)) == (SCREENS, POSTS, FIELDS)
    assert len(walk.typed_fields) == TYPED_FIELDS
    erin = User.objects.get(email=ERIN)
    assert not erin.has_usable_password()
    assert erin.first_name == "Erin"
    assert Member.objects.get(user=erin).position == "staff"


def test_who_joins_a_checked_campaign_is_led_to_the_second_factor_and_then_to_the_desk(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    client, link = Client(), states.find_link(states.invite_erin(cast, now))
    client.post(link)
    client.post("/invited/code/", {"code": read_code(mailoutbox[-1])})

    joined = client.post("/invited/", follow=True)

    assert joined.redirect_chain == [(find_desk(cast.campaign), 302), (reverse("mfa_index"), 302)]
    assert client.session["wanted_before_factor"] == find_desk(cast.campaign)


def test_a_first_name_goes_to_strangers_only_for_a_checked_campaign(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    User.objects.filter(pk=cast.carol.pk).update(first_name="Carola")
    link = states.find_link(states.invite_erin(cast, now))
    letter = read_letter(mailoutbox, now)

    assert "Carola (carol@example.org) asks you to work for" in str(letter.body)
    assert "Carola" not in str(letter.subject)
    assert "Carola (carol@example.org)" in read_text(Client().get(link).content.decode())
    make_unverified(cast)
    assert "Carola" not in Client().get(link).content.decode()


def test_an_account_that_has_the_address_joins_with_a_code_too(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    make_unverified(cast)
    erin = create_user("erin")
    count = User.objects.count()
    client, link = Client(), states.find_link(states.invite_erin(cast, now))
    sent = client.post(link)
    assert sent["Location"] == "/invited/code/"
    client.post("/invited/code/", {"code": read_code(mailoutbox[-1])})

    client.post("/invited/")

    assert Member.objects.filter(user=erin, campaign=cast.campaign).exists()
    assert User.objects.count() == count


def test_known_and_unknown_addresses_have_the_same_pages(cast: Cast, now: datetime) -> None:
    pages = []
    for email in ("bob@example.org", "zoe@example.org"):
        invitation = invite_member(actor=cast.carol, campaign=cast.campaign, email=email, position="staff", at=now)
        client, link = Client(), states.find_link(invitation)
        shown = [client.get(link), client.post(link), client.get("/invited/code/")]
        texts = [read_text(answer.content.decode()).replace(f"{email[0]}…", "x…") for answer in shown]
        pages.append([re.sub(r"\d+ second", "some second", text) for text in texts])
    assert pages[0] == pages[1]


def test_a_stranger_with_the_link_reads_what_the_letter_says(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    invitation = states.invite_erin(cast, now)
    letter = read_letter(mailoutbox, now)
    said = f"carol@example.org asks you to work for {cast.campaign.name} on Handraiser. Your position would be: Staff."

    client = Client()
    page = client.get(states.find_link(invitation)).content.decode()
    client.post(states.find_link(invitation))
    code_page = client.get("/invited/code/").content.decode()

    assert letter.subject == "You are invited to Handraiser"
    assert said in str(letter.body)
    assert said in read_text(page)
    for shown in (page, code_page):
        assert ERIN not in shown
        assert "e…@example.org" in shown


@pytest.mark.parametrize("by", ["candidate", "reviewer", "claimer"])
def test_only_a_member_with_a_proved_address_is_named(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage], by: str
) -> None:
    make_unverified(cast)
    invitation = states.invite_erin(cast, now)
    if by == "claimer":
        EmailAddress.objects.update(verified=False)
    else:
        MemberInvitation.objects.update(invited_by=cast.rita if by == "reviewer" else None)

    body = str(read_letter(mailoutbox, now).body)
    page = Client().get(states.find_link(invitation)).content.decode()

    said = "You are asked to work on Handraiser for a campaign that we have not checked yet. Your position"
    assert said in body
    assert said in read_text(page)
    for text in (body, page):
        assert not [name for name in ("carol", "rita", cast.campaign.name) if name in text]


def test_a_scanner_that_opens_the_link_uses_nothing_up(cast: Cast, now: datetime) -> None:
    link, scanner = states.find_link(states.invite_erin(cast, now)), Client()
    for _time in range(3):
        assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200
    assert not scanner.cookies.get(settings.SESSION_COOKIE_NAME)
    assert MemberInvitation.objects.get().used_at is None


def test_the_secret_stands_in_the_first_address_only(cast: Cast, now: datetime, mailoutbox: list[EmailMessage]) -> None:
    invitation = states.invite_erin(cast, now)
    token, client = derive_invitation_token(invitation.public_id), Client()
    sent = client.post(states.find_link(invitation), follow=True)
    signed_in = client.post("/invited/code/", {"code": read_code(mailoutbox[-1])}, follow=True)
    for answer in (sent, signed_in):
        assert not [address for address, _status in answer.redirect_chain if token in address]
        assert token not in answer.content.decode()
    assert token not in str(dict(client.session))


@pytest.mark.parametrize("page", ["/plan/code/", "/plan/email/", "/start/code/", "/start/fits/"])
def test_no_other_page_shows_the_address_that_the_invitation_hides(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage], page: str
) -> None:
    client = Client()
    client.post(states.find_link(states.invite_erin(cast, now)))
    assert len(mailoutbox) == 1

    assert ERIN not in client.get(page, follow=True).content.decode()
    assert ERIN not in client.post(page, {"code": "000000"}, follow=True).content.decode()


def test_another_account_reads_whose_the_invitation_is(cast: Cast, now: datetime) -> None:
    link, bobs = states.find_link(states.invite_erin(cast, now)), open_browser(cast.bob)
    page = bobs.get(link).content.decode()
    assert "you are signed in as bob@example.org" in read_text(page)
    assert "e…@example.org" in page
    assert ERIN not in page
    assert ">Join<" not in page
    assert bobs.post(link).status_code == 303
    assert not Member.objects.filter(user=cast.bob).exists()


def test_the_account_that_was_invited_joins_at_the_link_itself(cast: Cast, now: datetime) -> None:
    client, link = Client(), states.find_link(states.invite_erin(cast, now))
    sign_in_browser(client, create_user("erin"))
    assert f"{cast.campaign.name} asks you to act for it here." in read_text(client.get(link).content.decode())
    assert client.post(link)["Location"] == find_desk(cast.campaign)


@pytest.mark.parametrize("end", ["used", "taken back", "late", "never sent"])
@pytest.mark.parametrize("reader", ["", "bob"])
def test_a_link_that_ended_says_so_always_the_same(cast: Cast, now: datetime, end: str, reader: str) -> None:
    invitation, client = states.invite_erin(cast, now), Client()
    link = states.find_link(invitation)
    if reader:
        sign_in_browser(client, cast.bob)
    if end == "used":
        MemberInvitation.objects.update(used_at=now, email="")
    elif end == "taken back":
        revoke_invitation(actor=cast.carol, invitation=invitation, at=now)
    elif end == "late":
        MemberInvitation.objects.update(
            invited_at=now - MEMBER_INVITATION_LIFETIME, expires_at=now - timedelta(seconds=1)
        )
    else:
        link = "/join/nothing/"
    ended, nothing = client.get(link), client.get("/join/nothing/")
    assert ENDED in ended.content.decode()
    assert read_text(ended.content.decode()) == read_text(nothing.content.decode())
    assert client.post(link).status_code == (303 if reader else 302)
    assert not Member.objects.filter(user__email__in=(ERIN, "bob@example.org")).exists()


def test_one_that_ends_while_the_code_is_on_its_way_says_so(cast: Cast, now: datetime) -> None:
    invitation, client = states.invite_erin(cast, now), Client()
    client.post(states.find_link(invitation))
    revoke_invitation(actor=cast.carol, invitation=invitation, at=now)
    assert ENDED in client.get("/invited/code/", follow=True).content.decode()
    assert ENDED in Client().get("/invited/").content.decode()


def test_a_page_of_an_invitation_takes_a_fixed_number_of_queries(
    cast: Cast, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    link, client = states.find_link(states.invite_erin(cast, now)), Client()
    with django_assert_num_queries(3):
        client.get(link)
