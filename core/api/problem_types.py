"""Every code of a problem: its status, what it means, and what a program does about it.

The page `/api/problems`, the table of docs/reference/api.md and the schema of a problem are made from this table. It is
written for developers, in English, as the description of the API is; `detail` is what a person reads.
"""

from dataclasses import dataclass

from django.conf import settings

PROBLEMS_PATH = "/api/problems"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of problem; `title` stays the same for each of its kind."""

    status: int
    title: str
    meaning: str
    remedy: str


PROBLEM_TYPES: dict[str, ProblemType] = {
    "invalid": ProblemType(
        400,
        "Invalid input",
        "Something in the body, the query or a header cannot be used.",
        "Show each message of `errors` at its field. The key is the path of what was sent, as in `roles.1.skill`. "
        "The key `body` is about what was sent as a whole.",
    ),
    "unreadable": ProblemType(
        400,
        "Unreadable body",
        "The body is no JSON as RFC 7493 has it, is nested too deeply, or holds a text that cannot be stored.",
        "Correct the program: `detail` says where.",
    ),
    "parse_error": ProblemType(400, "Unparsable body", "The body cannot be parsed.", "Correct the program."),
    "bad_request": ProblemType(
        400, "Unusable request", "The server refuses the address or a header.", "Correct the program."
    ),
    "not_authenticated": ProblemType(
        401,
        "Not signed in",
        "The request has no token, and no cookie of a user. Or the sign-in has begun, and is not finished.",
        "Sign in, or finish it, and send the newest token or the cookie of the session.",
    ),
    "authentication_failed": ProblemType(
        401, "Sign-in not accepted", "What was sent to sign in is not accepted.", "Forget it, and sign in again."
    ),
    "session_over": ProblemType(
        401,
        "Session over",
        "The session of the `X-Session-Token` that was sent is over, or was never there.",
        "Forget the token. Sign in again by `where.api`. A user without a password calls `auth/code/request` instead: "
        "offer both. Then send the request again, with the new token.",
    ),
    "token_over": ProblemType(
        401,
        "Personal token over",
        "The personal token that was sent is over, was taken back, or was never valid.",
        "Forget it. Its owner signs in, and makes a new one with `POST /api/v1/me/tokens`.",
    ),
    "not_allowed": ProblemType(
        403, "Not allowed", "This user may not do this with this object.", "Show `detail`: it says whom to ask."
    ),
    "permission_denied": ProblemType(
        403, "Not allowed", "The operation is not open to this user's role.", "Do not offer it to this user."
    ),
    "second_factor_needed": ProblemType(
        403,
        "Second factor needed",
        "The user's role shows other people's data, and this sign-in has used no second factor.",
        "Go to `where.api`, or open `where.page`. Then send the request again.",
    ),
    "sign_in_again": ProblemType(
        403,
        "Recent sign-in needed",
        "The operation needs a sign-in of the last ten minutes. A personal token never has one.",
        "Go to `where.api`, or open `where.page`. Then send the request again.",
    ),
    "scope_too_small": ProblemType(
        403, "Scope too small", "The token is only for reading.", "Use a token whose scope is `write`."
    ),
    "forged": ProblemType(
        403,
        "CSRF token missing",
        "The request has a session cookie, and its token against forgery is missing or wrong.",
        "Send the value of the CSRF cookie as the header `X-CSRFToken`.",
    ),
    "not_found": ProblemType(
        404, "Not found", "There is nothing here that the caller may see.", "Load the list again: it may be gone."
    ),
    "method_not_allowed": ProblemType(
        405, "Method not allowed", "The address does not take this method.", "Use one of those in the header `Allow`."
    ),
    "not_acceptable": ProblemType(
        406, "Format not offered", "The answer cannot be given in the format of `Accept`.", "Accept JSON."
    ),
    "wrong_state": ProblemType(
        409,
        "Wrong state",
        "The object, or the caller, is in a state that does not allow this. Each operation lists its reasons.",
        "Show `detail`, load it again, then decide.",
    ),
    "too_many": ProblemType(
        409,
        "Too many at once",
        "There are as many of these as there may be at once.",
        "Show `detail`: it says which to end, or what to wait for.",
    ),
    "full": ProblemType(409, "Full", "The seat or the hours are taken.", "Load it again, then decide."),
    "length_required": ProblemType(
        411, "Length missing", "The length of the body is missing.", "Send it as `Content-Length`."
    ),
    "stale": ProblemType(
        412,
        "Changed meanwhile",
        "The object has changed since it was read, or it is not there yet and has no version, like a first profile.",
        "Load it again, and put the change to the user once more. With a first profile leave the version out.",
    ),
    "too_large": ProblemType(413, "Body too long", "The body is longer than 256 KiB.", "Send less at once."),
    "unsupported_media_type": ProblemType(
        415, "Not JSON", "The body is not JSON in UTF-8.", "Send `Content-Type: application/json`."
    ),
    "key_reused": ProblemType(
        422,
        "Idempotency key reused",
        "The `Idempotency-Key` came with another request before.",
        "Send a new key with a new request.",
    ),
    "throttled": ProblemType(
        429,
        "Too many requests",
        "A rate limit or a daily limit is reached.",
        "Wait as many seconds as `Retry-After` says. Then send the request again.",
    ),
    "error": ProblemType(
        500,
        "Error of the server",
        "Something went wrong on our side. It may have gone wrong after the change was stored.",
        "Load the object again to see how it stands before you try again.",
    ),
    "busy": ProblemType(
        503,
        "Busy",
        "Another change held what this request needs, for longer than it may wait.",
        "Wait as many seconds as `Retry-After` says. Then send the request again, with the same `Idempotency-Key`.",
    ),
    "unavailable": ProblemType(
        503,
        "Not available",
        "The database does not answer. What was sent just before may have been stored or not.",
        "Wait as many seconds as `Retry-After` says. Then send the request again, with the same `Idempotency-Key`: it "
        "says whether the first was stored.",
    ),
}
"""By code."""


def build_problem_type_url(code: str) -> str:
    """Return the address of the text that explains a code: the `type` of its problems."""
    return f"{settings.SITE_URL}{PROBLEMS_PATH}#{code}"
