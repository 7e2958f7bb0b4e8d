import re
from datetime import datetime

from allauth.account.models import EmailAddress
from django.test import Client

from core.models import User
from tests.cast import Cast, sign_in_browser


def test_the_home_page_names_the_skills_that_are_wanted_now(cast: Cast, now: datetime) -> None:
    page = " ".join(Client().get("/").content.decode().split())
    assert "Most wanted just now: Front end. Five minutes, no CV." in page
    type(cast.request).objects.update(is_on_board=False)
    assert "Websites, emails, data" in Client().get("/").content.decode()


def test_the_home_page_says_what_this_is_and_where_to_go(db: None) -> None:
    page = Client().get("/")

    assert page.status_code == 200
    assert "See what fits me" in page.content.decode()
    policy = page["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert page["Referrer-Policy"] == "same-origin"


def test_a_campaign_comes_from_the_first_page_to_its_plan_before_and_after_its_sign_up(cast: Cast) -> None:
    client = Client()
    for _each in range(2):
        assert 'href="/plan/">Plan a project</a>' in client.get("/").content.decode()
        assert 'href="/plan/">Plan a project</a>' in client.get("/for-campaigns/").content.decode()
        client.force_login(cast.dave)

    assert "for people who work for a campaign" in Client().get("/accounts/signup/").content.decode()


def test_reviewers_find_their_list_on_it(reviewer_client: Client) -> None:
    assert "/admin/matching/proposal/" in reviewer_client.get("/").content.decode()


def test_known_and_unknown_addresses_get_the_same_answer(db: None) -> None:
    User.objects.create_user("known@example.org", "correct horse battery")
    answers = []
    for email in ("known@example.org", "unknown@example.org"):
        page = Client().post("/accounts/login/", {"login": email, "password": "wrong"})
        answers.append((page.status_code, page.content.decode().count("errorlist")))

    assert answers[0] == answers[1]


def test_signing_in_to_the_admin_goes_through_the_same_door(db: None) -> None:
    page = Client().get("/admin/matching/proposal/", follow=True)

    assert page.redirect_chain[-1] == ("/accounts/login/?next=/admin/matching/proposal/", 302)


def test_who_does_not_review_is_shown_out(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.alice)

    assert client.get("/admin/", follow=True).status_code == 403


def test_health_and_schema_answer(cast: Cast) -> None:
    assert Client().get("/healthz").content == b"ok\n"
    assert Client().get("/api/schema").status_code == 200


def test_how_to_sign_in_is_described_beside_our_own_api(client: Client, db: None) -> None:
    paths = client.get("/api/v1/auth/openapi.json").json()["paths"]

    assert "/api/v1/auth/{client}/v1/auth/login" in paths


def test_the_only_address_has_no_buttons_that_make_no_sense(cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.alice, email=cast.alice.email, verified=True, primary=True)
    client = Client()
    client.force_login(cast.alice)
    buttons = ("action_primary", "action_send", "action_remove")

    one = client.get("/accounts/email/").content.decode()
    assert "alice@example.org" in one
    assert [button for button in buttons if button in one] == []

    EmailAddress.objects.create(user=cast.alice, email="new@example.org", verified=False, primary=False)
    two = client.get("/accounts/email/").content.decode()
    assert [two.count(f'name="{button}"') for button in buttons] == [1, 1, 1]


def test_who_acts_for_a_campaign_and_raised_no_hand_finds_its_desk_behind_the_first_button(cast: Cast) -> None:
    carols, alices = Client(), Client()
    sign_in_browser(carols, cast.carol)
    sign_in_browser(alices, cast.alice)

    of_carol, of_alice = (client.get("/").content.decode() for client in (carols, alices))

    assert re.findall(r'class="button" href="([^"]+)"', of_carol) == [f"/campaigns/{cast.campaign.public_id}/"]
    assert re.findall(r'class="button" href="([^"]+)"', of_alice) == ["/me/"]


def test_help_is_there_for_a_candidate_who_did_not_ask_for_the_campaign(db: None) -> None:
    page = " ".join(Client().get("/help/").content.decode().split())

    assert "A campaign acts in my name" in page
    assert "Are you a candidate, and a campaign is here that you did not ask for? Call us: +1 555 0100." in page


def test_the_operator_of_a_demo_is_named_in_the_readers_language(db: None) -> None:
    page = Client(headers={"Accept-Language": "es"}).get("/about/").content.decode()

    assert "Nadie: esto es una demostración" in page
    assert "Solo a campañas inventadas" in page


def test_no_page_promises_all_that_is_held(db: None, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.alice)

    for address in ("/about/", "/account/", "/me/profile/", "/my-data/"):
        assert "verything that" not in client.get(address).content.decode()
