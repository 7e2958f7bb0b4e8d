"""The page on which a volunteer says of an open place: "I'd like this"."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.api.current_user import get_current_user
from core.errors import TooManyRequests
from core.notifications.moments import describe_weekday
from matching.open_roles.actions.interests import express_interest
from matching.open_roles.fits_limit import count_fits_answer
from matching.open_roles.queries.board import read_board
from matching.open_roles.queries.board_choices import read_board_choices
from matching.open_roles.queries.board_pages import ShownRole, find_shown_role
from matching.rules.interest_limits import MAX_OPEN_INTERESTS
from web.design.components import Link
from web.design.form_pages import FormPage
from web.volunteers.board_readers import describe_reader, find_counting_skills_of, find_reader
from web.volunteers.fits_view import describe_answer_day
from web.volunteers.open_role_words import describe_interest, describe_open_role
from web.volunteers.start_drafts import begin_with_open_role
from web.volunteers.start_pages import find_next_step

BEGIN_BUTTON = "begin"


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
        self.reader, _is_limited = find_reader(self.request, judges_fits=self.request.method != "POST")
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
            "place": describe_open_role(
                self.shown.row,
                self.reader,
                choices,
                fits=self.shown.fits,
                counting=find_counting_skills_of(self.reader),
            ),
            "interest": (self.reader.interests or {}).get(self.board_id),
            "answer_day": describe_answer_day(profile.time_zone, at=self.at) if profile else "",
            "asked": [(interest, describe_interest(interest, zone)) for interest in own] if zone else [],
            "sign_in": f"{reverse('account_login')}?{urlencode({'next': self.request.path})}",
            **describe_reader(self.reader),
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
        state = describe_reader(self.reader)
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
