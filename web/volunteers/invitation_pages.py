"""The page of an invitation to a person who was imported."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.api.current_user import get_current_user
from volunteers.actions.profile_claims import claim_profile, claim_profile_with_code
from web.design.form_pages import FormPage

MAX_CODE_LENGTH = 20


class ClaimForm(forms.Form):
    """The yes of a person whose address is proved."""

    adult = forms.BooleanField(label=gettext_lazy("I am 18 or over."), required=False)


class ClaimCodeForm(forms.Form):
    """The code that was sent to the address of the invitation; without it a new one is sent."""

    adult = forms.CharField(widget=forms.HiddenInput(), required=False, initial="on", max_length=2)
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=MAX_CODE_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class InvitationPage(FormPage):
    """Show what claiming the profile means. Only the button does it, so a mail scanner changes nothing.

    An account without the address of the invitation is asked for the code that was sent there.
    """

    template_name = "volunteers/invitation.html"
    heading = gettext_lazy("Would you like to help again?")
    mfa_required = False

    def load(self, **kwargs: Any) -> None:
        """Choose the form: the code is asked for at an address of its own."""
        self.asks_code = "code" in self.request.GET or "code" in self.request.POST
        self.form_class = ClaimCodeForm if self.asks_code else ClaimForm
        self.button = _("This profile is mine") if self.asks_code else _("Yes, I would like to help")

    def build_context(self) -> dict[str, Any]:
        """Return which of the two steps this is."""
        return {"asks_code": self.asks_code}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Claim the profile, or have a code sent."""
        actor, token = get_current_user(self.request), self.kwargs["token"]
        adult, code = bool(form.cleaned_data["adult"]), form.cleaned_data.get("code", "")
        if self.asks_code and code:
            claim_profile_with_code(actor=actor, token=token, code=code, adult=adult, at=self.at)
        elif claim_profile(actor=actor, token=token, adult=adult, at=self.at) is None:
            return redirect(f"{self.request.path}?code")
        messages.success(self.request, _("Welcome back. Your profile is yours now."))
        return redirect("home")
