"""Lists come in pages."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView


class StableCursorPagination(CursorPagination):
    """Newest first unless the view's `pages_by` says otherwise; 50 at a time. `next` and `previous` are addresses.

    A view's `orderings` are what its callers may order by: columns, or what its rows are annotated with, that the
    caller sees and that are never empty. The id comes after each of them, so an order has no ties, and a cursor names
    the row after which it goes on: new rows never shift a page.
    """

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-id"

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        """A page. A cursor that is none of ours is a page that is not there."""
        assert view is not None
        self.request = request
        self.base_url = request.build_absolute_uri()
        self.order = self.get_ordering(request, queryset, view)
        size = self.get_page_size(request) or self.page_size
        try:
            back, position = self._read_cursor(request)
            rows = queryset.order_by(*(_reverse_order(self.order) if back else self.order))
            if position:
                rows = rows.filter(_rows_after(_reverse_order(self.order) if back else self.order, position))
            found = list(rows[: size + 1])
        except (ValidationError, ValueError, TypeError, OverflowError, FieldError) as error:
            raise exceptions.NotFound("There is no such page. Begin again without a cursor.") from error
        more = len(found) > size
        self.page = found[:size][::-1] if back else found[:size]
        self.has_next, self.has_previous = (bool(position), more) if back else (more, bool(position))
        return self.page

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> tuple[str, ...]:
        """By what the rows are ordered. Raises ValidationError for what the view does not let them be ordered by."""
        allowed: Sequence[str] = getattr(view, "orderings", ())
        asked = request.query_params.get("ordering")
        if asked is None or not allowed:
            return tuple(getattr(view, "pages_by", (self.ordering,)))
        if asked.removeprefix("-") not in allowed:
            told = _("Order by one of these, with “-” before it the other way round: %(known)s.")
            raise exceptions.ValidationError({"ordering": [told % {"known": ", ".join(allowed)}]})
        return asked, "-id" if asked.startswith("-") else "id"

    def get_next_link(self) -> str | None:
        """The address of the page that follows."""
        return self._page_link(self.page[-1], back=False) if self.has_next and self.page else None

    def get_previous_link(self) -> str | None:
        """The address of the page before."""
        return self._page_link(self.page[0], back=True) if self.has_previous and self.page else None

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The cursor, the size, and by what the view's rows may be ordered."""
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        allowed = getattr(view, "orderings", ())
        if allowed:
            ways = [way for name in allowed for way in (name, f"-{name}")]
            schema = {"type": "string", "enum": ways}
            parameters.append({"name": "ordering", "required": False, "in": "query", "schema": schema})
        return parameters

    def _read_cursor(self, request: Request) -> tuple[bool, list[str]]:
        """Whether a page goes back, and the row after which it begins, by what the rows are ordered by."""
        sent = request.query_params.get(self.cursor_query_param)
        if not sent:
            return False, []
        back, *position = json.loads(urlsafe_b64decode(sent.encode()).decode())
        if len(position) != len(self.order) or not all(isinstance(one, str) for one in position):
            raise ValueError("A cursor of another order.")
        return back is True, position

    def _page_link(self, row: Any, *, back: bool) -> str:
        position = [str(getattr(row, name.removeprefix("-"))) for name in self.order]
        cursor = urlsafe_b64encode(json.dumps([back, *position]).encode()).decode()
        return replace_query_param(str(self.base_url), self.cursor_query_param, cursor)


def _reverse_order(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order)


def _rows_after(order: tuple[str, ...], position: Sequence[str]) -> Q:
    """Rows after this one: by the first column, or, where that is the same, by the next."""
    after, same = Q(), Q()
    for name, value in zip(order, position, strict=True):
        column, way = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
        after |= same & Q(**{f"{column}__{way}": value})
        same &= Q(**{column: value})
    return after
