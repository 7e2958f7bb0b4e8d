"""Passkeys: how many an account has, whom they name, and that whatever is sent as one gets an answer."""

import json
from typing import Any
from uuid import UUID

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from fido2.utils import websafe_decode, websafe_encode

from core.accounts.passkey_forms import MAX_PASSKEY_NAME_LENGTH, MAX_PASSKEYS_PER_USER
from core.accounts.passkeys import MAX_PASSKEY_CHARACTERS
from core.models import User
from tests.cast import Cast, ensure_totp
from tests.core.accounts.passkey_device import Device
from tests.core.accounts.sign_in_changes import JSON, Browser, sign_in_with_factor

pytestmark = pytest.mark.usefixtures("confirmed_addresses")
PASSKEYS = "/account/authenticators/webauthn"
ADD_PAGE = "/accounts/2fa/webauthn/add/"
KINDS = pytest.mark.parametrize("kind", ["app", "browser", "page"])


@pytest.fixture(autouse=True)
def no_counts(db: None) -> None:
    cache.clear()


def add(browser: Browser, device: Device, *, name: str = "Phone") -> Any:
    if browser.kind != "page":
        options = browser.send("get", PASSKEYS, {}).json()["data"]["creation_options"]
        return browser.send("post", PASSKEYS, {"name": name, "credential": device.register(options)})
    options = browser.client.get(ADD_PAGE).context["js_data"]["creation_options"]
    options = json.loads(json.dumps(options, default=dict))
    return browser.client.post(ADD_PAGE, {"name": name, "credential": json.dumps(device.register(options))})


def is_added(answer: Any) -> bool:
    return bool(answer.status_code == 302 or (answer["Content-Type"] == JSON and answer.status_code == 200))


def count_passkeys(user: User) -> int:
    return int(Authenticator.objects.filter(user=user, type="webauthn").count())


@KINDS
def test_a_passkey_has_a_name_of_a_hundred_characters_at_most(cast: Cast, kind: str) -> None:
    browser = Browser(kind).sign_in(cast.alice)

    assert not is_added(add(browser, Device(), name="x" * (MAX_PASSKEY_NAME_LENGTH + 1)))
    assert count_passkeys(cast.alice) == 0
    assert is_added(add(browser, Device(), name="x" * MAX_PASSKEY_NAME_LENGTH))


@KINDS
def test_an_account_has_ten_passkeys_at_most(cast: Cast, kind: str) -> None:
    browser = Browser(kind).sign_in(cast.alice)

    answers = [add(browser, Device(b"passkey %d" % number)) for number in range(MAX_PASSKEYS_PER_USER + 1)]

    assert [is_added(answer) for answer in answers] == [True] * MAX_PASSKEYS_PER_USER + [False]
    assert "Remove one that you no longer use" in answers[-1].content.decode()
    assert count_passkeys(cast.alice) == MAX_PASSKEYS_PER_USER


@KINDS
def test_a_passkey_is_added_once(cast: Cast, kind: str) -> None:
    browser, device = Browser(kind).sign_in(cast.alice), Device()
    assert is_added(add(browser, device))

    again = add(browser, device)

    assert not is_added(again)
    assert "is on your account already" in again.content.decode()
    assert count_passkeys(cast.alice) == 1


def test_who_needs_a_factor_adds_a_passkey_as_the_first_one(cast: Cast) -> None:
    browser = Browser("page").sign_in(cast.carol)

    assert is_added(add(browser, Device()))
    assert browser.client.get("/api/v1/campaigns").status_code == 200


def test_a_stranger_is_sent_to_sign_in(cast: Cast) -> None:
    assert Client().get(ADD_PAGE)["Location"].startswith("/accounts/login/")
    assert Client().post(ADD_PAGE, {"name": "Phone"})["Location"].startswith("/accounts/login/")
    assert Browser("app").send("post", PASSKEYS, {"name": "Phone", "credential": {}}).status_code == 401


def test_a_name_that_is_changed_has_the_same_bound(cast: Cast) -> None:
    browser = Browser("page").sign_in(cast.alice)
    add(browser, Device())
    page = f"/accounts/2fa/webauthn/keys/{Authenticator.objects.get(type='webauthn').pk}/edit/"

    assert browser.client.post(page, {"name": "x" * (MAX_PASSKEY_NAME_LENGTH + 1)}).status_code == 200
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Phone"
    assert browser.client.post(page, {"name": "Tablet"}).status_code == 302


def test_nothing_is_stored_of_a_passkey_but_the_passkey(cast: Cast) -> None:
    browser, device = Browser("app").sign_in(cast.alice), Device()
    options = browser.send("get", PASSKEYS, {}).json()["data"]["creation_options"]
    sent = device.register(options) | {"more": "x" * 200_000, "authenticatorAttachment": "x" * 1000}

    assert browser.send("post", PASSKEYS, {"name": "Phone", "credential": sent}).status_code == 200
    stored = Authenticator.objects.get(type="webauthn").data["credential"]
    assert set(stored) == {"id", "rawId", "type", "response", "clientExtensionResults"}
    assert len(json.dumps(stored)) < MAX_PASSKEY_CHARACTERS


def log_in(client: Client, device: Device) -> Any:
    address = "/api/v1/auth/browser/v1/auth/webauthn/login"
    options = client.get(address).json()["data"]["request_options"]
    return client.post(address, {"credential": device.answer(options)}, content_type=JSON)


def test_a_passkey_names_the_public_id_of_its_user_and_signs_in(cast: Cast) -> None:
    device = Device()
    add(Browser("app").sign_in(cast.alice), device)

    assert UUID(bytes=websafe_decode(device.handle)) == cast.alice.public_id
    client = Client()
    assert log_in(client, device).status_code == 200
    assert client.get("/api/v1/me").json()["email"] == cast.alice.email


def test_a_passkey_from_before_names_the_number_and_signs_in_too(cast: Cast) -> None:
    device = Device()
    add(Browser("app").sign_in(cast.alice), device)
    device.handle = websafe_encode(user_pk_to_url_str(cast.alice).encode())

    assert log_in(Client(), device).status_code == 200


def test_a_passkey_signs_in_nobody_else(cast: Cast) -> None:
    device, other = Device(), Device(b"another")
    add(Browser("app").sign_in(cast.alice), device)
    add(Browser("app").sign_in(cast.dave), other)
    device.handle = other.handle

    assert log_in(Client(), device).status_code == 400


def test_a_passkey_follows_a_password(cast: Cast) -> None:
    device = Device()
    add(Browser("app").sign_in(cast.alice), device)
    browser = Browser("app").sign_in(cast.alice)
    options = browser.send("get", "/auth/webauthn/authenticate", {}).json()["data"]["request_options"]

    answer = browser.send("post", "/auth/webauthn/authenticate", {"credential": device.answer(options)})

    assert answer.status_code == 200
    browser._keep(answer.json())
    options = browser.send("get", "/auth/webauthn/reauthenticate", {}).json()["data"]["request_options"]
    again = browser.send("post", "/auth/webauthn/reauthenticate", {"credential": device.answer(options)})
    assert again.status_code == 200


NAMED = {"id": "eA", "rawId": "eA", "type": "public-key"}
CLIENT_DATA = websafe_encode(b'{"type": "webauthn.get", "challenge": "eA", "origin": "http://testserver"}')
RESPONSE = {"clientDataJSON": CLIENT_DATA, "authenticatorData": "eA", "signature": "eA", "attestationObject": "eA"}
ODD: tuple[Any, ...] = (1, None, [], {}, "", "eA", "é", "\0", "_" * 22)
ODD_CLIENT_DATA = (
    *(b"", b"\xff", b"1", b"[]", b"{}", b"[" * 3000, b"9" * 5000, b'{"type": 1, "challenge": 1, "origin": 1}'),
    b'{"type": "webauthn.get", "challenge": "eA", "origin": 1}',
)
ODD_BYTES = (*(b"", b"\xff" * 40, b"\x9f" * 3000, b"\xa3cfmtdnonehauthDataX\x00gattStmt\xa0", bytes(37), b"@" * 400),)


def respond(**parts: Any) -> dict[str, Any]:
    return NAMED | {"response": RESPONSE | parts}


NONSENSE: list[Any] = [
    *({"id": "x"}, {"id": 1}, {"id": 1, "rawId": 2}, {"rawId": "x", "response": {}}, {"response": 1}, {"x": None}),
    *(1, 0.5, True, "x", "1", [], [1], [[]], {}, None, "null", "[" * 3000, "9" * 5000, "x" * 50_000),
    *(NAMED, NAMED | {"response": None}, NAMED | {"response": []}, respond()),
    *(respond(**{name: value}) for name in [*RESPONSE, "userHandle"] for value in ODD),
    *(respond(clientDataJSON=websafe_encode(data)) for data in ODD_CLIENT_DATA),
    *(respond(attestationObject=websafe_encode(data), authenticatorData=websafe_encode(data)) for data in ODD_BYTES),
    *(NAMED | {"type": "x"}, NAMED | {"type": 1}, NAMED | {"clientExtensionResults": 1}),
]


def send_nonsense(browser: Browser, method: str, path: str, **more: str) -> list[Any]:
    """Return the answers to all of it, with no limit in the way."""
    answers = []
    for sent in NONSENSE:
        cache.clear()
        typed = json.dumps(sent) if browser.kind == "page" and not isinstance(sent, str) else sent
        answers.append(browser.send(method, path, more | {"credential": typed}))
    return answers


def check_refused(answers: list[Any]) -> None:
    assert [answer.status_code for answer in answers] == [400] * len(NONSENSE)
    told = [answer.json() for answer in answers]
    # Some of it is no JSON that the API takes at all.
    assert all(each["errors"][0]["message"] if "errors" in each else each["detail"] for each in told)


@pytest.mark.parametrize("kind", ["app", "browser"])
def test_whatever_is_sent_as_a_passkey_is_refused_in_the_api(cast: Cast, kind: str) -> None:
    stranger = Browser(kind)
    stranger.client.get(f"{stranger.auth}/auth/webauthn/login")
    check_refused(send_nonsense(stranger, "post", "/auth/webauthn/login"))

    fresh = Browser(kind).sign_in(cast.dave)
    fresh.send("get", PASSKEYS, {})
    check_refused(send_nonsense(fresh, "post", PASSKEYS, name="Phone"))

    ensure_totp(cast.alice)
    waiting = Browser(kind).sign_in(cast.alice)
    waiting.send("get", "/auth/webauthn/authenticate", {})
    check_refused(send_nonsense(waiting, "post", "/auth/webauthn/authenticate"))

    signed_in = sign_in_with_factor(kind, cast.alice)
    signed_in.send("get", "/auth/webauthn/reauthenticate", {})
    check_refused(send_nonsense(signed_in, "post", "/auth/webauthn/reauthenticate"))


def test_whatever_is_sent_as_a_passkey_gets_a_page(cast: Cast) -> None:
    login = send_nonsense(Browser("page"), "post", "/accounts/2fa/webauthn/login/")
    fresh = Browser("page").sign_in(cast.dave)
    added = send_nonsense(fresh, "post", ADD_PAGE, name="Phone")
    ensure_totp(cast.alice)
    second = send_nonsense(Browser("page").sign_in(cast.alice), "post", "/accounts/2fa/authenticate/")
    signed_in = sign_in_with_factor("page", cast.alice)
    again = send_nonsense(signed_in, "post", "/accounts/2fa/webauthn/reauthenticate/")

    assert {answer.status_code for answer in login + again} == {302}
    assert {answer.status_code for answer in added + second} == {200}
    assert count_passkeys(cast.dave) == 0
