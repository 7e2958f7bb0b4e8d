"""How the API's own description is made: what drf-spectacular cannot know of us.

Every operation names the errors that it can give; what an error looks like stands once, in the components. Examples are
made in `core/api/examples.py`.
"""

from typing import Any

from django.conf import settings
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import force_instance
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework.permissions import SAFE_METHODS

from core.api import openapi_schemes  # noqa: F401 - registers the security schemes
from core.api.created_location import CREATED_STATUSES, CreatedLocationMixin
from core.api.etags import ETagMixin, ReferenceDataMixin
from core.api.filters import ChoicesFilter, WholeNumberFilter
from core.api.idempotency import IDEMPOTENCY_HEADER, IdempotentAPIView
from core.api.openapi_answers import (
    ERROR_RESPONSES,
    ETAG_HEADER,
    HIDDEN_REPLAY_DESCRIPTION,
    IF_MATCH_DESCRIPTION,
    LOCATION_HEADER,
    REPLAYED_HEADER,
    REPLAYED_HEADER_NAME,
    SUCCESS_DESCRIPTIONS,
)
from core.api.openapi_lists import describe_order, describe_search
from core.api.openapi_problems import refer_to_error
from core.api.operation_ids import RESOURCE_PLACEHOLDER, build_detail_id, build_list_id, to_pascal_case
from core.api.permissions import AllowAny
from core.api.serializers import ChoiceListField, StrictSerializer


class HandraiserAutoSchema(AutoSchema):
    """Operations of the API, with their headers and the errors that each can give."""

    def get_operation(self, *about: Any) -> Any:
        """Return the operation as drf-spectacular builds it, with our errors, headers and id."""
        operation = super().get_operation(*about)
        if operation is None:
            return None
        resource = to_pascal_case(getattr(self.view, "basename", ""))
        operation["operationId"] = operation["operationId"].replace(RESOURCE_PLACEHOLDER, resource)
        if self.method in SAFE_METHODS and self._is_list_view():
            operation["description"] = f"{operation.get('description', '')} {describe_order(self.view)}".strip()
        empty = {int(code) for code, response in operation["responses"].items() if "content" not in response}
        for error in sorted(self._error_statuses(operation) | (empty & ERROR_RESPONSES.keys())):
            described = refer_to_error(error, operation)
            if described is not None:
                operation["responses"][str(error)] = described
        if self.method == "POST" and isinstance(self.view, IdempotentAPIView) and not self.view.can_show_now():
            operation["responses"].setdefault("204", {"description": HIDDEN_REPLAY_DESCRIPTION})
        # An empty list says that nobody has to sign in; without it a reader would look for a default.
        operation.setdefault("security", [])
        headers = [*self._header_parameters(operation)]
        if headers:
            operation["parameters"] = [*operation.get("parameters", ()), *headers]
        self._add_response_headers(operation["responses"])
        self._describe_successes(operation["responses"])
        return operation

    def _describe_successes(self, responses: dict[str, Any]) -> None:
        """Describe the answers of which drf-spectacular says nothing."""
        for status, description in SUCCESS_DESCRIPTIONS.items():
            if not responses.get(status, {}).get("description", "text"):
                is_read = status == "200" and self.method in SAFE_METHODS
                responses[status]["description"] = "What was asked for." if is_read else description

    def _add_response_headers(self, responses: dict[str, Any]) -> None:
        """Add `ETag` and `Location` where they come, and 304 where a read has an `ETag`."""
        if self._has_etag():
            # A write that hides its object afterwards names no version, so only a read always has one.
            is_read = self.method in SAFE_METHODS
            header = ETAG_HEADER | ({"required": True} if is_read else {})
            for code in ("200", "201"):
                if code in responses:
                    responses[code].setdefault("headers", {})["ETag"] = header
            if is_read:
                responses["304"] = {"description": "The caller has it.", "headers": {"ETag": header}}
        if isinstance(self.view, CreatedLocationMixin):
            for status in CREATED_STATUSES:
                if str(status) in responses:
                    responses[str(status)].setdefault("headers", {})["Location"] = LOCATION_HEADER
        if self._is_idempotent():
            for code, response in responses.items():
                if code in SUCCESS_DESCRIPTIONS:
                    response.setdefault("headers", {})[REPLAYED_HEADER_NAME] = REPLAYED_HEADER

    def get_operation_id(self) -> str:
        """Return an id such as `listMyMatches` or `getMyMatch`; operations that write name their own."""
        if self._is_list_view():
            return build_list_id(self.path, str(settings.SPECTACULAR_SETTINGS["SCHEMA_PATH_PREFIX"]))
        return build_detail_id(str(getattr(self.view, "basename", "")))

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        """Refuse further keys in strict bodies, and say that every field of an answer always comes.

        Answers stay open, so that a new field breaks no client.
        """
        shape = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if direction == "response":
            return shape | ({"required": sorted(shape["properties"])} if shape.get("properties") else {})
        is_strict = isinstance(force_instance(serializer), StrictSerializer)  # type: ignore[no-untyped-call]
        return shape | {"additionalProperties": False} if is_strict else shape

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        """Add how many entries a list may have, which drf-spectacular does not know of nested lists."""
        shape = super()._map_serializer_field(field, direction, bypass_extensions)  # type: ignore[no-untyped-call]
        limit = len(field.choices) if isinstance(field, ChoiceListField) else getattr(field, "max_length", None)
        is_list = isinstance(shape, dict) and shape.get("type") == "array"
        return shape | {"maxItems": limit} if is_list and limit is not None else shape

    def _get_filter_parameters(self) -> Any:
        """Return the filters of a list that is read, with the bounds of each."""
        if self.method not in SAFE_METHODS:
            return []
        filters = getattr(getattr(self.view, "filterset_class", None), "base_filters", {})
        parameters = super()._get_filter_parameters()  # type: ignore[no-untyped-call]
        for parameter in parameters:
            field = filters[parameter["name"]].field if parameter["name"] in filters else None
            if parameter["name"] == "search" and getattr(
                getattr(self.view, "filterset_class", None), "search_columns", ()
            ):
                parameter["description"] = describe_search(self.view)
            if isinstance(filters.get(parameter["name"]), ChoicesFilter):
                parameter["schema"]["maxItems"] = len(parameter["schema"]["items"]["enum"])
            if isinstance(filters.get(parameter["name"]), WholeNumberFilter):
                parameter["schema"]["type"] = "integer"
            for attribute, keyword in (("max_length", "maxLength"), ("min_value", "minimum"), ("max_value", "maximum")):
                if getattr(field, attribute, None) is not None:
                    parameter["schema"][keyword] = getattr(field, attribute)
        return parameters

    def _get_pagination_parameters(self) -> Any:
        """Return the parameters of pages for a list that is read."""
        return super()._get_pagination_parameters() if self.method in SAFE_METHODS else []  # type: ignore[no-untyped-call]

    def _error_statuses(self, operation: Any) -> set[int]:
        is_unsafe, has_body, has_id = self.method not in SAFE_METHODS, "requestBody" in operation, "{" in self.path
        has_query = any(parameter["in"] == "query" for parameter in operation.get("parameters", ()))
        # Any operation refuses a parameter that it does not know.
        errors = {400, 405, 406, 429, 500, 503}
        errors |= {404} if has_id or is_unsafe or has_query else set()
        errors |= {409} if is_unsafe else set()
        errors |= {412} if self._takes_version(operation) else set()
        errors |= {411, 413, 415} if has_body else set()
        errors |= {422} if self._is_idempotent() else set()
        # A view for everyone that looks who is signed in refuses a wrong token, too.
        if self.view.get_authenticators() or not self._allows_anyone():
            errors |= {401, 403}
        return errors

    def _allows_anyone(self) -> bool:
        return any(isinstance(permission, AllowAny) for permission in self.view.get_permissions())

    def get_auth(self) -> Any:
        """Return the ways to sign in; where anyone is let in, one of them is none."""
        ways = super().get_auth()
        return [*ways, {}] if ways and {} not in ways and self._allows_anyone() else ways

    def _header_parameters(self, operation: Any) -> Any:
        if self._is_idempotent():
            yield _header_parameter(
                IDEMPOTENCY_HEADER,
                "Within a day nothing is done twice under one key. A repeated request gets the same answer with the "
                "header `Idempotent-Replayed`, if the caller may still see it. A refused request does not use up the "
                "key.",
                100,
            )
        if self._takes_version(operation):
            yield _header_parameter("If-Match", IF_MATCH_DESCRIPTION, 50)
        if self._has_etag() and self.method in SAFE_METHODS:
            yield _header_parameter("If-None-Match", "The ETag of the answer that you have; if it is new, 304.", 100)

    def _is_idempotent(self) -> bool:
        return self.method == "POST" and isinstance(self.view, IdempotentAPIView)

    def _takes_version(self, operation: Any) -> bool:
        """Return whether a version may be sent, in the body or as `If-Match`."""
        return "requestBody" in operation and "version" in _serializer_fields(self.get_request_serializer())

    def _has_etag(self) -> bool:
        """Return whether the answer is one object, or reference data, that carries an `ETag`."""
        if isinstance(self.view, ReferenceDataMixin):
            return True
        serializers = self.get_response_serializers()
        first = next(iter(serializers.values())) if isinstance(serializers, dict) else serializers
        if isinstance(first, PolymorphicProxySerializer):
            first = next(iter(first.serializers))
        if not isinstance(self.view, ETagMixin) or self._is_list_view(serializers):
            return False
        return self.method in SAFE_METHODS or "version" in _serializer_fields(first)


def _serializer_fields(serializer: Any) -> Any:
    return getattr(force_instance(serializer), "fields", {})  # type: ignore[no-untyped-call]


def _header_parameter(name: str, description: str, max_length: int) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": max_length}
    return {"in": "header", "name": name, "description": description, "required": False, "schema": schema}
