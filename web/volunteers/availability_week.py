"""How a page takes the form of a week: one more row of exact times, and a second look before it is stored."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from web.design.form_pages import FormPage
from web.design.kept_forms import KEPT_FORM_PARAMETER, find_kept_form, keep_form
from web.volunteers.availability_forms import WARNED_FIELD, WeekForm

MORE_BUTTONS = {f"more_{day}": day for day in range(7)}
"""The buttons that show one more row of exact times, each with its weekday."""


class WeekFormMixin(FormPage):
    """A page with the form of a week. After a warning its button has other words: nothing is taken before."""

    button_after_warning: str | Promise = gettext_lazy("Go on as it is")

    def build_form_options(self) -> dict[str, Any]:
        """Give the form the present moment, and the day that shows one more row."""
        pressed = [day for name, day in MORE_BUTTONS.items() if name in self._read_sent()]
        return {"at": self.at, "more_on": pressed[0] if pressed else None}

    def _read_sent(self) -> QueryDict:
        """Return the form that was sent or kept."""
        return self.request.POST or find_kept_form(self.request, at=self.at) or QueryDict()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show one more row, warn once, or perform the form."""
        form = self.build_form(request.POST)
        assert isinstance(form, WeekForm)
        if MORE_BUTTONS.keys() & request.POST.keys():
            form._errors = ErrorDict()  # type: ignore[attr-defined]
            return self._show_by_redirect(form)
        if form.is_valid() and (warnings := self._find_warnings(form)):
            for warning in warnings:
                messages.warning(request, warning)
            form.accept_warnings()
            return self._show_by_redirect(form)
        return super().post(request, **kwargs)

    def find_page_warning(self, form: WeekForm) -> str:
        """Return what this page warns of beside the form; empty if nothing."""
        return ""

    def _find_warnings(self, form: WeekForm) -> list[str]:
        if form.has_accepted_warnings():
            return []
        return [warning for warning in (form.find_warning(), self.find_page_warning(form)) if warning]

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Return the page; beside a warning it does not say once more that the form was kept."""
        is_warned = bool(self.form.data.get(WARNED_FIELD))
        shown: dict[str, Any] = {"is_kept": False} if MORE_BUTTONS.keys() & self._read_sent().keys() else {}
        if is_warned:
            shown = {"is_kept": False, "button": self.button_after_warning}
        return super().render_page(status=status, **more | shown)

    def _show_by_redirect(self, form: WeekForm) -> HttpResponse:
        """Lead to the form as it was sent, so that the back button of the next page sends nothing again."""
        assert isinstance(form.data, QueryDict)
        address = keep_form(self.request, at=self.at, changed=form.data)
        return redirect(address) if f"{KEPT_FORM_PARAMETER}=" in address else self._show(form)

    def _show(self, form: forms.Form) -> HttpResponse:
        self.form = form
        return self.render_page()
