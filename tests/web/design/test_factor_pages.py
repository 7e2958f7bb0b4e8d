"""The pages and letters of the second factor: they offer what the account has, in our own words."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from core.models import User
from tests.cast import Cast, ensure_totp
from tests.core.accounts.conftest import at_once, confirmed_addresses, set_up
from tests.core.accounts.mfa_clients import browser
from tests.core.accounts.passkey_device import Device
from tests.core.accounts.sign_in_changes import Browser
from tests.core.accounts.test_passkeys import add

__all__ = ["at_once", "confirmed_addresses", "set_up"]  # fixtures
pytestmark = pytest.mark.usefixtures("confirmed_addresses")
AUTHENTICATE, REAUTHENTICATE = "/accounts/2fa/authenticate/", "/accounts/2fa/reauthenticate/"
FOREIGN = re.compile(
    r"security key|two-factor|authenticat(?:or code|ion)|passwordless|master key|deactivate|invalidate|generated?"
    r"|IP address|user agent|are you sure|incorrect code|unspecified|alternative options",
    re.IGNORECASE,
)
"""What allauth's own templates say."""
PASSKEY, APP, RECOVERY = "Use your passkey", "Code from your app", "recovery code"


@pytest.fixture(autouse=True)
def no_counts(db: None) -> None:
    cache.clear()


def read_visible(page: Any) -> str:
    main = page.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"<[^>]+>", " ", re.sub(r"<script.*?</script>", "", main, flags=re.DOTALL))


def add_passkey(user: User) -> None:
    """A passkey, and nothing beside it: the codes that came with it are put away."""
    add(Browser("app").sign_in(user), Device())
    Authenticator.objects.filter(user=user, type="recovery_codes").delete()


def add_recovery_codes(user: User) -> None:
    RecoveryCodes.activate(user)


@pytest.mark.parametrize(
    ("factors", "offered"),
    [
        ((add_passkey,), {PASSKEY}),
        ((add_passkey, add_recovery_codes), {PASSKEY, RECOVERY}),
        ((ensure_totp,), {APP}),
        ((ensure_totp, add_recovery_codes), {APP, RECOVERY}),
        ((add_passkey, ensure_totp, add_recovery_codes), {PASSKEY, APP, RECOVERY}),
    ],
)
def test_the_sign_in_offers_what_the_account_has(
    cast: Cast, factors: tuple[Callable[[User], Any], ...], offered: set[str]
) -> None:
    for give in factors:
        give(cast.alice)

    page = browser(cast.alice).get(AUTHENTICATE)

    text = read_visible(page)
    assert {way for way in (PASSKEY, APP, RECOVERY) if way.lower() in text.lower()} == offered
    assert ('name="code"' in page.content.decode()) is (offered != {PASSKEY})
    assert "Two of us check that it is you" in text
    assert not FOREIGN.findall(text)


def test_a_passkey_stands_before_the_codes(cast: Cast) -> None:
    for give in (add_passkey, ensure_totp, add_recovery_codes):
        give(cast.alice)

    text = read_visible(browser(cast.alice).get(AUTHENTICATE))

    assert text.index(PASSKEY) < text.index(APP) < text.index(RECOVERY)


def test_used_up_recovery_codes_are_not_offered(cast: Cast) -> None:
    ensure_totp(cast.alice)
    codes = RecoveryCodes.activate(cast.alice)
    for code in codes.get_unused_codes():
        codes.validate_code(code)

    assert RECOVERY not in read_visible(browser(cast.alice).get(AUTHENTICATE))


@pytest.mark.parametrize(
    ("factors", "said"),
    [
        ((ensure_totp,), "Take the one that your app shows now. "),
        ((add_passkey, add_recovery_codes), "none of your unused recovery codes"),
        ((ensure_totp, add_recovery_codes), "or an unused recovery code"),
    ],
)
def test_a_mailed_code_is_told_where_it_does_not_work(
    cast: Cast, factors: tuple[Callable[[User], Any], ...], said: str
) -> None:
    for give in factors:
        give(cast.alice)

    text = read_visible(browser(cast.alice).post(AUTHENTICATE, {"code": "314159"}))

    assert said in text
    assert "The code from our letter doesn’t work here." in text


def test_showing_it_once_more_begins_with_the_passkey(cast: Cast) -> None:
    signed_in = Browser("page").sign_in(cast.alice)
    add(signed_in, Device())
    client = signed_in.client

    page = client.get(f"{REAUTHENTICATE}?next=/account/")

    text = read_visible(page)
    assert text.index(PASSKEY) < text.index("Recovery code")
    assert "/accounts/2fa/webauthn/reauthenticate/?next=" in page.content.decode()
    assert not FOREIGN.findall(text + read_visible(client.get("/accounts/2fa/webauthn/reauthenticate/")))


def test_no_page_of_the_factors_speaks_in_foreign_words(cast: Cast) -> None:
    page = Browser("page").sign_in(cast.alice)
    texts = {path: read_visible(page.client.get(path)) for path in ("/accounts/2fa/webauthn/add/", TOTP_PAGE)}
    add(page, Device())
    texts["added"] = read_visible(page.client.get("/accounts/2fa/recovery-codes/"))
    key = Authenticator.objects.get(type="webauthn").pk
    ensure_totp(cast.alice)
    for path in ("webauthn/", f"webauthn/keys/{key}/edit/", f"webauthn/keys/{key}/remove/", "totp/deactivate/"):
        texts[path] = read_visible(page.client.get(f"/accounts/2fa/{path}"))
    texts["generate"] = read_visible(page.client.get("/accounts/2fa/recovery-codes/generate/"))

    assert {path: found for path, text in texts.items() if (found := FOREIGN.findall(text))} == {}
    assert "Your passkey is added." in texts["added"]
    assert "10 codes are left" in texts["added"]


TOTP_PAGE = "/accounts/2fa/totp/activate/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Safari/604.1"


def test_a_new_passkey_has_a_plain_name_and_can_sign_in_alone(cast: Cast) -> None:
    client = Browser("page").sign_in(cast.alice).client

    page = client.get("/accounts/2fa/webauthn/add/", headers={"User-Agent": PHONE})

    assert page.context["form"]["name"].value() == "Phone"
    wanted = page.context["js_data"]["creation_options"]["publicKey"]["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")


def test_letters_about_factors_say_what_to_do_and_name_no_browser(
    cast: Cast, at_once: Callable[[], Any], set_up: Callable[[Client], None], mailoutbox: list[EmailMessage]
) -> None:
    page = Browser("page").sign_in(cast.alice)
    add(page, Device())
    page.client.post(f"/accounts/2fa/webauthn/keys/{Authenticator.objects.get(type='webauthn').pk}/remove/")
    set_up(page.client)
    with at_once():
        page.client.post("/accounts/2fa/recovery-codes/generate/")
    page.client.post("/accounts/2fa/totp/deactivate/")

    letters = {str(letter.subject): str(letter.body) for letter in mailoutbox}
    assert set(letters) == {
        "A passkey was added to your account",
        "A passkey was removed from your account",
        "An app was added to your account",
        "New recovery codes",
        "The app was removed from your account",
    }
    for body in letters.values():
        assert not FOREIGN.findall(body)
        assert not re.search(r"127\.0\.0\.1|browser|Mozilla", body)
        assert "If it was not you, choose a new password at once:\n\nhttp" in body
