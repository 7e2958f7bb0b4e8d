"""The step of a first visit at which an address is proved: the address, and the code that is mailed to it."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.address_field import AddressField
from core.accounts.code_sign_up import confirm_sign_up_code, send_sign_up_code
from core.accounts.sign_up_code_process import find_code_address, seconds_until_resend
from core.accounts.text_bounds import MAX_ACCOUNT_TEXT_LENGTH
from core.email_addresses import normalize_address
from core.errors import HandraiserError, TooManyRequests
from web.design.components import Link
from web.design.misspelt_domains import find_meant_domain
from web.design.visit_pages import VisitPage

MAX_CODE_LENGTH = 20
RESEND_BUTTON = "resend"
_CODE_PAGE_KEY = "web.design.visit_code"
"""In the session: the page that takes its code. No other page shows the address, which an invitation keeps hidden."""


def waits_for_code(request: HttpRequest, code_page: str) -> bool:
    """Return whether this browser waits for a code that this page takes."""
    return request.session.get(_CODE_PAGE_KEY) == code_page and find_code_address(request) is not None


class VisitEmailForm(forms.Form):
    """The address to which the code goes."""

    email = AddressField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy(
            "Use your own, not one of your work. The subjects of our letters name no campaign, party or skill."
        ),
        max_length=MAX_ACCOUNT_TEXT_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": gettext_lazy("Write the address to which your answer goes."),
        },
    )


class CodeForm(forms.Form):
    """The code of the letter."""

    code = forms.CharField(
        label=gettext_lazy("Six digits"),
        help_text=gettext_lazy("They are in the subject of our letter. Spaces don’t matter."),
        max_length=MAX_CODE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Type the code of our letter.")},
    )


class EmailStepMixin(VisitPage):
    """A page that sends a code to an address, which `code_page` takes."""

    code_page: ClassVar[str]

    def send_code(self, email: str) -> HttpResponse:
        """Have a code sent, and go on. Raises the errors of `send_sign_up_code`."""
        try:
            send_sign_up_code(self.request, email=email, at=self.at)
        except TooManyRequests as error:
            # The code that this browser waits for still works, so it needs the field for it.
            if find_code_address(self.request) != normalize_address(email):
                raise
            messages.warning(self.request, error.message)
        self.request.session[_CODE_PAGE_KEY] = self.code_page
        return self.go_to(self.code_page)


class CodeStepMixin(VisitPage):
    """Take the code, and sign in with it. The address comes from `email_page`, and `next_page` comes after.

    `code_page` is the name of this page.
    """

    template_name = "design/visit_code.html"
    form_class = CodeForm
    heading = gettext_lazy("We’ve sent you six digits")
    button = gettext_lazy("Continue")
    email_page: ClassVar[str]
    code_page: ClassVar[str]
    next_page: ClassVar[str]
    back_label: str | Promise = gettext_lazy("Your address")
    address: str | None

    def load(self, **kwargs: Any) -> None:
        """Find the address to which the code was sent, if it was for this page."""
        super().load(**kwargs)
        waits = waits_for_code(self.request, self.code_page)
        self.address = find_code_address(self.request) if waits else None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the code, if this browser waits for one."""
        if request.user.is_authenticated:
            return self.go_to(self.next_page)
        if self.address is None:
            messages.info(request, _("This browser waits for no code. Send your address first."))
            return self.go_to(self.email_page)
        return super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send a new code, or take the one that was typed."""
        if request.user.is_authenticated:
            return self.go_to(self.next_page)
        if RESEND_BUTTON in request.POST:
            return self._resend()
        return super().post(request, **kwargs)

    def build_back(self) -> Link:
        """Return the way to the address."""
        return Link(self.draft.build_address(self.email_page), str(self.back_label))

    def build_context(self) -> dict[str, Any]:
        """Return the address, and when a new code can be sent."""
        wait = seconds_until_resend(self.request, at=self.at)
        change = self.draft.build_address(self.email_page) + "#id_email"
        shown = {"address": self.address, "wait_seconds": wait, "change_address": change}
        return super().build_context() | shown | {"meant_domain": find_meant_domain(self.address or "")}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Sign in."""
        response = confirm_sign_up_code(
            self.request,
            code=form.cleaned_data["code"],
            redirect_url=self.draft.build_address(self.next_page),
            at=self.at,
        )
        if self.request.user.is_authenticated:
            self.request.session.set_expiry(None)  # the day of a draft is over: this is an account's session
        return response

    def _resend(self) -> HttpResponse:
        if self.address is None:
            return self.go_to(self.email_page)
        try:
            send_sign_up_code(self.request, email=self.address, at=self.at)
        except HandraiserError as error:
            messages.warning(self.request, error.message)
            return self.go_to(self.code_page)
        messages.success(self.request, _("A new code is on its way. The old one no longer works."))
        return self.go_to(self.code_page)
