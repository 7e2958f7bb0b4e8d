"""Serve the API's descriptions, in English. Each is built once in a process for a format, and kept compressed."""

import gzip
from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple

from allauth.headless.constants import Client
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.content_codings import takes_gzip
from config.interface_languages import ENGLISH
from core.accounts.auth_document import build_auth_document
from core.api.etags import REFERENCE_MAX_AGE_SECONDS, answer_conditionally, digest_etag
from core.api.permissions import AllowAny
from core.api.strict_query import takes_parameters

FORMAT_PARAMETER = "format"
CLIENT_PARAMETER = "client"
JSON_MEDIA_TYPE = "application/json"
RENDERERS_BY_FORMAT: dict[str, type[BaseRenderer]] = {"json": OpenApiJsonRenderer2, "yaml": OpenApiYamlRenderer2}


class Document(NamedTuple):
    """A description as it is sent, and the same compressed."""

    body: bytes
    compressed: bytes
    etag: str


_documents: dict[tuple[str, str], Document] = {}
_building = Lock()


def find_or_build_document(name: str, media_type: str, render: Callable[[], bytes]) -> Document:
    """Return the description, which `render` builds at the first call of this process."""
    key = name, media_type
    if key not in _documents:
        # Of several first readers one builds, and the others wait for it.
        with _building:
            if key not in _documents:
                with translation.override(ENGLISH):
                    body = render()
                _documents[key] = Document(body, gzip.compress(body, mtime=0), digest_etag(body))
    return _documents[key]


@extend_schema(exclude=True)
class CachedDocumentView(APIView):
    """Base of the views that serve a description, which is the same for every caller."""

    permission_classes = [AllowAny]
    authentication_classes = []
    document_name: str

    def get(self, request: Request) -> HttpResponseBase:
        """Return the description, or 304 where the caller has it."""
        renderer = request.accepted_renderer
        document = find_or_build_document(
            self.document_name, renderer.media_type, lambda: self.render_document(renderer)
        )
        is_packed = takes_gzip(request.headers.get("Accept-Encoding", ""))
        response = HttpResponse(
            document.compressed if is_packed else document.body, content_type=_content_type(renderer.media_type)
        )
        if is_packed:
            response["Content-Encoding"] = "gzip"
        response["Cache-Control"] = f"public, max-age={REFERENCE_MAX_AGE_SECONDS}"
        patch_vary_headers(response, ["Accept", "Accept-Encoding"])
        # Weak: the compressed body has the same tag as the plain one.
        return answer_conditionally(request._request, response, f"W/{document.etag}")

    def render_document(self, renderer: Any) -> bytes:
        """Return the description in the renderer's format."""
        raise NotImplementedError


class DocumentView(CachedDocumentView):
    """The description of our API."""

    document_name = "api"
    renderer_classes = [OpenApiYamlRenderer, OpenApiYamlRenderer2, OpenApiJsonRenderer, OpenApiJsonRenderer2]

    @takes_parameters(FORMAT_PARAMETER)
    def get(self, request: Request) -> HttpResponseBase:
        """Return the description, in the format of the query or of `Accept`."""
        return super().get(request)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Return the renderer and its media type. Raises ValidationError for a format that there is not."""
        name = request.query_params.get(FORMAT_PARAMETER)
        if force:
            return JSONRenderer(), JSON_MEDIA_TYPE  # a problem is JSON, whatever was asked for
        if name is None:
            return super().perform_content_negotiation(request, force)
        if name not in RENDERERS_BY_FORMAT:
            raise ValidationError({FORMAT_PARAMETER: [_("There is no such format. Give json or yaml.")]})
        renderer = RENDERERS_BY_FORMAT[name]()
        return renderer, renderer.media_type

    def render_document(self, renderer: Any) -> bytes:
        """Return the description as drf-spectacular builds it."""
        schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        body: bytes = renderer.render(schema, renderer_context={})
        return body


class DocumentPageView(SpectacularSwaggerSplitView):
    """The page that shows the description of our API; it fetches its script from its own address."""

    @extend_schema(exclude=True)
    @takes_parameters("script")
    def get(self, request: Request) -> Response:
        """Return the page, or its script."""
        response: Response = super().get(request)  # type: ignore[no-untyped-call]
        return response


class AccountDocumentView(CachedDocumentView):
    """The description of sign-up and sign-in."""

    document_name = "accounts"
    renderer_classes = [OpenApiJsonRenderer, OpenApiJsonRenderer2]
    client: Client | None = None

    @takes_parameters(CLIENT_PARAMETER)
    def get(self, request: Request) -> HttpResponseBase:
        """Return the description, of one kind of client if the query names it. Raises ValidationError."""
        name = request.query_params.get(CLIENT_PARAMETER)
        if name is not None and name not in [each.value for each in Client]:
            raise ValidationError({CLIENT_PARAMETER: [_("There is no such client. Give app or browser.")]})
        if name is not None:
            self.client, self.document_name = Client(name), f"accounts of {name}"
        return super().get(request)

    def render_document(self, renderer: Any) -> bytes:
        """Return the description as allauth builds it, corrected."""
        body: bytes = renderer.render(build_auth_document(self.client), renderer_context={})
        return body


class AccountYAMLDocumentView(AccountDocumentView):
    """The same in YAML, at the address that allauth gives it."""

    renderer_classes = [OpenApiYamlRenderer, OpenApiYamlRenderer2]


def _content_type(media_type: str) -> str:
    return media_type if "charset" in media_type else f"{media_type}; charset=utf-8"
