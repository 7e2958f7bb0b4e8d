"""The description of sign-up and sign-in: allauth's, corrected where it speaks of what we do not offer or do not do.

allauth writes it once for every site. A test compares recorded answers with what is said here.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from allauth.headless.constants import Flow
from allauth.headless.spec.internal.schema import get_schema
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.utils import translation

from core.accounts.auth_document_errors import REFUSALS, describe_refusal, list_error_codes
from core.accounts.auth_document_texts import (
    CODE_TEXT,
    DESCRIPTION,
    KEY_TEXT,
    NO_PASSWORD_TEXT,
    OPERATION_DESCRIPTIONS,
    OPERATION_IDS,
    RESPONSE_DESCRIPTIONS,
    TAG_DESCRIPTIONS,
)
from core.accounts.code_limits import find_code_limit
from core.api.openapi_answers import RETRY_AFTER_HEADER
from core.api.problem_types import PROBLEM_TYPES
from core.waits import describe_wait

SCHEMAS = "#/components/schemas/"
METHODS = ("get", "post", "put", "patch", "delete")
MAX_PASSWORD_LENGTH = 128
OFFERED_FLOWS = (
    *(Flow.LOGIN, Flow.LOGIN_BY_CODE, Flow.MFA_AUTHENTICATE, Flow.MFA_LOGIN_WEBAUTHN, Flow.MFA_REAUTHENTICATE),
    *(Flow.PASSWORD_RESET_BY_CODE, Flow.REAUTHENTICATE, Flow.SIGNUP, Flow.VERIFY_EMAIL),
)
"""Without other providers, telephone numbers, sign-up by passkey and trusted browsers, which are not offered."""

UNDESCRIBED_SUCCESSES = {
    "post account/password/change": "Authenticated",
    "post account/authenticators/recovery-codes": "RecoveryCodes",
}
"""By operation: the answer 200 that allauth gives and does not describe."""

_CLOSED_PATHS = ("/phone", "/phone/verify", "/phone/verify/resend", "/tokens/refresh")
"""Paths of allauth that we answer with 404, as accounts have no telephone numbers, or that no token of ours fits."""


def build_auth_document() -> dict[str, Any]:
    """Return the description of sign-up and sign-in, as OpenAPI 3.1."""
    document: dict[str, Any] = deepcopy(get_schema())
    document["openapi"] = "3.1.0"
    document["info"] |= {
        "title": "Handraiser: sign-up and sign-in",
        "description": DESCRIPTION.format(**_list_numbers()),
    }
    document["info"].pop("contact", None)
    document.pop("externalDocs", None)
    document["servers"] = [{"url": "/", "description": "The site that serves this document."}]
    document["security"] = []  # the header with the token is a parameter, and no call needs it at first
    paths = document["paths"]
    document["paths"] = {path: item for path, item in paths.items() if not path.endswith(_CLOSED_PATHS)}
    _correct_schemas(document["components"]["schemas"])
    _correct_answers(document)
    _correct_operations(document)
    _correct_examples(document)
    _describe_tags(document)
    _drop_unused(document)
    return document


def _list_numbers() -> dict[str, int | str]:
    """Return the numbers of the settings that the texts name, in English."""
    letters = find_code_limit("sign_in_letters")
    with translation.override(None):
        return {
            "minutes": settings.EMAIL_CODE_MINUTES,
            "days": int(settings.SESSION_COOKIE_AGE) // (24 * 60 * 60),
            "guesses": settings.EMAIL_CODE_GUESSES,
            "resend": describe_wait(find_code_limit("resend").seconds),
            "sign_up": describe_wait(find_code_limit("sign_up").seconds),
            "letters": letters.amount,
            "period": describe_wait(letters.seconds),
            "all_letters": find_code_limit("letters").amount,
            "all_period": describe_wait(find_code_limit("letters").seconds),
        }


def _correct_schemas(schemas: dict[str, Any]) -> None:
    flow = schemas["Flow"]["properties"]
    del flow["provider"]
    flow["id"]["enum"] = sorted(each.value for each in OFFERED_FLOWS)
    flow["is_pending"] = {"type": "boolean", "description": "Whether it has begun. Left out: false."}
    flow["types"]["description"] = "The kinds of second factor that the account has."
    schemas["Timestamp"] = {
        "type": "number",
        "description": "Seconds since 1970, with a fraction. In JavaScript: `new Date(value * 1000)`.",
        "example": 1711555057.065702,
    }
    meta = schemas["AuthenticationMeta"]["allOf"][1]
    meta["properties"]["is_authenticated"] = {
        "type": ["boolean", "null"],
        "description": "Whether the user is signed in; null where the session is over (410).",
    }
    del schemas["BaseAuthenticationMeta"]["properties"]["access_token"]
    error = schemas["ErrorResponse"]["properties"]["errors"]["items"]["properties"]
    error["code"] = {"type": "string", "enum": list_error_codes(), "description": "What is wrong."}
    gone = schemas["SessionGoneResponse"]["properties"]
    flows = {"type": "array", "items": {"$ref": f"{SCHEMAS}Flow"}}
    gone["data"] = {"type": "object", "properties": {"flows": flows}, "required": ["flows"]}
    schemas["ErrorResponse"]["required"] = ["status", "errors"]
    for name, status in REFUSALS.items():
        schemas[name] = describe_refusal(schemas, status)
    _correct_bodies(schemas)
    _correct_accounts(schemas)


def _correct_bodies(schemas: dict[str, Any]) -> None:
    """Say what a body of ours may hold: an address and no name or number, and the form of codes and passwords."""
    by_address = {"type": "object", "properties": {"email": {"$ref": f"{SCHEMAS}Email"}}, "required": ["email"]}
    schemas["Login"]["allOf"][1] = by_address
    schemas["RequestLoginCode"] = by_address
    schemas["Email"] |= {"example": "alice@example.org", "description": "The address."}
    schemas["Password"] |= {"maxLength": MAX_PASSWORD_LENGTH, "example": "correct horse battery"}
    schemas["NewPassword"] = {
        "type": "string",
        "minLength": _find_password_length(),
        "maxLength": MAX_PASSWORD_LENGTH,
        "description": "The new password. One that is common, all digits, or much like the address is refused.",
        "example": "correct horse battery",
    }
    for body in (schemas["Signup"]["allOf"][1], schemas["ResetPassword"]):
        body["properties"]["password"] = {"$ref": f"{SCHEMAS}NewPassword"}
    del schemas["Signup"]["allOf"][1]["required"]
    schemas["Signup"]["allOf"][1]["properties"]["password"] |= {"description": NO_PASSWORD_TEXT}
    key = {"type": "string", "description": KEY_TEXT, "example": "K7QX-2MPD"}
    schemas["VerifyEmail"]["properties"]["key"] = key
    schemas["ResetPassword"]["properties"]["key"] = key
    schemas["Code"] |= {"description": CODE_TEXT, "example": "492039"}
    schemas["AuthenticatorCode"]["example"] = "314159"


def _find_password_length() -> int:
    validators = get_default_password_validators()
    return next(each.min_length for each in validators if isinstance(each, MinimumLengthValidator))


def _correct_accounts(schemas: dict[str, Any]) -> None:
    """Correct what answers say of an account, of its factors, and of how it was signed in to."""
    schemas["OptionalTimestamp"] = {"anyOf": [{"$ref": f"{SCHEMAS}Timestamp"}, {"type": "null"}]}
    for name in ("id", "email"):
        schemas["User"]["properties"][name]["type"] = ["string", "null"]
    schemas["User"]["required"] = ["id", "display", "email", "has_usable_password"]
    methods = schemas["AuthenticationMethod"].pop("oneOf")
    for method in methods:
        method["title"] = method["title"].strip().replace("username/email", "email and password")
        method["properties"].pop("username", None)
    # A password that was given again has all that a first one has, so several may fit.
    offered = [one for one in methods if not {"phone", "provider"} & one["properties"].keys()]
    schemas["AuthenticationMethod"]["anyOf"] = offered
    config = schemas["AccountConfiguration"]
    config["properties"]["login_methods"]["items"]["enum"] = ["email"]
    config["properties"]["authentication_method"] = {"type": "string", "enum": ["email"]}
    config["required"] = list(config["properties"])
    config["description"] = "How accounts are made and signed in to."
    data = schemas["ConfigurationResponse"]["properties"]["data"]
    for name in ("socialaccount", "usersessions"):
        del data["properties"][name]
    data["required"] = ["account", "mfa"]
    schemas["MFAConfiguration"]["description"] = "Which second factors there are."
    schemas["MFAConfiguration"]["properties"]["passkey_login_enabled"] = {
        "type": "boolean",
        "description": "Whether a passkey signs in alone.",
    }
    schemas["MFAConfiguration"]["required"] = list(schemas["MFAConfiguration"]["properties"])
    schemas["MFAConfiguration"]["properties"]["supported_types"]["description"] = "The kinds of second factor."


def _correct_answers(document: dict[str, Any]) -> None:
    answers = document["components"]["responses"]
    answers["AuthenticationOrReauthentication"]["content"]["application/json"]["schema"] = {
        "anyOf": [
            {"$ref": f"{SCHEMAS}AuthenticationResponse"},
            {"$ref": f"{SCHEMAS}ReauthenticationResponse"},
        ]
    }
    answers["TooManyRequests"] |= {
        "description": RESPONSE_DESCRIPTIONS["429"],
        "content": {"application/json": {"schema": {"$ref": f"{SCHEMAS}TooManyRequestsResponse"}}},
        "headers": {"Retry-After": RETRY_AFTER_HEADER},
    }
    answers["Configuration"]["description"] = "What this site offers."
    document["components"]["schemas"]["Problem"] = {
        "type": "object",
        "description": "An error in the form of RFC 9457, as all other operations have it.",
        "properties": {name: {"type": "string"} for name in ("type", "title", "detail", "request_id")}
        | {
            "status": {"type": "integer", "enum": sorted({each.status for each in PROBLEM_TYPES.values()})},
            "code": {"type": "string", "enum": sorted(PROBLEM_TYPES)},
        },
        "required": ["type", "title", "status", "code", "detail", "request_id"],
    }
    new_password = document["components"]["requestBodies"]["ChangePassword"]["content"]["application/json"]["schema"]
    new_password["properties"]["new_password"] = {"$ref": f"{SCHEMAS}NewPassword"}


def _list_operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each operation with its name here: the method, and the end of the path."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method} {path.partition('/v1/auth/')[2].partition('/v1/')[2]}", item[method]


def _correct_operations(document: dict[str, Any]) -> None:
    for name, operation in _list_operations(document):
        answers = operation["responses"]
        operation["operationId"] = OPERATION_IDS[name]
        if name == "post auth/signup":
            del answers["403"]  # of a site that is closed to sign-ups
        if name == "post auth/code/request":
            answers["409"] = {"description": "", "content": {}}  # which allauth does not give, and we do
        for status in ("403", "409"):
            if "content" in answers.get(status, {}):
                schema = {"$ref": f"{SCHEMAS}{'ConflictResponse' if status == '409' else 'ForbiddenResponse'}"}
                answers[status] |= {"description": RESPONSE_DESCRIPTIONS[status]}
                answers[status]["content"] = {"application/json": {"schema": schema}}
        if name in OPERATION_DESCRIPTIONS:
            operation["description"] = OPERATION_DESCRIPTIONS[name].format(**_list_numbers())
        if name in UNDESCRIBED_SUCCESSES:
            answers["200"] = {"$ref": f"#/components/responses/{UNDESCRIBED_SUCCESSES[name]}"}
        if not name.startswith("get"):
            answers["429"] = {"$ref": "#/components/responses/TooManyRequests"}
        if "requestBody" in operation:
            _require_body(document, operation["requestBody"])
            answers["400"] = _add_problem(document, answers.get("400", {"$ref": "#/components/responses/Error"}))
        if name.partition(" ")[2].startswith("account/") or "reauthenticate" in name:
            answers.setdefault("401", {"$ref": "#/components/responses/AuthenticationOrReauthentication"})
        answers.setdefault("410", {"$ref": "#/components/responses/SessionGone"})
        if not any("SessionToken" in parameter.get("$ref", "") for parameter in operation.get("parameters", ())):
            operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/SessionToken"})


def _require_body(document: dict[str, Any], body: dict[str, Any]) -> None:
    """Say that a body has to be sent, which allauth says of some only."""
    name = body.get("$ref", "").rpartition("/")[2]
    (document["components"]["requestBodies"][name] if name else body)["required"] = True


def _add_problem(document: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """Return the answer 400 with the problem that a body gets which is no JSON."""
    if "$ref" in answer:
        answer = deepcopy(document["components"]["responses"][answer["$ref"].rpartition("/")[2]])
    answer["description"] = RESPONSE_DESCRIPTIONS["400"]
    answer["content"]["application/problem+json"] = {"schema": {"$ref": f"{SCHEMAS}Problem"}}
    return answer


def _correct_examples(document: dict[str, Any]) -> None:
    """Take providers out of the examples, and put in what an answer here holds."""
    for example in document["components"]["examples"].values():
        value = example["value"]
        flows = value.get("data", {}).get("flows", [])
        if flows:
            value["data"]["flows"] = [flow for flow in flows if flow["id"] in {each.value for each in OFFERED_FLOWS}]
        value.get("meta", {}).pop("access_token", None)
    for answer in document["components"]["responses"].values():
        answer["content"]["application/json"].get("examples", {}).pop("unauthenticated_pending_provider_signup", None)
    for error in document["components"]["examples"]["InvalidPasswordResetKey"]["value"]["errors"]:
        error["code"] = "incorrect_code"  # a new password needs a mailed code here, and no token
    for error in document["components"]["examples"]["CannotGenerateRecoveryCodes"]["value"]["errors"]:
        error["code"] = "cannot_generate_recovery_codes"
    schemas = document["components"]["schemas"]
    schemas["ConfigurationResponse"].pop("example", None)
    for name in ("WebAuthnCredentialRequestOptions", "WebAuthnCredentialCreationOptions"):
        for options in schemas[name]["properties"].values():
            options.pop("example", None)
    gone = document["components"]["responses"]["SessionGone"]["content"]["application/json"]
    gone["examples"] = {
        "over": {"summary": "The session is over.", "value": {"status": 410, "data": {}, "meta": {}}},
    }
    login_flows = document["components"]["examples"]["UnauthenticatedInitial"]["value"]["data"]["flows"]
    gone["examples"]["over"]["value"] |= {
        "data": {"flows": deepcopy(login_flows)},
        "meta": {"is_authenticated": None},
    }


def _describe_tags(document: dict[str, Any]) -> None:
    used = sorted({tag for _name, operation in _list_operations(document) for tag in operation["tags"]})
    document["tags"] = [{"name": name, "description": TAG_DESCRIPTIONS[name]} for name in used]
    del document["x-tagGroups"]


def _drop_unused(document: dict[str, Any]) -> None:
    """Drop the components that nothing refers to: those of providers, telephone numbers and user names."""
    components = document["components"]
    dropped = True
    while dropped:
        used = set(_list_references(document))
        unused = [
            (kind, name)
            for kind, entries in components.items()
            for name in entries
            if f"#/components/{kind}/{name}" not in used
        ]
        for kind, name in unused:
            del components[kind][name]
        dropped = bool(unused)


def _list_references(shape: Any) -> Iterator[str]:
    if isinstance(shape, dict):
        for name, inner in shape.items():
            if name == "$ref":
                yield str(inner)
            else:
                yield from _list_references(inner)
    elif isinstance(shape, list):
        for inner in shape:
            yield from _list_references(inner)
