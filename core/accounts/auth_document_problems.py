"""The problems in the description of sign-up and sign-in: what is refused before an operation there is reached."""

from typing import Any

from core.api.openapi_answers import ERROR_RESPONSES, RETRY_AFTER_HEADER
from core.api.openapi_problems import RETRIED_STATUSES, list_codes, narrow_problem
from core.api.problem_details import PROBLEM_MEDIA_TYPE

BODY_PROBLEMS = (411, 413, 415)
"""What a body may get: its length is missing, it is too long, or it is not declared as JSON."""

ANY_PROBLEMS = (500, 503)
"""What any call may get."""


def name_problem(status: int) -> str:
    """Return the component of a problem with this status, which is an answer of this name, too."""
    return "UnreadableProblem" if status == 400 else f"{ERROR_RESPONSES[status][0]}Problem"


def add_problems(document: dict[str, Any]) -> None:
    """Add the problem of each status, and the answers that consist of one."""
    components = document["components"]
    components["schemas"]["Problem"] = {
        "type": "object",
        "description": "An error in the form of RFC 9457, as all other operations have it.",
        "properties": {name: {"type": "string"} for name in ("type", "title", "detail", "code", "request_id")}
        | {"status": {"type": "integer"}},
        "required": ["type", "title", "status", "code", "detail", "request_id"],
    }
    for status in (400, *BODY_PROBLEMS, *ANY_PROBLEMS):
        codes = [code for code in list_codes(status) if code != "invalid"]
        components["schemas"][name_problem(status)] = narrow_problem(status, codes)
    for status in (*BODY_PROBLEMS, *ANY_PROBLEMS):
        components["responses"][name_problem(status)] = {
            "description": ERROR_RESPONSES[status][1],
            "content": {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{name_problem(status)}"}}},
            **({"headers": {"Retry-After": RETRY_AFTER_HEADER}} if status in RETRIED_STATUSES else {}),
        }
