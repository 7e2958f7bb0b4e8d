"""What the description of sign-up and sign-in says is what its operations answer."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.headless.constants import Client
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client as Browser
from jsonschema import Draft202012Validator

from core.accounts.auth_document import build_auth_document
from core.accounts.auth_document_schemas import OFFERED_FLOWS
from core.accounts.auth_operation_texts import OPERATION_IDS
from core.models import User
from tests.cast import Cast, current_totp_code, ensure_totp
from tests.core.accounts.test_login_by_code import read_code_in_subject
from tests.mail_codes import read_code

JSON = "application/json"
PREFIX = "/api/v1/auth/{client}/v1/"
KNOWN, NEW = "alice@example.org", "stranger@example.org"
PASSWORD = "correct horse battery"
NOT_OFFERED = re.compile(r"(?i:allauth|phone|username|provider)|settings\.|[A-Z]+_[A-Z]+_[A-Z]+")


@cache
def document() -> Any:
    return build_auth_document()


def resolve(shape: Any) -> Any:
    while "$ref" in shape:
        kind, name = shape["$ref"].removeprefix("#/components/").split("/")
        shape = document()["components"][kind][name]
    return shape


def find_faults(answer: Any, method: str, path: str) -> list[str]:
    """What the document does not allow of an answer."""
    operation = document()["paths"][PREFIX + path][method]
    described = operation["responses"].get(str(answer.status_code))
    if described is None:
        return [f"{answer.status_code} is not described"]
    described = resolve(described)
    media_type = answer["Content-Type"].partition(";")[0]
    if media_type not in described["content"]:
        return [f"{media_type} is not described"]
    shape = described["content"][media_type]["schema"] | {"components": document()["components"]}
    faults = [f"{error.json_path} {error.message}" for error in Draft202012Validator(shape).iter_errors(answer.json())]
    faults += [
        f"{key} is not described" for key in sorted(set(list_keys(answer.json())) - set(list_properties(document())))
    ]
    return faults + [name for name in described.get("headers", ()) if name not in answer.headers]


def list_keys(value: Any) -> Iterator[str]:
    """The keys of an answer, at every depth; those of passkey options are the browser's."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from list_keys(inner) if key not in ("request_options", "creation_options") else ()
    elif isinstance(value, list):
        for inner in value:
            yield from list_keys(inner)


def list_properties(shape: Any) -> Iterator[str]:
    """The names of all properties that the document has."""
    if isinstance(shape, dict):
        yield from shape.get("properties", {})
        for inner in shape.values():
            yield from list_properties(inner)
    elif isinstance(shape, list):
        for inner in shape:
            yield from list_properties(inner)


class Recorder:
    """An app that compares each answer with the document, and remembers which it got."""

    def __init__(self) -> None:
        self.token = ""
        self.seen: set[tuple[str, str, int]] = set()

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        status: int = HTTPStatus.OK,
        headers: dict[str, str] | None = None,
    ) -> Any:
        headers = {**(headers or {}), **({"X-Session-Token": self.token} if self.token else {})}
        address = PREFIX.replace("{client}", "app") + path
        sent = {} if method == "get" else {"data": body or "", "content_type": JSON}
        answer = getattr(Browser(), method)(address, **sent, headers=headers)
        assert (answer.status_code, find_faults(answer, method, path)) == (status, []), f"{method} {path}"
        self.seen.add((method, path, answer.status_code))
        if not answer["Content-Type"].startswith("application/problem"):
            self.token = answer.json().get("meta", {}).get("session_token", self.token)
        return answer

    def forget(self) -> None:
        self.token = ""


@pytest.fixture
def app() -> Recorder:
    return Recorder()


@pytest.fixture
def alice(cast: Cast) -> User:
    EmailAddress.objects.create(user=cast.alice, email=KNOWN, verified=True, primary=True)
    return cast.alice


def sign_in(app: Recorder) -> None:
    app.forget()
    app.ask("post", "auth/login", {"email": KNOWN, "password": PASSWORD})


def test_a_sign_up_answers_as_described(db: None, app: Recorder, mailoutbox: list[EmailMessage]) -> None:
    app.ask("get", "config")
    app.ask("post", "auth/signup", {"email": "no address", "password": "short"}, 400)
    app.ask("post", "auth/signup", '{"email": ', 400)
    app.ask("post", "auth/signup", {"email": NEW, "password": PASSWORD}, 401)
    app.ask("post", "auth/signup", {"email": NEW, "password": PASSWORD}, 429)
    app.ask("get", "auth/session", status=401)
    app.ask("post", "auth/email/verify", {"key": "WRNG-CODE"}, 400)
    app.ask("post", "auth/email/verify/resend", status=429)
    code = read_code(mailoutbox[-1])
    app.ask("get", "auth/email/verify", headers={"X-Email-Verification-Key": code})
    app.ask("post", "auth/email/verify", {"key": code})
    app.ask("post", "auth/email/verify", {"key": code}, 409)
    app.ask("post", "auth/email/verify/resend", status=409)
    app.ask("post", "auth/signup", {"email": NEW, "password": PASSWORD}, 409)
    app.ask("get", "auth/session")


def test_a_sign_up_needs_no_password(db: None, app: Recorder, mailoutbox: list[EmailMessage]) -> None:
    app.ask("post", "auth/signup", {"email": NEW}, 401)
    done = app.ask("post", "auth/email/verify", {"key": read_code(mailoutbox[-1])}).json()

    assert done["data"]["user"]["has_usable_password"] is False
    assert [method["method"] for method in done["data"]["methods"]] == ["code"]
    # As recent as a sign-up with a password, so a second factor is set up at once.
    app.ask("get", "account/authenticators/totp", status=404)
    app.ask("delete", "auth/session", status=401)
    app.forget()
    app.ask("post", "auth/login", {"email": NEW, "password": PASSWORD}, 400)
    app.ask("post", "auth/code/request", {"email": NEW}, 401)
    app.ask("post", "auth/code/confirm", {"code": read_code_in_subject(mailoutbox[-1])})


def test_each_refusal_has_a_text_to_show(alice: User, app: Recorder, mailoutbox: list[EmailMessage]) -> None:
    sign_in(app)
    for path, body, status in (
        ("auth/login", {"email": KNOWN, "password": PASSWORD}, 409),
        ("auth/code/request", {"email": KNOWN}, 409),
        ("auth/code/resend", None, 409),
    ):
        [error] = app.ask("post", path, body, status).json()["errors"]
        assert (error["code"], error["message"].endswith("Begin again.")) == ("conflict", True)
    assert mailoutbox == []
    app.forget()
    app.ask("post", "auth/signup", {"email": NEW, "password": PASSWORD}, 401)
    [error] = app.ask("post", "auth/signup", {"email": NEW, "password": PASSWORD}, 429).json()["errors"]
    assert (error["code"], error["message"].startswith("Too many requests. Try again in ")) == ("throttled", True)


def test_the_last_wrong_code_says_that_the_sign_up_is_over(
    db: None, app: Recorder, mailoutbox: list[EmailMessage]
) -> None:
    app.ask("post", "auth/signup", {"email": NEW}, 401)
    told = [
        app.ask("post", "auth/email/verify", {"key": "WRNG-CODE"}, 400).json()["errors"][0]["message"]
        for _guess in range(settings.EMAIL_CODE_GUESSES)
    ]

    assert ["no try left" in message for message in told] == [False, False, True]
    app.ask("post", "auth/email/verify", {"key": "WRNG-CODE"}, 409)


def test_an_app_alone_finds_its_token_in_each_answer_that_says_how_to_go_on() -> None:
    of_app, of_browser = build_auth_document(Client.APP), build_auth_document(Client.BROWSER)

    sign_up = of_app["paths"][PREFIX.replace("{client}", "app") + "auth/signup"]["post"]
    content = sign_up["responses"]["401"]["content"][JSON]
    assert content["schema"] == {"$ref": "#/components/schemas/PendingResponse"}
    meta = of_app["components"]["schemas"]["PendingResponse"]["properties"]["meta"]["allOf"]
    assert meta[1]["required"] == ["session_token"]
    assert "Client" not in of_app["components"]["parameters"]
    assert "session_token" not in of_browser["components"]["schemas"]["BaseAuthenticationMeta"]["properties"]


def test_a_token_that_was_sent_comes_back_with_a_flow_that_goes_on(db: None, app: Recorder) -> None:
    app.ask("post", "auth/signup", {"email": NEW}, 401)
    sent = app.token

    assert app.ask("get", "auth/session", status=401).json()["meta"]["session_token"] == sent


def test_a_problem_has_the_one_status_of_its_answer() -> None:
    for item in document()["paths"].values():
        for operation in item.values():
            for status, answer in operation["responses"].items():
                problem = resolve(answer)["content"].get("application/problem+json")
                if problem is not None:
                    assert resolve(problem["schema"])["allOf"][1]["properties"]["status"]["enum"] == [int(status)]


def test_every_operation_takes_the_language_and_a_sign_up_is_never_done_at_once() -> None:
    for item in document()["paths"].values():
        for operation in item.values():
            assert {"$ref": "#/components/parameters/AcceptLanguage"} in operation["parameters"]
    assert "200" not in document()["paths"][PREFIX + "auth/signup"]["post"]["responses"]


def test_each_operation_has_an_id_of_its_own() -> None:
    ids = [operation["operationId"] for item in document()["paths"].values() for operation in item.values()]

    assert len(ids) == len(set(ids)) == len(OPERATION_IDS)


def test_every_code_of_an_error_is_listed(alice: User, app: Recorder, mailoutbox: list[EmailMessage]) -> None:
    listed = resolve({"$ref": "#/components/schemas/ErrorResponse"})["properties"]["errors"]["items"]["properties"][
        "code"
    ]
    bodies: list[tuple[str, Any]] = [
        ("auth/login", {}),
        ("auth/login", {"email": KNOWN, "password": "wrong wrong wrong"}),
        ("auth/signup", {"email": "no address", "password": "12345678901"}),
        ("auth/signup", {"email": NEW, "password": "password1"}),
        ("auth/signup", {"email": "x" * 300, "password": "x" * 129}),
        ("auth/signup", {"email": NEW, "password": NEW}),
        ("auth/code/request", {"email": "no address"}),
    ]
    for path, body in bodies:
        for error in app.ask("post", path, body, 400).json()["errors"]:
            assert error["code"] in listed["enum"]


def test_a_sign_in_answers_as_described(alice: User, app: Recorder, mailoutbox: list[EmailMessage]) -> None:
    app.ask("post", "auth/login", {"email": KNOWN, "password": "wrong wrong wrong"}, 400)
    sign_in(app)
    app.ask("post", "auth/login", {"email": KNOWN, "password": PASSWORD}, 409)
    app.ask("delete", "auth/session", status=401)
    app.ask("get", "auth/session", status=410)
    app.forget()
    app.ask("post", "auth/code/resend", status=409)
    app.ask("post", "auth/code/request", {"email": "no address"}, 400)
    app.ask("post", "auth/code/request", {"email": KNOWN}, 401)
    app.ask("post", "auth/code/resend", status=429)
    app.ask("post", "auth/code/confirm", {"code": "000000"}, 400)
    app.ask("post", "auth/code/confirm", {"code": read_code_in_subject(mailoutbox[-1])})
    app.ask("post", "auth/code/confirm", {"code": "000000"}, 409)


def test_a_locked_address_answers_as_described(alice: User, app: Recorder) -> None:
    for _try in range(5):
        app.ask("post", "auth/login", {"email": KNOWN, "password": "wrong wrong wrong"}, 400)

    app.ask("post", "auth/login", {"email": KNOWN, "password": PASSWORD}, 429)


def test_a_second_factor_answers_as_described(alice: User, app: Recorder) -> None:
    ensure_totp(alice)
    app.ask("post", "auth/login", {"email": KNOWN, "password": PASSWORD}, 401)
    app.ask("get", "auth/webauthn/authenticate")
    app.ask("post", "auth/2fa/authenticate", {"code": "000000"}, 400)
    app.ask("post", "auth/2fa/authenticate", {"code": current_totp_code()})
    app.ask("get", "account/authenticators")
    app.ask("get", "account/authenticators/totp")
    app.ask("get", "account/authenticators/recovery-codes", status=404)
    app.ask("post", "account/authenticators/recovery-codes")
    app.ask("get", "account/authenticators/recovery-codes")
    app.ask("get", "account/authenticators/webauthn")
    app.ask("get", "auth/webauthn/reauthenticate")
    app.ask("post", "auth/reauthenticate", {"password": PASSWORD}, 401)
    app.ask("post", "auth/2fa/reauthenticate", {"code": "000000"}, 400)
    app.ask("delete", "account/authenticators/totp")
    app.ask("get", "account/authenticators")


def test_setting_up_a_second_factor_answers_as_described(alice: User, app: Recorder) -> None:
    app.ask("get", "account/authenticators", status=401)
    sign_in(app)
    app.ask("get", "account/authenticators")
    offered = app.ask("get", "account/authenticators/totp", status=404).json()["meta"]
    app.ask("post", "account/authenticators/totp", {"code": "000000"}, 400)
    app.ask("post", "account/authenticators/totp", {"code": current_totp_code(offered["secret"])})
    app.ask("get", "account/authenticators")
    app.ask("get", "account/authenticators/recovery-codes", status=401)
    app.ask("delete", "account/authenticators/totp", status=401)


def test_a_new_password_answers_as_described(alice: User, app: Recorder, mailoutbox: list[EmailMessage]) -> None:
    app.ask("get", "auth/password/reset", status=409, headers={"X-Password-Reset-Key": "WRNG-CODE"})
    app.ask("post", "auth/password/request", {"email": "no address"}, 400)
    app.ask("post", "auth/password/request", {"email": KNOWN}, 401)
    app.ask("post", "auth/password/reset", {"key": "WRNG-CODE", "password": "another good one"}, 400)
    code = read_code(mailoutbox[-1])
    app.ask("get", "auth/password/reset", headers={"X-Password-Reset-Key": code})
    app.ask("post", "auth/password/reset", {"key": code, "password": "another good one"}, 401)
    app.ask("post", "auth/password/reset", {"key": code, "password": "another good one"}, 409)


def test_an_account_answers_as_described(alice: User, app: Recorder) -> None:
    app.ask("get", "account/email", status=401)
    sign_in(app)
    app.ask("get", "account/email")
    app.ask("post", "account/email", {"email": "no address"}, 400)
    app.ask("post", "account/email", {"email": "second@example.org"})
    app.ask("put", "account/email", {"email": "second@example.org"}, 403)
    app.ask("patch", "account/email", {"email": KNOWN, "primary": True})
    app.ask("delete", "account/email", {"email": "second@example.org"})
    app.ask("post", "auth/reauthenticate", {"password": "wrong wrong wrong"}, 400)
    app.ask("post", "auth/reauthenticate", {"password": PASSWORD})
    app.ask("post", "account/password/change", {"current_password": PASSWORD, "new_password": "short"}, 400)
    app.ask("post", "account/password/change", {"current_password": PASSWORD, "new_password": "another good one"})


@pytest.mark.parametrize("password", ["nine char", "x" * 129])
def test_a_password_outside_of_the_bounds_is_refused(db: None, app: Recorder, password: str) -> None:
    bounds = document()["components"]["schemas"]["NewPassword"]
    assert (bounds["minLength"], bounds["maxLength"]) == (10, 128)

    refused = app.ask("post", "auth/signup", {"email": NEW, "password": password}, 400)
    assert [error["param"] for error in refused.json()["errors"]] == ["password"]


def test_a_session_lives_as_long_as_the_document_says(alice: User, app: Recorder, now: datetime) -> None:
    assert (
        f"A session ends {timedelta(seconds=settings.SESSION_COOKIE_AGE).days} days"
        in document()["info"]["description"]
    )
    assert f"lives for {settings.EMAIL_CODE_MINUTES} minutes" in document()["info"]["description"]


def test_every_example_fits_its_schema() -> None:
    faults = []
    for name, answer in document()["components"]["responses"].items():
        content = answer["content"].get(JSON, {"schema": {}})
        shape = content["schema"] | {"components": document()["components"]}
        for example in content.get("examples", {}).values():
            value = resolve(example)["value"]
            faults += [f"{name}: {error.message}" for error in Draft202012Validator(shape).iter_errors(value)]
    for name, shape in document()["components"]["schemas"].items():
        if "example" in shape:
            rest = shape | {"components": document()["components"]}
            faults += [f"{name}: {error.message}" for error in Draft202012Validator(rest).iter_errors(shape["example"])]
    assert faults == []


def test_it_speaks_of_nothing_that_is_not_offered() -> None:
    found: list[str] = []

    def walk(shape: Any) -> None:
        if isinstance(shape, dict):
            for key, value in shape.items():
                walk(key)
                walk(value)
        elif isinstance(shape, list):
            for value in shape:
                walk(value)
        elif isinstance(shape, str) and NOT_OFFERED.search(shape):
            found.append(shape)

    walk(document())
    assert found == []


def test_every_flow_is_explained_and_nothing_is_nullable_in_the_old_way() -> None:
    text = str(document())

    assert [
        flow.value for flow in OFFERED_FLOWS if f"| `{flow.value}` |" not in document()["info"]["description"]
    ] == []
    assert "nullable" not in text
    assert document()["openapi"].startswith("3.1")


def test_every_operation_that_changes_something_may_be_one_too_many() -> None:
    missing = [
        f"{method} {path}"
        for path, item in document()["paths"].items()
        for method, operation in item.items()
        if method != "get" and "429" not in operation["responses"]
    ]

    assert missing == []
    assert "Retry-After" in document()["components"]["responses"]["TooManyRequests"]["headers"]
