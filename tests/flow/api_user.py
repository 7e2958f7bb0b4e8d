"""A user who knows only the API and their own letters."""

import re
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.cast import current_totp_code
from tests.delivered_mail import deliver_secret_letters

PASSWORD = "correct horse battery"
MAX_WAIT_SECONDS = 60.0  # seconds after which something that should have happened by itself has failed


BETWEEN_LETTERS = b"-" * 79 + b"\n"
"""What Django's file backend writes after each letter: a file holds those of one connection."""


def wait_for_result(what: Callable[[], Any]) -> Any:
    """The first true answer; the test fails when there is none in time."""
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while time.monotonic() < deadline:
        answer = what()
        if answer:
            return answer
        time.sleep(0.1)
    pytest.fail(f"Nothing came of it in {MAX_WAIT_SECONDS:.0f} seconds.")


class ApiUser:
    """A user of the API, who signs up there and continues with the token from it."""

    def __init__(self, address: str, mail: Path) -> None:
        self.api, self.mail = f"{address}/api/v1", mail
        self.headers: dict[str, str] = {}

    def sign_up(self, email: str) -> "ApiUser":
        self.email = email
        first = self.send("post", "/auth/app/v1/auth/signup", 401, email=email, password=PASSWORD)
        self._keep_token(first)
        code = wait_for_result(lambda: self._code(email))
        self._keep_token(self.send("post", "/auth/app/v1/auth/email/verify", 200, key=code))
        return self

    def sign_in_first_time(self, email: str) -> "ApiUser":
        """Sign in for the first time to an account that another user made, and prove the address."""
        self.email = email
        self._keep_token(self.send("post", "/auth/app/v1/auth/login", 401, email=email, password=PASSWORD))
        found = wait_for_result(lambda: self._code(email))
        self._keep_token(self.send("post", "/auth/app/v1/auth/email/verify", 200, key=found))
        return self

    def sign_in(self, email: str, password: str) -> "ApiUser":
        answer = self.send("post", "/auth/app/v1/auth/login", 200, email=email, password=password)
        self._keep_token(answer)
        return self

    def start_sign_in(self, email: str) -> Any:
        """Send the password of an account with a second factor; the answer says that the factor is asked for."""
        answer = self.send("post", "/auth/app/v1/auth/login", 401, email=email, password=PASSWORD)
        self._keep_token(answer)
        return answer

    def use_second_factor(self, code: str) -> "ApiUser":
        """End a sign-in with a code of the authenticator app."""
        self._keep_token(self.send("post", "/auth/app/v1/auth/2fa/authenticate", 200, code=code))
        return self

    def set_up_totp(self) -> "ApiUser":
        """Set up an authenticator app; the password was typed a few minutes ago, so it is not asked for again."""
        secret = self.send("get", "/auth/app/v1/account/authenticators/totp", 404)["meta"]["secret"]
        self.send("post", "/auth/app/v1/account/authenticators/totp", 200, code=current_totp_code(secret))
        return self

    def _keep_token(self, answer: Any) -> None:
        self.headers = {"X-Session-Token": answer["meta"]["session_token"]}

    def send(self, method: str, path: str, expected: int, **body: Any) -> Any:
        answer = self.send_raw(method, path, body)
        assert answer.status_code == expected, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def send_raw(self, method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> requests.Response:
        """The whole answer. A header's name is given with `_` for `-`."""
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return requests.request(method, self.api + path, json=body or None, headers=sent, timeout=30)

    def get(self, path: str) -> Any:
        return self.send("get", path, 200)

    def letters(self, email: str) -> list[str]:
        deliver_secret_letters()  # some journeys have no worker
        files = sorted(self.mail.glob("*.log"), key=lambda file: file.stat().st_mtime) if self.mail.exists() else []
        texts = [text for file in files for text in file.read_bytes().split(BETWEEN_LETTERS) if text.strip()]
        letters = [message_from_bytes(text.strip(), policy=default) for text in texts]
        return [f"{letter['Subject']}\n{_plain_text(letter)}" for letter in letters if letter["To"] == email]

    def _code(self, email: str) -> str | None:
        found = [re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", letter, re.M) for letter in self.letters(email)]
        return next((match[1] for match in found if match), None)


def _plain_text(letter: EmailMessage) -> str:
    """What a letter says without its looks."""
    part = letter.get_body(("plain",))
    return str(part.get_content()) if part else ""
