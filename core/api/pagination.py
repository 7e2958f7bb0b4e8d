"""Lists come in pages."""

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """Newest first, 50 at a time; `next` and `previous` are addresses. New rows never shift a page."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-id"
