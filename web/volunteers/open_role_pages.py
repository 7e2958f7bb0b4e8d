"""The board of open places, and the page on which a volunteer says of one of them: "I'd like this"."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from core.accounts.mfa import mfa_not_required
from core.api.current_user import get_current_user
from core.errors import TooManyRequests
from core.models import User
from core.notifications.moments import describe_weekday
from matching.open_roles.actions.interests import express_interest
from matching.open_roles.fits_limit import count_fits_answer
from matching.open_roles.queries.board import read_board
from matching.open_roles.queries.board_choices import read_board_choices
from matching.open_roles.queries.board_pages import (
    BoardReader,
    ShownRole,
    find_board_reader,
    find_shown_role,
    read_board_page,
)
from matching.rules.interest_limits import MAX_OPEN_INTERESTS
from volunteers.models import Volunteer
from web.design.components import Link
from web.design.form_pages import FormPage
from web.volunteers.board_forms import BoardFilterForm
from web.volunteers.open_role_words import describe_interest, describe_open_role
from web.volunteers.start_drafts import begin_with_open_role
from web.volunteers.start_fits import describe_answer_day
from web.volunteers.start_pages import find_next_step

PAGE_PARAMETER = "page"
MAX_PAGE_DIGITS = 4
BEGIN_BUTTON = "begin"


@login_not_required
@mfa_not_required
@require_safe
def open_roles_page(request: HttpRequest) -> HttpResponse:
    """Show a page of the board: for a volunteer first what fits."""
    at = timezone.now()
    reader, is_limited = _find_reader(request, judges_fits=True)
    board = read_board(at=at)
    choices = read_board_choices(board)
    form = BoardFilterForm(request.GET, choices=choices)
    wanted = form.read_filter()
    number = _read_page_number(request)
    page = read_board_page(board, reader, wanted=wanted, number=number, at=at) if wanted else None
    rows = page.rows if page else []
    context = {
        "page": page,
        "places": [
            describe_open_role(row, reader, choices, fits=page is not None and row.id in page.fitting) for row in rows
        ],
        "filters": form,
        "is_narrowed": any(value for name, value in request.GET.items() if name in form.fields),
        "is_limited": is_limited,
        "query": request.GET.urlencode(),
        "earlier": _build_page_address(request, page.number - 1) if page and page.number > 1 else "",
        "later": _build_page_address(request, page.number + 1) if page and page.number < page.page_count else "",
        **_describe_reader(reader),
    }
    return render(request, "volunteers/open_roles.html", context)


def _find_reader(request: HttpRequest, *, judges_fits: bool) -> tuple[BoardReader, bool]:
    """Return the reader, and whether they have asked what fits as often as they may."""
    user = request.user if isinstance(request.user, User) else None
    reader = find_board_reader(user, judges_fits=judges_fits)
    if user is None or not reader.judges_fits or count_fits_answer(user.pk, at=timezone.now()).is_allowed:
        return reader, False
    return replace(reader, judges_fits=False), True


def _describe_reader(reader: BoardReader) -> dict[str, Any]:
    """Return whether the reader may ask for a place now, and why not."""
    asked = len(reader.interests or {})
    is_active = reader.profile is not None and reader.profile.state == Volunteer.State.ACTIVE
    return {
        "profile": reader.profile,
        "is_active": is_active,
        "has_asked_for_all": asked >= MAX_OPEN_INTERESTS,
        "may_ask": is_active and asked < MAX_OPEN_INTERESTS,
        "max_asked": MAX_OPEN_INTERESTS,
    }


def _read_page_number(request: HttpRequest) -> int:
    typed = request.GET.get(PAGE_PARAMETER, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MAX_PAGE_DIGITS else 1


def _build_page_address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query[PAGE_PARAMETER] = str(number)
    return f"{request.path}?{query.urlencode()}"


class OpenRolePage(FormPage):
    """Show one open place and what it means to ask for it; its button asks.

    A person without a profile is led to the start, and comes back. All places that are not on the board look alike.
    """

    template_name = "volunteers/open_role.html"
    heading = gettext_lazy("Would you like this place?")
    button = gettext_lazy("I’d like this")
    login_required = False
    mfa_required = False
    shown: ShownRole | None

    def load(self, **kwargs: Any) -> None:
        """Find the place, and its reader."""
        self.board_id: UUID = kwargs["open_role"]
        self.reader, _is_limited = _find_reader(self.request, judges_fits=self.request.method != "POST")
        self.shown = find_shown_role(self.reader, self.board_id, at=self.at)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the place, or that it is not open."""
        return super().get(request, **kwargs) if self.shown else self.render_gone()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the place, or say that it is not open."""
        return super().post(request, **kwargs) if self.shown else self.render_gone()

    def render_gone(self) -> HttpResponse:
        """Return the page of a place that is not on the board."""
        return render(self.request, "volunteers/open_role_gone.html", status=HTTPStatus.NOT_FOUND)

    def build_context(self) -> dict[str, Any]:
        """Return the place, what the reader has asked for, and until when they would hear."""
        assert self.shown is not None
        choices = read_board_choices(read_board(at=self.at))
        profile, zone = self.reader.profile, self.reader.time_zone
        own = list((self.reader.interests or {}).values())
        return {
            "heading": self._find_heading(),
            "back": Link(self._find_board_address(), _("Open places")),
            "place": describe_open_role(self.shown.row, self.reader, choices, fits=self.shown.fits),
            "interest": (self.reader.interests or {}).get(self.board_id),
            "answer_day": describe_answer_day(profile.time_zone, at=self.at) if profile else "",
            "asked": [(interest, describe_interest(interest, zone)) for interest in own] if zone else [],
            "sign_in": f"{reverse('account_login')}?{urlencode({'next': self.request.path})}",
            **_describe_reader(self.reader),
        }

    def perform(self, form: forms.Form) -> HttpResponse:
        """Ask by one action, or begin the first visit."""
        if self.reader.profile is None:
            if BEGIN_BUTTON not in self.request.POST:
                return redirect(self.request.path)
            return redirect(find_next_step(self.request, begin_with_open_role(self.request, self.board_id, at=self.at)))
        user = get_current_user(self.request)
        counted = count_fits_answer(user.pk, at=self.at)
        if not counted.is_allowed:
            message = _("You have asked very often in this hour. Take a rest, and ask again later.")
            raise TooManyRequests(message, retry_after=round(counted.retry_after_seconds))
        interest = express_interest(actor=user, open_role_id=self.board_id, at=self.at)
        day = describe_weekday(interest.answer_due_at, interest.volunteer.time_zone)
        messages.success(
            self.request, _("Noted. It’s no application. You hear by %(day)s, whether it’s yours.") % {"day": day}
        )
        return redirect(self._find_board_address())

    def _find_heading(self) -> str:
        state = _describe_reader(self.reader)
        if self.board_id in (self.reader.interests or {}):
            return _("You asked for this place")
        if self.reader.profile is None or state["may_ask"]:
            fits = self.shown is not None and self.shown.fits is not False
            return str(self.heading) if fits else _("This place asks for something else")
        if not state["is_active"]:
            return _("Come back before you ask")
        waits = ngettext(
            "You wait for %(count)d place already", "You wait for %(count)d places already", MAX_OPEN_INTERESTS
        )
        return waits % {"count": MAX_OPEN_INTERESTS}

    def _find_board_address(self) -> str:
        query = self.request.GET.urlencode()
        return f"{reverse('open-roles')}?{query}" if query else reverse("open-roles")
