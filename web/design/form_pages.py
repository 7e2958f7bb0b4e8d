"""The base of every page with a form.

A page names its form, finds what it is about in `load`, and calls one action in `perform`. The base does the rest:
errors of the form and of the action stand on top and at their fields, with what was typed kept; a double click is one
submission; what was typed survives the end of the session and a change by another person.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views import View

from core.accounts.mfa import list_authenticators
from core.api.current_user import get_current_user
from core.errors import HandraiserError, NotFound, ReauthenticationRequired, Stale, TooManyRequests
from core.form_errors import add_form_errors
from core.one_line_texts import keep_forms_on_one_line
from web.design.form_keys import perform_once
from web.design.kept_forms import KEPT_FORM_PARAMETER, find_kept_form, forget_kept_forms, keep_form, list_kept_errors
from web.design.stale_rows import StaleRow, compare_texts

VERSION_FIELD = "version"
"""The hidden field in which a form carries the version that its reader saw."""


class SeeOther(HttpResponseRedirect):
    """A redirect that is always followed with GET."""

    status_code = HTTPStatus.SEE_OTHER


class FormPage(View):
    """A page with one form; its address answers GET and POST.

    `login_required` and `mfa_required` are as for every page: closed unless the class opens it. With `redirects_errors`
    a wrong form is kept in the session and shown by a redirect, so that the back button of a later page leads to it.
    """

    http_method_names = ["get", "head", "post"]
    template_name = "design/form_page.html"
    form_class: type[forms.Form] = forms.Form
    heading: str | Promise = ""
    button: str | Promise = ""
    reauthentication_reason: str | Promise = gettext_lazy("This opens your account, so show once more that it is you.")
    login_required: ClassVar[bool] = True
    mfa_required: ClassVar[bool] = True
    redirects_errors: ClassVar[bool] = False

    at: datetime
    form: forms.Form

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """Return the view, marked for the middleware."""
        view = super().as_view(**initkwargs)
        view.login_required = cls.login_required  # type: ignore[attr-defined]
        view.mfa_not_required = not cls.mfa_required  # type: ignore[attr-defined]
        view.keeps_form = True  # type: ignore[attr-defined]
        return view

    def load(self, **kwargs: Any) -> None:
        """Find what the page is about, by the parts of its address. Raises Http404 or an error of an action."""

    def build_initial(self) -> dict[str, Any]:
        """Return what the form shows at first; with `version`, if several people may change it."""
        return {}

    def build_form_options(self) -> dict[str, Any]:
        """Return further arguments of the form's class, such as choices."""
        return {}

    def build_context(self) -> dict[str, Any]:
        """Return what the template needs beside the form."""
        return {}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Call one action with `form.cleaned_data`, and return the redirect to the next page. Raises its errors."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request at the present moment."""
        request.is_form_settled = True  # type: ignore[attr-defined]
        self.at = timezone.now()
        try:
            self.load(**kwargs)
        except NotFound as error:
            raise Http404 from error
        try:
            return super().dispatch(request, *args, **kwargs)
        except HandraiserError as error:
            # Of a button beside the main one. What is left is answered by the middleware.
            if request.method != "POST" or isinstance(error, NotFound):
                raise
            if isinstance(error, ReauthenticationRequired):
                return self.redirect_to_reauthentication()
            return self.show_refused(error)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form: empty, as it was typed before a session ended, or with what is wrong."""
        kept = find_kept_form(request, at=self.at)
        if kept is None:
            self.form = self.build_form(None)
            return self.render_page()
        return self.show_unjudged(kept, errors=list_kept_errors(request, at=self.at))

    def show_unjudged(self, typed: QueryDict, *, errors: Sequence[tuple[str, str]] = ()) -> HttpResponse:
        """Show what was typed before, with what was found wrong then. It is not judged again."""
        self.form = self.build_form(typed)
        _show_errors(self.form, errors)
        has_text = any(text.strip() for texts in dict(typed.lists()).values() for text in texts)
        return self.render_page(is_kept=has_text and not errors)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Perform the form once, or show it again with what is wrong."""
        self.form = self.build_form(request.POST)
        keep_forms_on_one_line(self.form.fields)
        if not self.form.is_valid():
            return self.refuse()
        try:
            response = perform_once(request, lambda: self.perform(self.form), at=self.at)
        except NotFound as error:
            raise Http404 from error
        except ReauthenticationRequired:
            return self.redirect_to_reauthentication()
        except Stale as error:
            return self.render_stale(error, **kwargs)
        except HandraiserError as error:
            add_form_errors(self.form, error)
            return self.refuse_action(error)
        forget_kept_forms(request)
        return response

    def refuse_action(self, error: HandraiserError) -> HttpResponse:
        """Show the form, which holds what the action refused; after too many requests with the time to wait."""
        if not isinstance(error, TooManyRequests):
            return self.refuse()
        response = self.refuse(status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(max(1, error.retry_after))
        return response

    def show_refused(self, error: HandraiserError) -> HttpResponse:
        """Show what was typed, unjudged, with what was refused."""
        self.form = self.build_form(self.request.POST)
        _show_errors(self.form, [(error.field, error.message)])
        return self.refuse_action(error)

    def build_form(self, data: QueryDict | None) -> forms.Form:
        """Return the form with what was typed, or with what it shows at first."""
        return self.form_class(data, initial=self.build_initial(), **self.build_form_options())

    def refuse(self, *, status: int = HTTPStatus.BAD_REQUEST, **more: Any) -> HttpResponse:
        """Show the form with what is wrong, at once or by a redirect. A form that can't be kept is shown at once."""
        if self.redirects_errors and status == HTTPStatus.BAD_REQUEST:
            address = self.keep_refused()
            if f"{KEPT_FORM_PARAMETER}=" in address:
                return SeeOther(address)
        return self.render_page(status=status, **more)

    def keep_refused(self) -> str:
        """Keep the form with its errors, and return the address that shows it."""
        errors = [(name, str(text)) for name, texts in self.form.errors.items() for text in texts]
        return keep_form(self.request, at=self.at, changed=self.request.POST, errors=errors)

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Return the page with its form."""
        # By this name and not by `form`: a template may include other forms.
        shown = {"page_form": self.form, "heading": self.heading, "button": self.button}
        return render(self.request, self.template_name, shown | self.build_context() | more, status=status)

    def render_stale(self, error: Stale, **kwargs: Any) -> HttpResponse:
        """Show what the reader typed beside what another person has stored since; sending it again stores it."""
        self.load(**kwargs)
        current, typed = self.build_initial(), self.request.POST.copy()
        if VERSION_FIELD in current:
            typed[VERSION_FIELD] = str(current[VERSION_FIELD])
        rows = self.list_stale_rows(current)
        self.form = self.build_form(typed)
        add_form_errors(self.form, error)
        return self.render_page(status=HTTPStatus.CONFLICT, stale=rows)

    def list_stale_rows(self, current: dict[str, Any]) -> list[StaleRow]:
        """Return what the reader typed that is stored otherwise by now; `current` is what the form would show."""
        return compare_texts(self.form, current)

    def redirect_to_reauthentication(self) -> HttpResponse:
        """Keep what was typed, and ask the user to show once more that it is them."""
        user = get_current_user(self.request)
        page = "mfa_reauthenticate" if list_authenticators(user).exists() else "account_reauthenticate"
        address = keep_form(self.request, at=self.at)
        messages.info(self.request, str(self.reauthentication_reason))
        return redirect(f"{reverse(page)}?{urlencode({'next': address})}")


def _show_errors(form: forms.Form, errors: Sequence[tuple[str, str]]) -> None:
    """Let a form show these errors. It is not judged again."""
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    form.cleaned_data = {}
    for name, text in errors:
        form.add_error(name if name in form.fields else None, text)
