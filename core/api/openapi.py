"""How the API's own description is made: what drf-spectacular cannot know of us."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema


class AppSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A session of the app client."""

    target_class = "core.api.authentication.AppSession"
    name = "X-Session-Token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A key in a header."""
        return {"type": "apiKey", "in": "header", "name": "X-Session-Token"}


class ExactShape(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """What takes nothing but its fields says so."""

    target_class = "core.api.fields.Exact"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> Any:
        """The shape that it would have anyway, closed."""
        shape = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)  # type: ignore[no-untyped-call]
        return shape | {"additionalProperties": False} if direction == "request" else shape


class Operations(AutoSchema):
    """Operations of the API."""
