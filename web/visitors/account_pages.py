"""The account: the overview, and the page that stops a recovery of the second factor."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaigns.member_queries import list_memberships
from core.accounts.account_settings import change_account_settings
from core.accounts.mfa import mfa_not_required
from core.accounts.recovery_ends import OPEN_STATES, stop_recovery_by_link
from core.accounts.recovery_links import find_recovery_by_link
from core.accounts.sign_in_pages import fill_in_email
from core.api.current_user import get_current_user
from core.models import FactorRecovery
from web.design.components import Link
from web.design.form_pages import FormPage
from web.design.name_fields import FirstNameForm


@mfa_not_required
@require_safe
def account_page(request: HttpRequest) -> HttpResponse:
    """Lead to everything about one's own account."""
    user = get_current_user(request)
    asks_name = bool(user.first_name) or list_memberships(user).exists()
    return render(request, "visitors/account.html", {"asks_name": asks_name})


class NamePage(FormPage):
    """Take the first name by which volunteers and colleagues read of a person who acts for a campaign."""

    form_class = FirstNameForm
    heading = gettext_lazy("Your first name")
    button = gettext_lazy("Save it")
    mfa_required = False

    def build_initial(self) -> dict[str, Any]:
        """Return the name that is stored."""
        return {"first_name": get_current_user(self.request).first_name}

    def build_context(self) -> dict[str, Any]:
        """Return the way back."""
        return {"back": Link(reverse("account"), _("Account"))}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store it; an empty one is none."""
        name = form.cleaned_data["first_name"]
        change_account_settings(actor=get_current_user(self.request), first_name=name)
        saved = _("Saved. Volunteers read “%(name)s” once both sides have said yes.") % {"name": name}
        messages.success(self.request, saved if name else _("Saved. Volunteers read your address, and no name."))
        return redirect("account")


class SignInAgainPage(FormPage):
    """Let a user without a password and a second factor show once more that it is them: by signing in with a code."""

    template_name = "visitors/sign_in_again.html"
    heading = gettext_lazy("Sign in once more")
    button = gettext_lazy("Continue to the code")
    mfa_required = False

    def perform(self, form: forms.Form) -> HttpResponse:
        """Sign out, and lead to the sign-in by code, which comes back. It looks at where it is to come back to."""
        address = reverse("account_request_login_code")
        back = urlencode({"next": self.request.GET.get("next", "")})
        email = get_current_user(self.request).email
        logout(self.request)
        fill_in_email(self.request, email)
        return redirect(f"{address}?{back}")


class RecoveryStopPage(FormPage):
    """Offer to stop the recovery of a second factor; its link is in the person's letters, who cannot sign in.

    Only the button stops it, as mail scanners open every link.
    """

    template_name = "visitors/recovery_stop.html"
    heading = gettext_lazy("Your second factor")
    button = gettext_lazy("Stop it: my second factor is not lost")
    login_required = False
    recovery: FactorRecovery

    def load(self, **kwargs: Any) -> None:
        """Find the recovery by the token of its link."""
        recovery = find_recovery_by_link(kwargs["token"])
        if recovery is None:
            raise Http404
        self.recovery = recovery

    def build_context(self) -> dict[str, Any]:
        """Return whether there is anything to stop."""
        return {"is_open": self.recovery.state in OPEN_STATES}

    def perform(self, form: Any) -> HttpResponse:
        """Stop the recovery."""
        stop_recovery_by_link(token=self.kwargs["token"], at=self.at)
        messages.success(
            self.request,
            _("It is stopped: your second factor stays. If somebody else asked for it, change your password now."),
        )
        return redirect(self.request.path)
