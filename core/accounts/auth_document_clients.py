"""The description of sign-up and sign-in for one kind of client, so that its types are those of its answers."""

from typing import Any

from allauth.headless.constants import Client

from core.accounts.auth_document_schemas import SCHEMAS

CLIENT_PARAMETER = {"$ref": "#/components/parameters/Client"}
PENDING_OPERATIONS = ("signUp", "signIn", "requestSignInCode", "signInByCode", "requestPasswordReset")
"""Operations whose 401 says how the flow goes on that has begun."""


def narrow_to_client(document: dict[str, Any], client: Client) -> None:
    """Put the client into the paths. The answers to an app that has begun hold its token; others hold none."""
    document["paths"] = {path.replace("{client}", client.value): item for path, item in document["paths"].items()}
    schemas = document["components"]["schemas"]
    if client == Client.BROWSER:
        del schemas["BaseAuthenticationMeta"]["properties"]["session_token"]
    answer = schemas["AuthenticationResponse"]
    meta = {"type": "object", **schemas["BaseAuthenticationMeta"], "required": ["session_token"]}
    pending = {"allOf": [answer["properties"]["meta"], meta]}
    schemas["PendingResponse"] = answer | {"properties": answer["properties"] | {"meta": pending}}
    for item in document["paths"].values():
        for operation in item.values():
            operation["parameters"] = [one for one in operation["parameters"] if one != CLIENT_PARAMETER]
            if client == Client.APP and operation["operationId"] in PENDING_OPERATIONS:
                _require_token(document, operation["responses"])


def _require_token(document: dict[str, Any], answers: dict[str, Any]) -> None:
    answer = answers["401"]
    if "$ref" in answer:
        answer = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    content = answer["content"]["application/json"] | {"schema": {"$ref": f"{SCHEMAS}PendingResponse"}}
    # Examples of a call that has begun nothing have no token.
    examples = {
        name: each
        for name, each in content.pop("examples", {}).items()
        if "session_token" in _find_example(document, each)["value"]["meta"]
    }
    content |= {"examples": examples} if examples else {}
    answers["401"] = answer | {"content": {"application/json": content}}


def _find_example(document: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    named: dict[str, Any] = document["components"]["examples"]
    return named[example["$ref"].rpartition("/")[2]] if "$ref" in example else example
