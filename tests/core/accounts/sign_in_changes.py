"""What changes how somebody signs in, on pages and in the API."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from core.models import User
from tests.cast import current_totp_code

PASSWORD = "correct horse battery"
SECOND = "alice@example.net"
JSON = "application/json"


class Browser:
    """A browser of Alice's, on our pages or as allauth's browser client, or her app."""

    def __init__(self, kind: str) -> None:
        self.kind, self.client = kind, Client()
        self.headers: dict[str, str] = {}
        self.auth = f"/api/v1/auth/{kind}/v1"

    def sign_in(self, user: User) -> "Browser":
        if self.kind == "page":
            self.client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
            return self
        said = {"email": user.email, "password": PASSWORD}
        answer = self.client.post(f"{self.auth}/auth/login", said, content_type=JSON).json()
        return self._keep(answer)

    def _keep(self, answer: Any) -> "Browser":
        if "session_token" in answer["meta"]:
            self.headers = {"X-Session-Token": answer["meta"]["session_token"]}
        return self

    def prove(self) -> None:
        if self.kind == "page":
            self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        else:
            said = {"password": PASSWORD}
            self.client.post(f"{self.auth}/auth/reauthenticate", said, content_type=JSON, headers=self.headers)

    def send(self, method: str, path: str, said: dict[str, Any]) -> Any:
        if self.kind == "page":
            return getattr(self.client, method)(path, said)
        return getattr(self.client, method)(self.auth + path, said, content_type=JSON, headers=self.headers)


NEW = {"email": "mallory@example.org"}
PAGES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "add an address": ("post", "/accounts/email/", NEW | {"action_add": ""}),
    "make one primary": ("post", "/accounts/email/", {"email": SECOND, "action_primary": ""}),
    "remove one": ("post", "/accounts/email/", {"email": SECOND, "action_remove": ""}),
    "set an app up": ("get", "/accounts/2fa/totp/activate/", {}),
    "add a passkey": ("get", "/accounts/2fa/webauthn/add/", {}),
}
PAGES_WITH_FACTOR: dict[str, tuple[str, str, dict[str, Any]]] = {
    "remove the app": ("post", "/accounts/2fa/totp/deactivate/", {}),
    "make new codes": ("post", "/accounts/2fa/recovery-codes/generate/", {}),
    "read the codes": ("get", "/accounts/2fa/recovery-codes/", {}),
}
API: dict[str, tuple[str, str, dict[str, Any]]] = {
    "add an address": ("post", "/account/email", NEW),
    "make one primary": ("patch", "/account/email", {"email": SECOND, "primary": True}),
    "remove one": ("delete", "/account/email", {"email": SECOND}),
    "read the secret of an app": ("get", "/account/authenticators/totp", {}),
    "add a passkey": ("get", "/account/authenticators/webauthn", {}),
}
API_WITH_FACTOR: dict[str, tuple[str, str, dict[str, Any]]] = {
    "remove the app": ("delete", "/account/authenticators/totp", {}),
    "make new codes": ("post", "/account/authenticators/recovery-codes", {}),
    "read the codes": ("get", "/account/authenticators/recovery-codes", {}),
}


def list_changes(with_factor: bool) -> list[Any]:
    pages, api = (PAGES_WITH_FACTOR, API_WITH_FACTOR) if with_factor else (PAGES, API)
    return [
        *(pytest.param("page", *change, id=f"page: {name}") for name, change in pages.items()),
        *(
            pytest.param(kind, *change, id=f"{kind}: {name}")
            for kind in ("app", "browser")
            for name, change in api.items()
        ),
    ]


def sign_in_state(user: User) -> list[Any]:
    """All by which somebody signs in."""
    addresses = EmailAddress.objects.filter(user=user).order_by("email").values_list("email", "verified", "primary")
    factors = Authenticator.objects.filter(user=user).order_by("pk").values_list("pk", "data")
    user.refresh_from_db()
    return [user.email, user.password, *addresses, *factors]


def asks_again(kind: str, answer: Any) -> bool:
    if kind == "page":
        return answer.status_code == 302 and "reauthenticate" in answer["Location"]
    if answer.status_code != 401:
        return False
    told = answer.json()
    return bool(told["meta"]["is_authenticated"]) and {"id": "reauthenticate"} in told["data"]["flows"]


def sign_in_with_factor(kind: str, user: User) -> Browser:
    browser, code = Browser(kind).sign_in(user), {"code": current_totp_code()}
    if kind == "page":
        browser.client.post("/accounts/2fa/authenticate/", code)
        return browser
    return browser._keep(browser.send("post", "/auth/2fa/authenticate", code).json())
