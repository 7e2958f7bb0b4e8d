"""Middleware that refuses unknown and repeated query parameters, for lists and for everything else."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _
from rest_framework.mixins import ListModelMixin

from core.api.filters import ChoicesFilter, find_filter_errors
from core.api.pagination import QueryErrors, gather_list_errors
from core.api.problem_details import API_PREFIX, invalid_input_message, render_problem
from core.api.serializers import MAX_SHOWN_NAME_LENGTH

Handler = TypeVar("Handler", bound=Callable[..., Any])


class KnownParameters(NamedTuple):
    """The query parameters that an operation takes, and those of them that may come several times."""

    names: frozenset[str]
    multi_valued: frozenset[str] = frozenset()
    pagination: Any = None
    view_class: Any = None
    filterset_class: Any = None

    def find_wrong(self, request: HttpRequest) -> QueryErrors:
        """Return what is wrong with the values of filters."""
        if self.filterset_class is None:
            return {}
        return find_filter_errors(self.filterset_class(request.GET, queryset=self.view_class.queryset))


def takes_parameters(*names: str) -> Callable[[Handler], Handler]:
    """Return a decorator that names the query parameters of an operation that is no list."""

    def name_parameters(handler: Handler) -> Handler:
        handler.query_parameters = names  # type: ignore[attr-defined]
        return handler

    return name_parameters


class StrictQueryMiddleware(MiddlewareMixin):
    """Check the query of each request to our API views, which would silently ignore what they do not know.

    A list takes its filters and the parameters of its pages. Other views take what `takes_parameters` names.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """Return None to let the request through, or a problem that names each parameter that is refused."""
        if not request.GET or not request.path_info.startswith(API_PREFIX):
            return None
        known = _find_known(view_func, request)
        if known is None:
            return None
        errors = dict(_find_errors(request, known))
        if not errors:
            return None  # the view judges the values, after it has asked who the caller is
        errors = gather_list_errors(known.pagination, request.GET, known.view_class, known.find_wrong(request) | errors)
        return render_problem(400, "invalid", invalid_input_message(), errors)


def _find_known(view_func: Any, request: HttpRequest) -> KnownParameters | None:
    """Return what the view takes; None for a view that is none of ours, and for a method that it does not have."""
    view_class = getattr(view_func, "cls", None)
    if view_class is None:
        names = getattr(view_func, "query_parameters", None)
        return None if names is None else KnownParameters(frozenset(names))
    method = "get" if request.method == "HEAD" else str(request.method).lower()
    handler = _find_handler(view_func, view_class, method)
    return None if handler is None else find_known_parameters(view_func, handler, is_read=method == "get")


def _find_handler(view_func: Any, view_class: Any, method: str) -> Callable[..., Any] | None:
    """Return the method of the view that answers the request; None where there is none, which is a 405."""
    actions = getattr(view_func, "actions", None)
    name = method if actions is None else actions.get(method, "")
    return getattr(view_class, name, None) if method != "options" else None


def find_known_parameters(view_func: Any, handler: Callable[..., Any], *, is_read: bool) -> KnownParameters:
    """Return what the operation takes that `handler` answers; one that writes takes no parameters of lists."""
    names = set(getattr(handler, "query_parameters", ()))
    view_class, options = view_func.cls, view_func.initkwargs
    is_list_view = handler.__name__ == "list" or (handler.__name__ == "get" and issubclass(view_class, ListModelMixin))
    # An action that is a list names its own pagination.
    pagination = options.get("pagination_class", view_class.pagination_class if is_list_view else None)
    filterset_class = getattr(view_class, "filterset_class", None) if is_list_view else None
    filters = {} if filterset_class is None else filterset_class.base_filters
    if pagination is not None and is_read:
        names |= pagination.list_parameters(view_class)
    return KnownParameters(
        frozenset(names | set(filters)),
        frozenset(name for name, entry in filters.items() if isinstance(entry, ChoicesFilter)),
        pagination() if pagination is not None and is_read else None,
        view_class,
        filterset_class,
    )


def _find_errors(request: HttpRequest, known: KnownParameters) -> Iterable[tuple[str, list[str]]]:
    for name, values in sorted(request.GET.lists()):
        if name not in known.names:
            if known.names:
                message = _("This cannot be asked for here. What can be: %(names)s.")
                message %= {"names": ", ".join(sorted(known.names))}
            else:
                message = _("Nothing can be asked for here. Leave it out.")
            yield name[:MAX_SHOWN_NAME_LENGTH], [message]
        elif len(values) > 1 and name not in known.multi_valued:
            yield name, [_("This is given twice. Give it once.")]
