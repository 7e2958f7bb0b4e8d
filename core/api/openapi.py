"""How the API's own description is made: what drf-spectacular cannot know of us.

Every operation names the errors that it can give; what an error looks like stands once, in the components. Examples are
made in `core/api/examples.py`.
"""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_object_type, force_instance
from rest_framework.permissions import SAFE_METHODS

from core.api.etags import ETagMixin
from core.api.idempotency import IDEMPOTENCY_HEADER, IdempotentAPIView
from core.api.operation_ids import RESOURCE_PLACEHOLDER, build_detail_id, build_list_id, to_pascal_case
from core.api.permissions import AllowAny
from core.api.problem_details import PROBLEM_MEDIA_TYPE
from core.api.serializers import StrictSerializer

ERROR_RESPONSES = {
    400: ("Invalid", "Something that was sent cannot be used; `errors` names what, by its path.", "invalid"),
    401: ("Unknown", "Nobody is signed in.", "not_authenticated"),
    403: ("NotAllowed", "The caller may not do this.", "not_allowed"),
    404: ("NotFound", "There is no such thing, or none that the caller may know of.", "not_found"),
    409: ("Conflict", "Things have moved on: load them again, and decide anew.", "wrong_state"),
    412: ("Stale", "Somebody else has changed it since it was read.", "stale"),
    413: ("TooLarge", "The body is too long.", "too_large"),
    415: ("NotJSON", "The body is not JSON in UTF-8.", "unsupported_media_type"),
    422: ("KeyReused", "The Idempotency-Key came with another request before.", "key_reused"),
    429: ("TooOften", "Too many requests for now: `Retry-After` says how many seconds to wait.", "throttled"),
}
"""By status: the name among the components, what it means, and one of the codes that it comes with."""


class PersonalTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A personal token."""

    target_class = "core.accounts.authentication.PersonalTokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A key in the usual header."""
        told = "A token that somebody made for a program of theirs at /api/v1/me/tokens."
        return {"type": "http", "scheme": "bearer", "description": told}


class AppSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The app client's header."""

    target_class = "core.accounts.authentication.AppSessionAuthentication"
    name = "X-Session-Token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A key in a header."""
        told = "What allauth's app client is given when somebody signs in: see /api/v1/auth/openapi.json."
        return {"type": "apiKey", "in": "header", "name": "X-Session-Token", "description": told}


class BrowserSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The browser's cookie."""

    target_class = "core.accounts.authentication.BrowserSessionAuthentication"
    name = "cookie"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A key in a cookie."""
        told = "A browser that has signed in. What changes something sends X-CSRFToken as well."
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME, "description": told}


class HandraiserAutoSchema(AutoSchema):
    """Operations of the API, with their headers and the errors that each can give."""

    def get_operation(self, *about: Any) -> Any:
        """What drf-spectacular finds, and what it cannot."""
        told = super().get_operation(*about)
        if told is None:
            return None
        resource = to_pascal_case(getattr(self.view, "basename", ""))
        told["operationId"] = told["operationId"].replace(RESOURCE_PLACEHOLDER, resource)
        empty = {int(code) for code, answer in told["responses"].items() if "content" not in answer}
        for error in sorted(self._error_statuses(told) | (empty & ERROR_RESPONSES.keys())):
            told["responses"][str(error)] = {"$ref": f"#/components/responses/{ERROR_RESPONSES[error][0]}"}
        headers = [*self._header_parameters(told)]
        if headers:
            told["parameters"] = [*told.get("parameters", ()), *headers]
        if self._has_etag(told):
            for code in ("200", "201"):
                if code in told["responses"]:
                    told["responses"][code].setdefault("headers", {})["ETag"] = ETAG_HEADER
        return told

    def get_operation_id(self) -> str:
        """Return `listMyMatches` or `getMyMatch` for what only reads; what changes something names its id itself."""
        if self._is_list_view():
            return build_list_id(self.path, str(settings.SPECTACULAR_SETTINGS["SCHEMA_PATH_PREFIX"]))
        return build_detail_id(str(getattr(self.view, "basename", "")))

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        """Closed, where nothing else is taken or told: so that a key too many in an answer is a fault that is seen."""
        shape = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        closed = direction == "response" or isinstance(force_instance(serializer), StrictSerializer)  # type: ignore[no-untyped-call]
        return shape | {"additionalProperties": False} if closed else shape

    def _error_statuses(self, told: Any) -> set[int]:
        unsafe, body, named = self.method not in SAFE_METHODS, "requestBody" in told, "{" in self.path
        asked = any(parameter["in"] == "query" for parameter in told.get("parameters", ()))
        errors = {429}
        errors |= {400} if unsafe or asked else set()
        errors |= {404} if named or unsafe or asked else set()
        errors |= {409} if unsafe else set()
        errors |= {412} if self._takes_version(told) else set()
        errors |= {413, 415} if body else set()
        errors |= {422} if self._is_idempotent() else set()
        if not any(isinstance(each, AllowAny) for each in self.view.get_permissions()):
            errors |= {401, 403}
        return errors

    def _header_parameters(self, told: Any) -> Any:
        if self._is_idempotent():
            yield _header_parameter(
                IDEMPOTENCY_HEADER, "The same key gets the same answer for a day, and nothing is done twice.", 100
            )
        if self._takes_version(told):
            yield _header_parameter(
                "If-Match", "The ETag that came with what was looked at; a stale one is refused.", 50
            )

    def _is_idempotent(self) -> bool:
        return self.method == "POST" and isinstance(self.view, IdempotentAPIView)

    def _takes_version(self, told: Any) -> bool:
        """Whether a version can be sent with it, in the body or as `If-Match`."""
        return "requestBody" in told and "version" in _serializer_fields(self.get_request_serializer())

    def _has_etag(self, told: Any) -> bool:
        found = self.get_response_serializers()
        one = next(iter(found.values())) if isinstance(found, dict) else found
        return isinstance(self.view, ETagMixin) and "version" in _serializer_fields(one)


def _serializer_fields(serializer: Any) -> Any:
    return getattr(force_instance(serializer), "fields", {})  # type: ignore[no-untyped-call]


ETAG_HEADER = {"description": "The version, to be sent back as `If-Match`.", "schema": {"type": "string"}}


def _header_parameter(name: str, description: str, longest: int) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": longest}
    return {"in": "header", "name": name, "description": description, "required": False, "schema": schema}


def add_problem_responses(result: Any, **_about: Any) -> Any:
    """Adds to the document what errors look like."""
    components = result["components"]
    components["schemas"]["Problem"] = build_object_type(
        description="An error, as RFC 9457 has it. `code` is stable, `detail` says what to do next.",
        properties={
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "code": {"type": "string"},
            "detail": {"type": "string"},
            "errors": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
                "description": "What is wrong with what was sent: sentences by path, as in `roles.0.name`.",
            },
            "where": {"type": "string", "description": "The page on which it can be put right, if there is one."},
        },
        required=["type", "title", "status", "code", "detail"],
    )
    components["responses"] = {
        name: _build_problem_response(code) for code, (name, _means, _code) in ERROR_RESPONSES.items()
    }
    return result


def _build_problem_response(status: int) -> dict[str, Any]:
    name, means, code = ERROR_RESPONSES[status]
    example: dict[str, Any] = {"type": "about:blank", "title": name, "status": status, "code": code, "detail": means}
    if status == 400:
        example["errors"] = {"roles.0.hours_per_week": ["Ensure this value is less than or equal to 60."]}
    content = {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
    told: dict[str, Any] = {"description": means, "content": content}
    if status == 429:
        told["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    return told
