"""The board of open places, page by page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.accounts.mfa import mfa_not_required
from matching.open_roles.queries.board import read_board
from matching.open_roles.queries.board_choices import read_board_choices
from matching.open_roles.queries.board_pages import read_board_page
from web.volunteers.board_forms import BoardFilterForm
from web.volunteers.board_readers import describe_reader, find_counting_skills_of, find_reader
from web.volunteers.open_role_words import describe_open_role

PAGE_PARAMETER = "page"
MAX_PAGE_DIGITS = 4


@login_not_required
@mfa_not_required
@require_safe
def open_roles_page(request: HttpRequest) -> HttpResponse:
    """Show a page of the board: for a volunteer first what fits."""
    at = timezone.now()
    reader, is_limited = find_reader(request, judges_fits=True)
    board = read_board(at=at)
    choices = read_board_choices(board)
    form = BoardFilterForm(request.GET, choices=choices)
    wanted = form.read_filter()
    number = _read_page_number(request)
    page = read_board_page(board, reader, wanted=wanted, number=number, at=at) if wanted else None
    rows = page.rows if page else []
    counting = find_counting_skills_of(reader) if rows else {}
    context = {
        "page": page,
        "places": [
            describe_open_role(
                row, reader, choices, fits=page is not None and row.id in page.fitting, counting=counting
            )
            for row in rows
        ],
        "filters": form,
        "is_narrowed": any(value for name, value in request.GET.items() if name in form.fields),
        "is_limited": is_limited,
        "query": request.GET.urlencode(),
        "earlier": _build_page_address(request, page.number - 1) if page and page.number > 1 else "",
        "later": _build_page_address(request, page.number + 1) if page and page.number < page.page_count else "",
        **describe_reader(reader),
    }
    judges = reader.profile is not None and reader.judges_fits
    context["is_told_nothing_fits"] = bool(
        judges and context["is_active"] and page and page.number == 1 and not page.fitting
    )
    return render(request, "volunteers/open_roles.html", context)


def _read_page_number(request: HttpRequest) -> int:
    typed = request.GET.get(PAGE_PARAMETER, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MAX_PAGE_DIGITS else 1


def _build_page_address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query[PAGE_PARAMETER] = str(number)
    return f"{request.path}?{query.urlencode()}"
