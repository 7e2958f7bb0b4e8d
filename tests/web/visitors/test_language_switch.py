"""The switch of languages at the foot of each page."""

from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client

from core.models import User
from tests.cast import Cast, sign_in_browser
from tests.delivered_mail import deliver_secret_letters
from tests.web.campaigns.candidate_states import make_question
from web.visitors.language_pages import MAX_ADDRESS_LENGTH

SWITCH = "/language/"


def read_page(client: Client, address: str = "/") -> str:
    return str(client.get(address).content.decode())


def test_a_visitor_switches_and_comes_back_to_the_same_page(db: None) -> None:
    client = Client()
    assert '<button type="submit" name="language" value="es" lang="es">Español</button>' in read_page(client, "/help/")

    answer = client.post(SWITCH, {"language": "es", "next": "/help/?a=1"})

    assert (answer.status_code, answer["Location"]) == (302, "/help/?a=1")
    page = read_page(client, "/help/")
    assert '<html lang="es"' in page
    assert '<button type="submit" name="language" value="en" lang="en">English</button>' in page
    assert '<b lang="es">Español</b>' in page
    client.post(SWITCH, {"language": "en", "next": "/help/"})
    assert '<html lang="en"' in read_page(client, "/help/")


def test_the_choice_is_a_cookie_that_no_script_reads(db: None) -> None:
    cookie = Client().post(SWITCH, {"language": "es"}).cookies[settings.LANGUAGE_COOKIE_NAME]

    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["path"]) == ("es", True, "Lax", "/")
    assert cookie["max-age"] == 365 * 24 * 3600


def test_the_choice_is_kept_on_signing_in_and_letters_follow_a_switch_of_who_is_signed_in(cast: Cast) -> None:
    client = Client()
    client.post(SWITCH, {"language": "es"})
    sign_in_browser(client, cast.alice)
    assert '<html lang="es"' in read_page(client, "/me/")
    assert User.objects.get(pk=cast.alice.pk).language == "en"

    client.post(SWITCH, {"language": "es", "next": "/me/"})
    assert User.objects.get(pk=cast.alice.pk).language == "es"


def test_the_account_shows_the_language_of_its_letters_and_changes_it(cast: Cast) -> None:
    client = Client()
    client.post(SWITCH, {"language": "es"})
    sign_in_browser(client, cast.alice)

    # The pages are Spanish here, the letters are not yet: both can be chosen.
    main = read_page(client, "/account/").partition("<main")[2].partition("</main>")[0]
    assert '<b lang="en">English</b>' in main
    assert 'value="es" lang="es">Español</button>' in main


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "help/", "", "/" * 9_000],
)
def test_it_leads_to_no_other_site(db: None, address: str) -> None:
    assert Client().post(SWITCH, {"language": "es", "next": address})["Location"] == "/"


def test_an_address_has_a_bound(db: None) -> None:
    longest = "/?" + "a" * (MAX_ADDRESS_LENGTH - 2)

    assert Client().post(SWITCH, {"language": "es", "next": longest})["Location"] == longest
    assert Client().post(SWITCH, {"language": "es", "next": f"{longest}a"})["Location"] == "/"


@pytest.mark.parametrize("language", ["", "tlh", "es-MX", "x" * 5_000])
def test_an_unknown_language_changes_nothing(cast: Cast, language: str) -> None:
    client = Client()
    sign_in_browser(client, cast.alice)

    answer = client.post(SWITCH, {"language": language, "next": "/me/"})

    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies
    assert User.objects.get(pk=cast.alice.pk).language == "en"


def test_a_link_alone_and_a_form_of_another_site_change_nothing(db: None) -> None:
    assert Client().get(f"{SWITCH}?language=es").status_code == 405
    assert Client(enforce_csrf_checks=True).post(SWITCH, {"language": "es"}).status_code == 403


def test_a_candidate_switches_on_the_page_of_their_link(cast: Cast, now: datetime) -> None:
    client, address = Client(), make_question(cast, now)
    assert "Español" in read_page(client, address)

    assert client.post(SWITCH, {"language": "es", "next": address})["Location"] == address

    page = read_page(client, address)
    assert "¿Esta campaña actúa en su nombre?" in page


@pytest.mark.parametrize("address", ["/nothing/", "/accounts/login/", "/start/skills/", "/plan/"])
def test_every_page_has_it_errors_too(db: None, address: str) -> None:
    page = Client().get(address, follow=True).content.decode()

    assert page.count('class="languages"') == 1


def test_a_letter_about_an_account_is_in_its_language_whatever_the_page_speaks(cast: Cast) -> None:
    User.objects.filter(pk=cast.alice.pk).update(language="es")

    Client().post("/accounts/password/reset/", {"email": "alice@example.org"})
    Client(headers={"Accept-Language": "es"}).post("/accounts/password/reset/", {"email": "bob@example.org"})

    to_alice, to_bob = (str(letter.body) for letter in deliver_secret_letters())
    assert ("contraseña" in to_alice, "contraseña" in to_bob) == (True, False)


def test_who_signs_up_in_spanish_has_a_spanish_account_and_letter(db: None) -> None:
    form = {"email": "new@example.org", "password1": "a long enough password"}
    Client(headers={"Accept-Language": "es"}).post("/accounts/signup/", form)

    assert User.objects.get(email="new@example.org").language == "es"
    [letter] = deliver_secret_letters()
    assert letter.body.startswith("Alguien dio esta dirección")
