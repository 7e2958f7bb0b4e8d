"""Lists come in pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView


class Pages(CursorPagination):
    """Newest first unless the view's `pages_by` says otherwise; 50 at a time. `next` and `previous` are addresses.

    New rows never shift a page.
    """

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-id"

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        """A page. A cursor that is none of ours is a page that is not there."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValidationError, ValueError, OverflowError) as error:
            raise NotFound("There is no such page. Begin again without a cursor.") from error

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> tuple[str, ...]:
        """By what the rows are ordered: columns, or what the view's rows are annotated with."""
        return tuple(getattr(view, "pages_by", (self.ordering,)))
