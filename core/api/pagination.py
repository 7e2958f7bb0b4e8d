"""Pages of lists: by a cursor that stays stable while rows are added, or the whole list as one page.

Every list has the same envelope: `next`, `previous` and `results`, and `count` if the caller asks for it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db import DataError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import BasePagination, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from core.api.cursors import decode_cursor, encode_cursor, has_cursor_form

QueryErrors = dict[str, list[str]]
"""Sentences by parameter."""

MAX_CURSOR_LENGTH = 4_000
MAX_PAGE_ROWS = 200
MAX_COUNTED_ROWS = 100_000
COUNT_PARAMETER = "count"


def wants_count(query: Mapping[str, str]) -> bool:
    """Return whether the caller asks for the number of all rows."""
    return query.get(COUNT_PARAMETER, "false").lower() == "true"


def find_count_errors(query: Mapping[str, str]) -> QueryErrors:
    """Return what is wrong with the parameter that asks for the number of rows."""
    if query.get(COUNT_PARAMETER, "false").lower() in ("true", "false"):
        return {}
    return {COUNT_PARAMETER: [_("This is neither true nor false. Give one of them.")]}


def gather_list_errors(pagination: Any, query: Mapping[str, str], view: Any, others: QueryErrors) -> QueryErrors:
    """Return everything that is wrong with the query of a list: `others`, and what its pagination finds.

    A cursor that cannot be read is named beside other errors. Alone it is a 404, as it is of a page that is gone.
    """
    errors = {**(pagination.find_errors(query, view) if pagination else {}), **others}
    return {**pagination.find_cursor_errors(query), **errors} if errors and pagination else errors


def count_rows(queryset: QuerySet[Any]) -> int | None:
    """Return the exact number of rows, or None where they are more than MAX_COUNTED_ROWS, to bound the cost."""
    counted = queryset.order_by()[: MAX_COUNTED_ROWS + 1].count()
    return counted if counted <= MAX_COUNTED_ROWS else None


def build_envelope(rows: Any, *, next: str | None, previous: str | None, count: dict[str, int | None]) -> Any:
    """Return the body of a list. `count` has the number of all rows if it was asked for, and else is empty."""
    return {"next": next, "previous": previous, **count, "results": rows}


def describe_envelope(rows: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of the body of a list, whose `results` have the schema `rows`."""
    link = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["next", "previous", "results"],
        "properties": {
            "next": {**link, "description": "The address of the next page; null on the last."},
            "previous": {**link, "description": "The address of the page before; null on the first."},
            "count": {
                "type": ["integer", "null"],
                "description": "How many rows there are on all pages; only if it was asked for. Null where there are "
                f"more than {MAX_COUNTED_ROWS:,}.",
                "example": 72,
            },
            "results": {**rows, "description": "The rows of this page."},
        },
    }


def describe_count_parameter() -> dict[str, Any]:
    """Return the description of the parameter that asks for the number of rows."""
    return {
        "name": COUNT_PARAMETER,
        "required": False,
        "in": "query",
        "description": "Whether to count the rows of all pages.",
        "schema": {"type": "boolean", "default": False},
    }


def _no_page_message() -> str:
    return _("There is no such page. Begin again without a cursor.")


class StableCursorPagination(CursorPagination):
    """Paginate by cursor, 25 rows at a time; the newest come first unless the view has its own `pages_by`.

    The `orderings` of a view are the columns or annotations that callers may order by; the caller must see them, and
    they are never null. Each is followed by the id, so that an order has no ties. A cursor names the last row of a
    page, so new rows never shift the next page. It holds for this list in this order only. `next` and `previous` are
    addresses.
    """

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = MAX_PAGE_ROWS
    ordering = "-id"

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        """Return the rows of a page. Raises ValidationError with all wrong parameters, NotFound for a wrong cursor."""
        assert view is not None
        if errors := gather_list_errors(self, request.query_params, view, {}):
            raise exceptions.ValidationError(errors)
        self.request = request
        self.base_url = request.build_absolute_uri()
        self.order = self.get_ordering(request, queryset, view)
        size = self.get_page_size(request)
        self.count: dict[str, int | None] = {"count": count_rows(queryset)} if wants_count(request.query_params) else {}
        try:
            is_backward, position = self._read_cursor(request)
            order = _reverse_order(self.order) if is_backward else self.order
            queryset = queryset.order_by(*order)
            if position:
                queryset = queryset.filter(_rows_after(order, position))
            # One row more than the page tells whether another page follows, without a count.
            rows = list(queryset[: size + 1])
        except (ValidationError, ValueError, TypeError, OverflowError, RecursionError, FieldError, DataError) as error:
            raise exceptions.NotFound(_no_page_message()) from error
        has_more = len(rows) > size
        self.page = rows[:size][::-1] if is_backward else rows[:size]
        self.has_next, self.has_previous = (bool(position), has_more) if is_backward else (has_more, bool(position))
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page in the envelope of all lists."""
        next_page, previous_page = self.get_next_link(), self.get_previous_link()
        return Response(build_envelope(data, next=next_page, previous=previous_page, count=self.count))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of the envelope for OpenAPI."""
        return describe_envelope(schema)

    @classmethod
    def list_parameters(cls, view: Any) -> set[str]:
        """Return the names of the query parameters that it reads; `ordering` where the view offers one."""
        names = {cls.cursor_query_param, cls.page_size_query_param, COUNT_PARAMETER}
        return names | ({"ordering"} if getattr(view, "orderings", ()) else set())

    def find_errors(self, query: Mapping[str, str], view: Any) -> QueryErrors:
        """Return what is wrong with each parameter of pages, but for a cursor that cannot be read."""
        errors = find_count_errors(query)
        size = query.get(self.page_size_query_param)
        if size is not None and not self._is_page_size(size):
            message = _("This page size is out of range. Give 1 to %(limit)s.")
            errors[self.page_size_query_param] = [message % {"limit": self.max_page_size}]
        allowed, ordering = getattr(view, "orderings", ()), query.get("ordering")
        takes_ordering = ordering is not None and "ordering" in self.list_parameters(view)
        if takes_ordering and str(ordering).removeprefix("-") not in allowed:
            message = _("This list has no such order. Order by one of these, or by one with “-” before it: %(names)s.")
            errors["ordering"] = [message % {"names": ", ".join(allowed)}]
        if len(query.get(self.cursor_query_param, "")) > MAX_CURSOR_LENGTH:
            errors[self.cursor_query_param] = [_("This is too long. Begin without a cursor.")]
        return errors

    def find_cursor_errors(self, query: Mapping[str, str]) -> QueryErrors:
        """Return what is wrong with a text that is no cursor, whatever the list and its order."""
        cursor = query.get(self.cursor_query_param)
        return {self.cursor_query_param: [_no_page_message()]} if cursor and not has_cursor_form(cursor) else {}

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> tuple[str, ...]:
        """Return the columns to order by."""
        ordering = request.query_params.get("ordering")
        if ordering is None or not getattr(view, "orderings", ()):
            return self.list_order(view)
        return ordering, "-id" if ordering.startswith("-") else "id"

    def list_order(self, view: Any) -> tuple[str, ...]:
        """Return the columns that a view is ordered by where its caller names none."""
        return tuple(getattr(view, "pages_by", (self.ordering,)))

    def get_page_size(self, request: Request) -> int:
        """Return how many rows a page has."""
        return int(request.query_params.get(self.page_size_query_param, self.page_size))

    def _is_page_size(self, text: str) -> bool:
        return text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= self.max_page_size

    def get_next_link(self) -> str | None:
        """Return the address of the next page; None on the last."""
        return self._page_link(self.page[-1], backward=False) if self.has_next and self.page else None

    def get_previous_link(self) -> str | None:
        """Return the address of the previous page; None on the first."""
        return self._page_link(self.page[0], backward=True) if self.has_previous and self.page else None

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the parameters of the cursor, the page size and the ordering for OpenAPI."""
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        bounds = {
            self.cursor_query_param: {"maxLength": MAX_CURSOR_LENGTH},
            self.page_size_query_param: {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size},
        }
        for parameter in parameters:
            parameter["schema"] |= bounds.get(parameter["name"], {})
            if parameter["name"] == self.cursor_query_param:
                parameter["description"] = "From `next` of the page before, with the same other parameters."
        allowed = getattr(view, "orderings", ())
        if allowed:
            options = [option for name in allowed for option in (name, f"-{name}")]
            description = "What the rows are ordered by; a leading “-” reverses the order. Left out: as the list says."
            schema = {"type": "string", "enum": options}
            parameters.append(
                {"name": "ordering", "required": False, "in": "query", "description": description, "schema": schema}
            )
        return [*parameters, describe_count_parameter()]

    def _read_cursor(self, request: Request) -> tuple[bool, list[str]]:
        """Return whether the page lies backward, and the values of the order's columns at the row before it."""
        cursor = request.query_params.get(self.cursor_query_param)
        if not cursor:
            return False, []
        is_backward, position = decode_cursor(cursor, of=name_order(request.path, self.order))
        if len(position) != len(self.order):
            raise ValueError("A cursor of another order.")
        return is_backward, position

    def _page_link(self, row: Any, *, backward: bool) -> str:
        position = [str(getattr(row, name.removeprefix("-"))) for name in self.order]
        cursor = encode_cursor(position, is_backward=backward, of=name_order(self.request.path, self.order))
        return replace_query_param(str(self.base_url), self.cursor_query_param, cursor)


class OnePagePagination(BasePagination):
    """The whole list as one page, in the envelope of all lists; for lists whose length is bounded."""

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        """Return all rows. Raises ValidationError when `count` is neither true nor false."""
        if errors := self.find_errors(request.query_params, view):
            raise exceptions.ValidationError(errors)
        self.wants_count = wants_count(request.query_params)
        return list(queryset)

    def get_paginated_response(self, data: Any) -> Response:
        """Return the rows in the envelope of all lists."""
        count: dict[str, int | None] = {"count": len(data)} if self.wants_count else {}
        return Response(build_envelope(data, next=None, previous=None, count=count))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of the envelope for OpenAPI, whose links are always null."""
        envelope = describe_envelope(schema)
        for link in ("next", "previous"):
            envelope["properties"][link]["description"] = "Always null: the whole list is one page."
        return envelope

    def find_errors(self, query: Mapping[str, str], view: Any) -> QueryErrors:
        """Return what is wrong with the parameters."""
        return find_count_errors(query)

    def find_cursor_errors(self, query: Mapping[str, str]) -> QueryErrors:
        """Return nothing: there are no cursors."""
        return {}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the parameter that asks for the number of rows."""
        return [describe_count_parameter()]

    @classmethod
    def list_parameters(cls, view: Any) -> set[str]:
        """Return the names of the query parameters that it reads."""
        return {COUNT_PARAMETER}


def respond_with_list(view: Any, rows: Any, serializer: Any) -> Response:
    """Return a list of a view's action in the envelope of all lists, each row as `serializer` shows it."""
    page = view.paginate_queryset(rows)
    response: Response = view.get_paginated_response(serializer(page, many=True).data)
    return response


def name_order(path: str, order: Sequence[str]) -> str:
    """Return the name that a cursor is sealed with: the list's path, and the columns that it is ordered by."""
    return f"{path} {' '.join(order)}"


def _reverse_order(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order)


def _rows_after(order: tuple[str, ...], position: Sequence[str]) -> Q:
    """Return the condition for rows after this position: by the first column, or by the next where it is equal."""
    is_after, is_equal = Q(), Q()
    for name, value in zip(order, position, strict=True):
        column, lookup = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
        is_after |= is_equal & Q(**{f"{column}__{lookup}": value})
        is_equal &= Q(**{column: value})
    return is_after
