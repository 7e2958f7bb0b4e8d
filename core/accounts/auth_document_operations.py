"""Correct the operations in the description of sign-up and sign-in."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from django.conf import settings
from django.utils import translation

from core.accounts.auth_document_problems import ANY_PROBLEMS, BODY_PROBLEMS, name_problem
from core.accounts.auth_document_schemas import SCHEMAS
from core.accounts.auth_document_texts import RESPONSE_DESCRIPTIONS
from core.accounts.auth_operation_texts import OPERATION_DESCRIPTIONS, OPERATION_IDS
from core.accounts.code_limits import find_code_limit
from core.waits import describe_wait

METHODS = ("get", "post", "put", "patch", "delete")

UNDESCRIBED_SUCCESSES = {
    "post account/password/change": "Authenticated",
    "post account/authenticators/recovery-codes": "RecoveryCodes",
}
"""By operation: the answer 200 that allauth gives and does not describe."""


def list_numbers() -> dict[str, int | str]:
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


def list_operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each operation with its name here: the method, and the end of the path."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method} {path.partition('/v1/auth/')[2].partition('/v1/')[2]}", item[method]


def correct_operations(document: dict[str, Any]) -> None:
    """Name and describe each operation, with the answers that it gives here."""
    for name, operation in list_operations(document):
        answers = operation["responses"]
        operation["operationId"] = OPERATION_IDS[name]
        if name == "post auth/signup":
            del answers["403"]  # of a site that is closed to sign-ups
            del answers["200"]  # of a site where nobody proves an address
        if name == "post auth/code/request":
            answers["409"] = {"description": "", "content": {}}  # which allauth does not give, and we do
        for status in ("403", "409"):
            if "content" in answers.get(status, {}):
                schema = {"$ref": f"{SCHEMAS}{'ConflictResponse' if status == '409' else 'ForbiddenResponse'}"}
                answers[status] |= {"description": RESPONSE_DESCRIPTIONS[status]}
                answers[status]["content"] = {"application/json": {"schema": schema}}
        if name in OPERATION_DESCRIPTIONS:
            operation["description"] = OPERATION_DESCRIPTIONS[name].format(**list_numbers())
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
        statuses = (*BODY_PROBLEMS, *ANY_PROBLEMS) if "requestBody" in operation else ANY_PROBLEMS
        answers |= {str(status): {"$ref": f"#/components/responses/{name_problem(status)}"} for status in statuses}
        operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/AcceptLanguage"})
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
    answer["content"]["application/problem+json"] = {"schema": {"$ref": f"{SCHEMAS}{name_problem(400)}"}}
    return answer
