"""Signing in with a code that is sent by mail, on pages and in the API."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from core.models import User
from tests.cast import Cast, create_user, ensure_totp

REQUEST, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"
AUTH, JSON = "/api/v1/auth/browser/v1/auth", "application/json"
API = f"{AUTH}/code"
PASSWORD = "correct horse battery"


@pytest.fixture
def alice(cast: Cast) -> User:
    EmailAddress.objects.create(user=cast.alice, email=cast.alice.email, verified=True, primary=True)
    return cast.alice


def read_code_in_subject(letter: EmailMessage) -> str:
    found = re.fullmatch(r"(\d{3} \d{3}) is your code", str(letter.subject))
    assert found is not None, letter.subject
    return found[1]


def ask_for_code(client: Client, email: str, **more: str) -> Any:
    return client.post(REQUEST, {"email": email, **more}, follow=True)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_code_in_the_subject_signs_in_with_its_space(alice: User, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    page = ask_for_code(client, alice.email, next="/my-data/").content.decode()
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page

    code = read_code_in_subject(mailoutbox[-1])
    assert code in str(mailoutbox[-1].body)
    answer = client.post(f"{CONFIRM}?next=/my-data/", {"code": f" {code} "})

    assert (answer.status_code, answer["Location"]) == (302, "/my-data/")
    assert is_signed_in(client)


def test_the_sign_in_page_sends_the_code_to_the_address_that_was_typed_there(
    alice: User, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    page = client.get("/accounts/login/").content.decode()
    assert page.index(f'action="{REQUEST}"') < page.index('type="password"')
    assert re.findall(r'class="button"[^>]*>([^<]+)', page) == ["Send me a code"]

    asked = client.post(REQUEST, {"login": alice.email, "password": "", "next": "/my-data/"})
    unsaid = Client().post(REQUEST, {"login": " ", "password": ""})

    assert asked["Location"] == f"{CONFIRM}?next=%2Fmy-data%2F"
    assert [letter.to for letter in mailoutbox] == [[alice.email]]
    assert (unsaid.status_code, "error-text" in unsaid.content.decode()) == (200, False)


def test_a_wrong_address_is_changed_from_the_page_of_the_code(alice: User, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    page = ask_for_code(client, "alcie@example.org", next="/my-data/").content.decode()
    change = re.search(r'href="([^"]+)">Change the address', page)
    assert change is not None
    assert change[1] == "/accounts/login/?next=%2Fmy-data%2F"

    sign_in = client.get(change[1])
    assert (sign_in.status_code, "alcie" in sign_in.content.decode()) == (200, False)
    assert client.get(CONFIRM).status_code == 200, "looking at the page forgets nothing"
    page = ask_for_code(client, alice.email, next="/my-data/").content.decode()

    assert alice.email in page
    assert mailoutbox[-1].to == [alice.email]
    answer = client.post(f"{CONFIRM}?next=/my-data/", {"code": read_code_in_subject(mailoutbox[-1])})
    assert (answer["Location"], is_signed_in(client)) == ("/my-data/", True)


def test_an_unknown_address_reads_what_to_do_in_an_emergency(db: None, mailoutbox: list[EmailMessage]) -> None:
    ask_for_code(Client(), "nobody@example.org", next="/hacked/ask/")

    body = str(mailoutbox[-1].body)
    assert "/hacked/" in body
    assert settings.OPERATOR["phone"] in body


def test_a_new_code_is_sent_from_the_page_of_the_code(alice: User, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    ask_for_code(client, alice.email)
    first = read_code_in_subject(mailoutbox[-1])
    ask_for_code(client, alice.email)

    assert [letter.to for letter in mailoutbox] == [[alice.email], [alice.email]]
    assert read_code_in_subject(mailoutbox[-1]) != first


def test_a_wrong_password_leaves_the_address_in_both_forms_and_the_password_in_sight(alice: User) -> None:
    page = Client().post("/accounts/login/", {"login": alice.email, "password": "wrong"}).content.decode()

    assert len(re.findall(rf'name="login"[^>]*value="{alice.email}"', page)) == 2
    assert "<details open" in page
    assert "<details open" not in Client().get("/accounts/login/").content.decode()


def test_a_code_does_not_replace_the_second_factor(alice: User, mailoutbox: list[EmailMessage]) -> None:
    ensure_totp(alice)
    client = Client()
    ask_for_code(client, alice.email)

    answer = client.post(CONFIRM, {"code": read_code_in_subject(mailoutbox[-1])})

    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_known_and_unknown_addresses_get_the_same_pages_and_one_letter_each(
    alice: User, mailoutbox: list[EmailMessage]
) -> None:
    def try_address(email: str) -> list[tuple[int, str]]:
        client = Client()
        answers = [ask_for_code(client, email)]
        answers += [client.post(CONFIRM, {"code": "000000"}, follow=True) for _attempt in range(4)]
        texts = [re.sub(r'value="[\w-]{43,}"|"[\w-]{22}"', "", answer.content.decode()) for answer in answers]
        return [(answer.status_code, text.replace(email, "")) for answer, text in zip(answers, texts, strict=True)]

    known, unknown = try_address(alice.email), try_address("nobody@example.org")

    assert known == unknown
    assert [letter.to for letter in mailoutbox] == [[alice.email], ["nobody@example.org"]]


def test_an_address_that_was_only_claimed_gets_no_code(db: None, mailoutbox: list[EmailMessage]) -> None:
    claimer = create_user("claimed")
    EmailAddress.objects.create(user=claimer, email=claimer.email, verified=False, primary=True)

    ask_for_code(Client(), claimer.email)
    Client().post(f"{API}/request", {"email": claimer.email}, JSON)

    assert len(mailoutbox) == 2
    assert not any("is your code" in letter.subject for letter in mailoutbox)


@pytest.mark.parametrize("kind", ["page", "api"])
def test_a_code_is_guessed_at_three_times_at_most(alice: User, mailoutbox: list[EmailMessage], kind: str) -> None:
    client = Client()
    ask_for_code(client, alice.email)
    stolen = dict(client.session.items())
    code = read_code_in_subject(mailoutbox[-1])
    statuses = []
    for attempt in range(4):
        # Guesses at once do not see each other's count in the session.
        session = client.session
        session.update(stolen)
        session.save()
        guess = code if attempt == 3 else "000000"
        if kind == "page":
            statuses.append(client.post(CONFIRM, {"code": guess}).status_code)
        else:
            statuses.append(client.post(f"{API}/confirm", {"code": guess}, JSON).status_code)

    assert statuses[-1] == 429
    assert not is_signed_in(client)


def test_an_address_gets_five_codes_an_hour(alice: User, mailoutbox: list[EmailMessage]) -> None:
    pages = [ask_for_code(Client(), alice.email) for _time in range(6)]

    assert len(mailoutbox) == 5
    assert "Too many codes were sent to this address." in pages[-1].content.decode()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/accounts/login/code/", {"email": "alice@example.org"}),
        ("/api/v1/auth/app/v1/auth/code/request", {"email": "alice@example.org"}),
        ("/accounts/password/reset/", {"email": "alice@example.org"}),
        ("/api/v1/auth/app/v1/auth/password/request", {"email": "alice@example.org"}),
    ],
)
def test_a_stranger_uses_up_no_letters_of_another_network(
    alice: User, mailoutbox: list[EmailMessage], settings: Any, path: str, body: dict[str, str]
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    asked: list[Any] = [path, body, *(["application/json"] if "/api/" in path else [])]
    for _time in range(12):
        last = Client(headers={"X-Forwarded-For": "192.0.2.1"}).post(*asked)
    assert len(mailoutbox) == 5
    assert last.status_code in (200, 429)

    Client(headers={"X-Forwarded-For": "192.0.2.2"}).post(*asked)

    assert len(mailoutbox) == 6


def test_who_asks_for_too_many_codes_reads_how_long_to_wait(alice: User) -> None:
    cache.clear()
    pages = [ask_for_code(Client(), alice.email).content.decode() for _ in range(6)]
    assert "Too many codes were sent to this address. Wait an hour" in pages[-1]
    for number in range(20):
        ask_for_code(Client(), f"alice{number}@example.net")

    page = ask_for_code(Client(), "another@example.net").content.decode()

    assert "Too many codes were asked for from your network. Wait a minute, then ask again." in page


@pytest.mark.parametrize("written", ["ada@stra\u00dfe.example", "ada@STRA\u00dfe.example", "ada@xn--strae-oqa.example"])
def test_however_the_domain_is_written_it_is_one_account(
    cast: Cast, mailoutbox: list[EmailMessage], written: str
) -> None:
    stored = "ada@xn--strae-oqa.example"
    ada = User.objects.create(email=stored)
    ada.set_password(PASSWORD)
    ada.save()
    EmailAddress.objects.create(user=ada, email=stored, verified=True, primary=True)

    by_page, by_api = Client(), Client()
    by_page.post("/accounts/login/", {"login": written, "password": PASSWORD})
    answer = by_api.post(f"{AUTH}/login", {"email": written, "password": PASSWORD}, JSON)
    ask_for_code(Client(), written)
    Client().post("/accounts/password/reset/", {"email": written})
    Client().post(f"{AUTH}/password/request", {"email": written}, JSON)

    assert (is_signed_in(by_page), answer.status_code) == (True, 200)
    assert [letter.to for letter in mailoutbox] == [[stored]] * 3
    assert not any("no account" in str(letter.body).lower() for letter in mailoutbox)
