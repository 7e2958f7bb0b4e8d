"""What the description of sign-up and sign-in says of refusals: their shapes, and the codes of errors."""

from copy import deepcopy
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter

from core.accounts.auth_text_middleware import REFUSAL_CODES

REFUSALS = {"ForbiddenResponse": 403, "ConflictResponse": 409, "TooManyRequestsResponse": 429}
FIELD_ERROR_CODES = (
    *("required", "invalid", "invalid_choice", "max_length", "min_length", "null_characters_not_allowed"),
    *("password_entirely_numeric", "password_too_common", "password_too_short", "password_too_similar"),
    "too_many_passkeys",
)
"""The codes of Django's fields and passwords, and of our own forms."""


def list_error_codes() -> list[str]:
    """Return the codes that an error of a body may have: those of fields, passwords, and what allauth and we refuse."""
    refused = [*get_account_adapter().error_messages, *get_mfa_adapter().error_messages]
    offered = [code for code in refused if "phone" not in code and "username" not in code]
    return sorted({*FIELD_ERROR_CODES, *offered})


def describe_refusal(schemas: dict[str, Any], status: int) -> dict[str, Any]:
    """Return the schema of an answer that is no more than a refusal, with the sentence to show."""
    error = deepcopy(schemas["ErrorResponse"]["properties"]["errors"]["items"])
    error["properties"] = {
        "message": {"type": "string", "description": "A sentence for the user."},
        "code": {"type": "string", "enum": [REFUSAL_CODES[HTTPStatus(status)]]},
    }
    properties = {
        "status": {"type": "integer", "enum": [status]},
        "errors": {"type": "array", "items": error, "minItems": 1, "maxItems": 1},
    }
    return {"type": "object", "properties": properties, "required": ["status", "errors"]}
