"""The fourth step: the code that proves the address."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.code_sign_up import (
    confirm_sign_up_code,
    find_code_address,
    seconds_until_resend,
    send_sign_up_code,
)
from core.errors import HandraiserError
from core.form_errors import add_form_errors
from web.design.components import Link
from web.volunteers.start_pages import StartPage

MAX_CODE_LENGTH = 20
RESEND_BUTTON = "resend"


class CodeForm(forms.Form):
    """The code of the letter."""

    code = forms.CharField(
        label=gettext_lazy("Six digits"),
        help_text=gettext_lazy("They are in the subject of our letter. Spaces don’t matter."),
        max_length=MAX_CODE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Type the code of our letter.")},
    )


class CodePage(StartPage):
    """Take the code, and sign in with it."""

    template_name = "volunteers/start_code.html"
    form_class = CodeForm
    heading = gettext_lazy("We’ve sent you six digits")
    button = gettext_lazy("Go on")
    step: ClassVar[int] = 4
    address: str | None

    def load(self, **kwargs: Any) -> None:
        """Find the address to which the code was sent."""
        self.address = find_code_address(self.request)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the code, if this browser waits for one."""
        if request.user.is_authenticated:
            return self.go_to("start-you")
        if self.address is None:
            messages.info(request, _("This browser waits for no code. Send your address first."))
            return self.go_to("start-fits")
        return super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send a new code, or take the one that was typed."""
        if request.user.is_authenticated:
            return self.go_to("start-you")
        if RESEND_BUTTON in request.POST:
            return self._resend()
        return super().post(request, **kwargs)

    def build_back(self) -> Link:
        """Return the way to the address."""
        return Link(self.draft.build_address("start-fits"), _("What fits you"))

    def build_context(self) -> dict[str, Any]:
        """Return the address, and when a new code can be sent."""
        wait = seconds_until_resend(self.request, at=self.at)
        change = self.draft.build_address("start-fits") + "#id_email"
        return super().build_context() | {"address": self.address, "wait_seconds": wait, "change_address": change}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Sign in."""
        response = confirm_sign_up_code(
            self.request,
            code=form.cleaned_data["code"],
            redirect_url=self.draft.build_address("start-you"),
            at=self.at,
        )
        if self.request.user.is_authenticated:
            self.request.session.set_expiry(None)  # the day of a draft is over: this is an account's session
        return response

    def _resend(self) -> HttpResponse:
        if self.address is None:
            return self.go_to("start-fits")
        self.form = CodeForm()
        try:
            send_sign_up_code(self.request, email=self.address, at=self.at)
        except HandraiserError as error:
            self.form = CodeForm({"code": ""})
            self.form.is_valid()
            self.form.errors.clear()
            add_form_errors(self.form, error)
            return self.render_page(status=429)
        messages.success(self.request, _("A new code is on its way. The old one no longer works."))
        return self.go_to("start-code")
