"""How the API's document describes errors: the schema of a problem, and the answers that operations share."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.plumbing import build_object_type

from core.api.conflicts import list_conflicts, split_conflict
from core.api.openapi_answers import ERROR_RESPONSES, RETRY_AFTER_HEADER
from core.api.problem_details import PROBLEM_MEDIA_TYPE
from core.api.problem_types import PROBLEM_TYPES, PROBLEMS_PATH
from core.api.remedies import REMEDIES

SITE = "https://handraiser.example"
METHOD_ENUM = {"type": "string", "enum": ["GET", "POST"]}
RETRIED_STATUSES = (429, 503)
"""Those that say after how many seconds to try again."""

RECENT_SIGN_IN = "sign-in of the last ten minutes"
"""What the description of an operation says that may ask for one: its 403 has an example with `where`."""

ERRORS_SCHEMA = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
    "description": "Errors in the input: sentences by path, as in `roles.0.name`. The key `body` is about what was "
    "sent "
    "as a whole. Always there with the code `invalid`.",
}
WHERE_SCHEMA = {
    "type": "object",
    "description": "Where it can be solved, if a stronger sign-in solves it.",
    "properties": {
        "page": {"type": "string", "description": "The path of the page for a person."},
        "api": {
            "type": "object",
            "description": "The operation for a program's own session. A personal token has none. With the code "
            "`session_over` it is the sign-in by password, since nothing tells whose session it was: a user without a "
            "password calls `POST /auth/app/v1/auth/code/request` instead.",
            "properties": {
                "method": {"$ref": "#/components/schemas/WhereMethodEnum"},
                "path": {"type": "string"},
                "operation_id": {"$ref": "#/components/schemas/WhereOperationEnum"},
            },
            "required": ["method", "path", "operation_id"],
        },
    },
    "required": ["page"],
}

_AUTH = "/api/v1/auth/app/v1/"
WHERE_EXAMPLES: dict[str, dict[str, Any]] = {
    "session_over": {
        "page": "/accounts/login/",
        "api": {"method": "POST", "path": f"{_AUTH}auth/login", "operation_id": "signIn"},
    },
    "second_factor_needed": {
        "page": "/accounts/2fa/reauthenticate/",
        "api": {"method": "POST", "path": f"{_AUTH}auth/2fa/reauthenticate", "operation_id": "proveByFactor"},
    },
    "sign_in_again": {
        "page": "/accounts/reauthenticate/",
        "api": {"method": "POST", "path": f"{_AUTH}auth/reauthenticate", "operation_id": "proveByPassword"},
    },
}
"""By code: where a caller goes who has to sign in more strongly."""

SEVERAL_CODES = {
    401: ("not_authenticated", "session_over", "token_over"),
    403: ("permission_denied", "not_allowed", "second_factor_needed", "scope_too_small", "forged"),
    503: ("busy", "unavailable"),
}
"""By status: the codes that an operation may answer with, where it is more than one."""
NEVER_NOT_FOUND = ("markNoticesRead",)
"""Operations that write, and pass over what they do not find."""

RECENT_SIGN_IN_RESPONSE = "NotAllowedOrSignInAgain"
RECENT_SIGN_IN_CODE = "sign_in_again"
UNREADABLE_PROBLEM = "UnreadableProblem"


def add_problem_responses(result: Any, **_about: Any) -> Any:
    """Add the schema and the responses of errors to the document."""
    components = result["components"]
    components["schemas"]["ProblemCodeEnum"] = {"type": "string", "enum": sorted(PROBLEM_TYPES)}
    components["schemas"]["WhereMethodEnum"] = METHOD_ENUM
    components["schemas"]["WhereOperationEnum"] = {
        "type": "string",
        "description": "An operation of sign-up and sign-in, by its id in that description.",
        "enum": sorted(remedy.operation_id for remedy in REMEDIES),
    }
    components["schemas"]["Problem"] = build_object_type(
        description="An error by RFC 9457. `code` is stable; `detail` says what to do next.",
        properties={
            "type": {"type": "string", "description": "The address of a text that explains the code."},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "code": {"$ref": "#/components/schemas/ProblemCodeEnum"},
            "detail": {"type": "string"},
            "errors": ERRORS_SCHEMA,
            "where": WHERE_SCHEMA,
            "request_id": {
                "type": "string",
                "description": "The id of the request, as in the header `X-Request-Id` and in our logs.",
            },
        },
        required=["type", "title", "status", "code", "detail", "request_id"],
    )
    components["schemas"] |= _build_problem_schemas()
    components["responses"] = {
        name: _build_shared_response(status, SEVERAL_CODES.get(status, (code,)))
        for status, (name, _means, code) in ERROR_RESPONSES.items()
    }
    strict = _build_shared_response(403, (*SEVERAL_CODES[403], RECENT_SIGN_IN_CODE), RECENT_SIGN_IN_RESPONSE)
    components["responses"][RECENT_SIGN_IN_RESPONSE] = strict
    return result


def _build_problem_schemas() -> dict[str, Any]:
    """Return the problem of each status that operations share, by its component: `StaleProblem` of a 412."""
    codes = {status: list_codes(status) for status in ERROR_RESPONSES}
    schemas = {f"{ERROR_RESPONSES[status][0]}Problem": narrow_problem(status, codes[status]) for status in codes}
    invalid, others = narrow_problem(400, ("invalid",)), tuple(code for code in codes[400] if code != "invalid")
    # A generator reads a part of `allOf` by itself, so what is required stands beside it.
    invalid["allOf"][1]["properties"]["errors"] = ERRORS_SCHEMA
    invalid["allOf"][1]["required"].append("errors")
    without_recent = tuple(code for code in codes[403] if code != RECENT_SIGN_IN_CODE)
    return schemas | {
        "InvalidProblem": invalid,
        UNREADABLE_PROBLEM: narrow_problem(400, others),
        "NotAllowedProblem": narrow_problem(403, without_recent),
        f"{RECENT_SIGN_IN_RESPONSE}Problem": narrow_problem(403, codes[403]),
    }


def list_codes(status: int) -> tuple[str, ...]:
    """Return the codes of problems with a status."""
    return tuple(sorted(code for code, problem in PROBLEM_TYPES.items() if problem.status == status))


def narrow_problem(status: int, codes: Iterable[str]) -> dict[str, Any]:
    """Return the schema of a problem with this status and one of these codes."""
    narrower = {
        "type": "object",
        "properties": {
            "status": {"type": "integer", "enum": [status], "description": "The status of the answer."},
            "code": {"type": "string", "enum": sorted(set(codes)), "description": "What went wrong."},
        },
        "required": ["status", "code"],
    }
    return {"allOf": [{"$ref": "#/components/schemas/Problem"}, narrower]}


def refer_to_error(status: int, operation: dict[str, Any]) -> dict[str, Any] | None:
    """Return what an operation says of an error status; None where it never answers with it."""
    if status == 409:
        return build_conflict_response(operation["operationId"])
    if status == 404 and operation["operationId"] in NEVER_NOT_FOUND:
        return None
    name = ERROR_RESPONSES[status][0]
    if status == 403 and RECENT_SIGN_IN in " ".join(operation.get("description", "").split()):
        name = RECENT_SIGN_IN_RESPONSE
    return {"$ref": f"#/components/responses/{name}"}


def build_conflict_response(operation_id: str) -> dict[str, Any] | None:
    """Return the 409 of an operation, with its reasons; None where there are none."""
    reasons = [split_conflict(reason) for reason in list_conflicts().get(operation_id, ())]
    if not reasons:
        return None
    lines = "\n".join(f"* `{code}`: {sentences}" for code, sentences in reasons)
    details = {code: sentences for code, sentences in reversed(reasons)}
    schema = narrow_problem(409, details)
    return _build_response(f"It cannot be done now. `detail` says why:\n\n{lines}", schema, details)


def _build_shared_response(status: int, codes: tuple[str, ...], name: str = "") -> dict[str, Any]:
    name, means = name or ERROR_RESPONSES[status][0], ERROR_RESPONSES[status][1]
    schema: dict[str, Any] = {"$ref": f"#/components/schemas/{name}Problem"}
    if status == 400:
        schema = {"oneOf": [schema, {"$ref": f"#/components/schemas/{UNREADABLE_PROBLEM}"}]}
    details = {code: means if len(codes) == 1 else PROBLEM_TYPES[code].meaning for code in codes}
    response = _build_response(means, schema, details)
    if status in RETRIED_STATUSES:
        response["headers"] = {"Retry-After": RETRY_AFTER_HEADER}
    return response


def _build_response(description: str, schema: dict[str, Any], details: dict[str, str]) -> dict[str, Any]:
    examples = {code: _build_problem_example(code, detail) for code, detail in details.items()}
    shown: dict[str, Any] = (
        {"example": next(iter(examples.values()))}
        if len(examples) == 1
        else {"examples": {code: {"value": example} for code, example in examples.items()}}
    )
    return {"description": description, "content": {PROBLEM_MEDIA_TYPE: {"schema": schema, **shown}}}


def _build_problem_example(code: str, detail: str) -> dict[str, Any]:
    example: dict[str, Any] = {
        "type": f"{SITE}{PROBLEMS_PATH}#{code}",
        "title": PROBLEM_TYPES[code].title,
        "status": PROBLEM_TYPES[code].status,
        "code": code,
        "detail": detail,
        "request_id": "5f0c2c8e9d4b4f6e8a7d1b3c5e7f9a0b",
    }
    if code == "invalid":
        example["errors"] = {"roles.0.hours_per_week": ["Ensure this value is less than or equal to 60."]}
    if code in WHERE_EXAMPLES:
        example["where"] = WHERE_EXAMPLES[code]
    return example
