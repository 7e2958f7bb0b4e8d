"""Correct the bodies and answers in the description of sign-up and sign-in."""

from typing import Any

from allauth.headless.constants import Flow
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators

from core.accounts.auth_document_errors import REFUSALS, describe_refusal, list_error_codes
from core.accounts.auth_document_texts import CODE_TEXT, KEY_TEXT, NO_PASSWORD_TEXT

SCHEMAS = "#/components/schemas/"
MAX_PASSWORD_LENGTH = 128
OFFERED_FLOWS = (
    *(Flow.LOGIN, Flow.LOGIN_BY_CODE, Flow.MFA_AUTHENTICATE, Flow.MFA_LOGIN_WEBAUTHN, Flow.MFA_REAUTHENTICATE),
    *(Flow.PASSWORD_RESET_BY_CODE, Flow.REAUTHENTICATE, Flow.SIGNUP, Flow.VERIFY_EMAIL),
)
"""Without other providers, telephone numbers, sign-up by passkey and trusted browsers, which are not offered."""


def correct_schemas(schemas: dict[str, Any]) -> None:
    """Correct the flows, bodies, errors and accounts to what we offer."""
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
    schemas["BaseAuthenticationMeta"]["properties"]["session_token"] |= {
        "description": "Of `app` only: the token to send from now on. It is there where it is new, and in each 401 "
        "with a pending flow.",
    }
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
    schemas["User"]["properties"]["has_usable_password"]["description"] = (
        "Whether the account has a password. Without one its user signs in, and proves that it is still they, by "
        "`auth/code/request`."
    )
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
