"""The page "Your data"."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.mfa import list_authenticators
from core.accounts.own_password import is_own_password
from core.accounts.reauthentication import has_confirmed_recently
from core.accounts.text_bounds import MAX_PASSWORD_LENGTH
from core.api.current_user import get_current_user
from core.privacy.erasure import data_subject_of, erase_own_account, preview_erasure
from web.design.form_pages import FormPage


class ErasureForm(forms.Form):
    """What it takes to erase one's own account: a tick, and the password where nothing better was shown."""

    understands_consequences = forms.BooleanField(
        label=gettext_lazy("I have read what goes and what stays."), required=False
    )
    password = forms.CharField(
        label=gettext_lazy("Your password, once more"),
        max_length=MAX_PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, asks_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_password:
            del self.fields["password"]


class PersonalDataPage(FormPage):
    """Offer the user's own data as a file, and show what erasing it means; its button erases the account."""

    template_name = "visitors/my_data.html"
    form_class = ErasureForm
    heading = gettext_lazy("Your data")
    button = gettext_lazy("Erase everything of mine")
    mfa_required = False

    def load(self, **kwargs: Any) -> None:
        """Find how the user has shown lately that it is them."""
        self.user = get_current_user(self.request)
        self.has_factor = list_authenticators(self.user).exists()
        self.is_proven = has_confirmed_recently(self.request.session, self.user, at=self.at)

    def build_form_options(self) -> dict[str, Any]:
        """Ask for the password only where it proves something."""
        return {"asks_password": not self.is_proven and not self.has_factor and self.user.has_usable_password()}

    def build_context(self) -> dict[str, Any]:
        """Return what an erasure means."""
        means = preview_erasure(data_subject_of(self.user, at=self.at))
        asks_code = not self.has_factor and not self.user.has_usable_password()
        return {
            "means": means,
            "asks_factor": self.has_factor and not self.is_proven,
            "asks_code": asks_code and not self.is_proven,
            "asks_code_later": asks_code and self.is_proven,
        }

    def perform(self, form: forms.Form) -> HttpResponse:
        """Erase the account and sign out."""
        password = form.cleaned_data.get("password", "")
        erase_own_account(
            actor=self.user,
            understands_consequences=form.cleaned_data["understands_consequences"],
            is_confirmed=self.is_proven or is_own_password(self.request, self.user, password),
            gave_password=bool(password),
            at=self.at,
        )
        logout(self.request)
        messages.success(self.request, _("Everything of yours is erased."))
        return redirect("home")
