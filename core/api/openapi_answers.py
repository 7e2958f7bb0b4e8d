"""What the API's description says of answers and headers that many operations have."""

from typing import Any

ERROR_RESPONSES = {
    400: ("Invalid", "Something that was sent cannot be used; `errors` names what, by its path.", "invalid"),
    401: ("Unauthenticated", "The caller is not signed in.", "not_authenticated"),
    403: ("NotAllowed", "The caller may not do this.", "permission_denied"),
    404: ("NotFound", "It does not exist, or the caller may not know of it.", "not_found"),
    405: ("MethodNotAllowed", "The address does not take this method.", "method_not_allowed"),
    406: ("NotAcceptable", "The answer is JSON, which `Accept` does not allow.", "not_acceptable"),
    411: ("LengthRequired", "The body has no `Content-Length`.", "length_required"),
    412: ("Stale", "It has changed since it was read.", "stale"),
    413: ("TooLarge", "The body is too long.", "too_large"),
    415: ("UnsupportedMediaType", "The body is not JSON in UTF-8.", "unsupported_media_type"),
    422: ("IdempotencyKeyReused", "The Idempotency-Key was used for another request.", "key_reused"),
    429: ("TooManyRequests", "Too many requests: `Retry-After` says how many seconds to wait.", "throttled"),
    500: ("ServerError", "Something went wrong on our side. The change may have been stored.", "error"),
    503: ("Unavailable", "It cannot be done at the moment: `Retry-After` says how many seconds to wait.", "busy"),
}
"""By status: the name of the component, its meaning, and one of its codes."""

RETRY_AFTER_HEADER: dict[str, Any] = {
    "description": "Seconds to wait.",
    "required": True,
    "schema": {"type": "integer"},
}
ETAG_HEADER: dict[str, Any] = {
    "description": "The name of this answer, to be sent as `If-None-Match` with the next read. If the object has a "
    "version, it can also be sent as `If-Match` with a change.",
    "schema": {"type": "string"},
}
LOCATION_HEADER: dict[str, Any] = {
    "description": "The address of what was created, or of what holds it.",
    "required": True,
    "schema": {"type": "string", "format": "uri"},
}
IF_MATCH_DESCRIPTION = (
    'The ETag of the answer that was read, or its version alone, in quotes as in `"7"`. A stale one is a 412. One '
    "that is no ETag of ours is a 400. `*` takes any version, as if it were left out. A body that does not fit its "
    "description is a 400 first, whatever the version."
)
REPLAYED_HEADER_NAME = "Idempotent-Replayed"
REPLAYED_HEADER: dict[str, Any] = {
    "description": "`true` where the `Idempotency-Key` came before. Nothing was done again.",
    "schema": {"type": "string", "enum": ["true"]},
}
HIDDEN_REPLAY_DESCRIPTION = (
    "Only for an `Idempotency-Key` that came before, so never without a key. The request was done then, and nothing is "
    "done again. What was answered then may no longer be shown, or is about a match that has moved on: read the thing "
    "itself, or its list."
)
SUCCESS_DESCRIPTIONS = {
    "200": "Done; how it is now.",
    "201": "Created.",
    "202": "Begun; it is done later.",
    "204": "Done; there is nothing to read.",
}
"""By status: what is said of an answer that has no description of its own."""
