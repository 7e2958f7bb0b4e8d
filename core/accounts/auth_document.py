"""The description of sign-up and sign-in: allauth's, corrected where it speaks of what we do not offer or do not do.

allauth writes it once for every site. A test compares recorded answers with what is said here.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from allauth.headless.constants import Client
from allauth.headless.spec.internal.schema import get_schema

from core.accounts.auth_document_clients import narrow_to_client
from core.accounts.auth_document_operations import correct_operations, list_numbers, list_operations
from core.accounts.auth_document_problems import add_problems
from core.accounts.auth_document_schemas import OFFERED_FLOWS, SCHEMAS, correct_schemas
from core.accounts.auth_document_texts import DESCRIPTION, RESPONSE_DESCRIPTIONS, TAG_DESCRIPTIONS
from core.api.document_hooks import LANGUAGE_PARAMETER
from core.api.openapi_answers import RETRY_AFTER_HEADER

SESSION_TOKEN_EXAMPLE = "ufwcig0zen9skyd545jc0fkq813ghar2"
_CLOSED_PATHS = ("/phone", "/phone/verify", "/phone/verify/resend", "/tokens/refresh")
"""Paths of allauth that we answer with 404, as accounts have no telephone numbers, or that no token of ours fits."""


def build_auth_document(client: Client | None = None) -> dict[str, Any]:
    """Return the description of sign-up and sign-in, as OpenAPI 3.1; of one kind of client, or of both."""
    document: dict[str, Any] = deepcopy(get_schema())
    document["openapi"] = "3.1.0"
    document["info"] |= {
        "title": "Handraiser: sign-up and sign-in",
        "description": DESCRIPTION.format(**list_numbers()),
    }
    document["info"].pop("contact", None)
    document.pop("externalDocs", None)
    document["servers"] = [{"url": "/", "description": "The site that serves this document."}]
    document["security"] = []  # the header with the token is a parameter, and no call needs it at first
    paths = document["paths"]
    document["paths"] = {path: item for path, item in paths.items() if not path.endswith(_CLOSED_PATHS)}
    correct_schemas(document["components"]["schemas"])
    _correct_answers(document)
    add_problems(document)
    correct_operations(document)
    _correct_examples(document)
    _describe_tags(document)
    if client is not None:
        narrow_to_client(document, client)
    _drop_unused(document)
    return document


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
    parameters = document["components"]["parameters"]
    parameters["AcceptLanguage"] = LANGUAGE_PARAMETER
    parameters["Client"]["description"] = (
        "`app` with a token that it sends as `X-Session-Token`, `browser` with a cookie of this site."
    )
    parameters["SessionToken"]["description"] = (
        "The newest `meta.session_token`. Of `app` only; left out at the first call."
    )
    new_password = document["components"]["requestBodies"]["ChangePassword"]["content"]["application/json"]["schema"]
    new_password["properties"]["new_password"] = {"$ref": f"{SCHEMAS}NewPassword"}


def _correct_examples(document: dict[str, Any]) -> None:
    """Take providers out of the examples, and put in what an answer here holds."""
    for example in document["components"]["examples"].values():
        value = example["value"]
        flows = value.get("data", {}).get("flows", [])
        if flows:
            value["data"]["flows"] = [flow for flow in flows if flow["id"] in {each.value for each in OFFERED_FLOWS}]
        value.get("meta", {}).pop("access_token", None)
        if any(flow.get("is_pending") for flow in value.get("data", {}).get("flows", ())):
            value["meta"]["session_token"] = SESSION_TOKEN_EXAMPLE
    for answer in document["components"]["responses"].values():
        answer["content"].get("application/json", {}).get("examples", {}).pop(
            "unauthenticated_pending_provider_signup", None
        )
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
    used = sorted({tag for _name, operation in list_operations(document) for tag in operation["tags"]})
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
