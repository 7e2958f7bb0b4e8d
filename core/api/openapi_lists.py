"""What the API's description says of lists: their order, and what a search reads. Both follow from the view."""

from typing import Any

from core.api.pagination import StableCursorPagination

ORDER_SENTENCES = {
    "-id": "The newest come first.",
    "-written_at": "The newest come first.",
    "answer_due_at": "Those that are due first come first.",
    "board_id": "The order means nothing.",
    "starts_at": "The next come first.",
    "waiting_since": "Those whose volunteer waits longest come first.",
}
"""By the first column of an order."""


def describe_order(view: Any) -> str:
    """Return the order of a list with pages, as a sentence; empty for one of a single page, which says it itself."""
    paginator = view.paginator
    if not isinstance(paginator, StableCursorPagination):
        return ""
    return ORDER_SENTENCES[paginator.list_order(view)[0]]


def describe_search(view: Any) -> str:
    """Return what the parameter `search` of a list reads, in the words of the models' columns."""
    *others, last = [_describe_column(view.queryset.model, path) for path in view.filterset_class.search_columns]
    columns = f"{', '.join(others)} and {last}" if others else last
    return f"Words, in any order. Each is looked for in {columns}."


def _describe_column(model: Any, path: str) -> str:
    """Return the name of a column: `the title`, or `the title of the request`."""
    *steps, name = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    column = f"the {model._meta.get_field(name).verbose_name}"
    return f"{column} of the {model._meta.verbose_name}" if steps else column
