"""Buttons of the admin that ask for, approve and stop the recovery of a lost second factor."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminTextareaWidget

from core.accounts.admin_reauthentication import recent_sign_in_required
from core.accounts.factor_recovery import approve_recovery, request_recovery
from core.accounts.queries import recoveries_visible_to
from core.accounts.recovery_ends import stop_recovery
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from core.form_errors import add_form_errors
from core.models import FactorRecovery, User
from core.models.factor_recovery import MAX_CALLBACK_LENGTH


class CallbackForm(forms.Form):
    """How the person was called back."""

    callback = forms.CharField(
        max_length=MAX_CALLBACK_LENGTH,
        label=gettext_lazy("How you called them back, and by what you knew them"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )


class RecoveryDecisionForm(forms.Form):
    """The confirmation of a decision about a recovery."""

    has_read = forms.BooleanField(label=gettext_lazy("I have read how they were called back"))


class RequestRecoveryMixin:
    """Add a button to the page of an account that asks for the recovery of its second factor."""

    admin_site: Any
    opts: Any

    @action(description=gettext_lazy("Recover a lost second factor…"), url_path="recover-factor")  # type: ignore[untyped-decorator]
    @recent_sign_in_required
    def recover_factor(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask how the person was called back, then ask a second reviewer."""
        person = get_object_or_404(User, pk=object_id)
        form = CallbackForm(request.POST or None)
        if form.is_valid():
            try:
                recovery = request_recovery(
                    actor=get_current_user(request), email=person.email, at=timezone.now(), **form.cleaned_data
                )
            except HandraiserError as error:
                add_form_errors(form, error)
            else:
                messages.success(request, _("A second reviewer has to approve it now. Everyone concerned is told."))
                return HttpResponseRedirect(reverse("admin:core_factorrecovery_change", args=[recovery.pk]))
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "opts": self.opts,
            "title": _("Recover a lost second factor"),
            "summary": _(
                "Call the person back at a number that you knew before, or see them. A second reviewer approves it, "
                "and a day later the factor is gone. The person is told at once, and can stop it."
            ),
            "back": reverse("admin:core_user_change", args=[object_id]),
        }
        return render(request, "admin/action_form.html", context)


class RecoveryDecisionMixin:
    """Add the buttons to the page of a recovery that approve and stop it."""

    admin_site: Any
    opts: Any

    @action(description=gettext_lazy("Approve as the second reviewer…"), url_path="approve")  # type: ignore[untyped-decorator]
    @recent_sign_in_required
    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what it means, then approve it."""
        summary = _("You are the second reviewer. In a day the factor is removed, unless it is stopped.")
        return self._decide(request, object_id, approve_recovery, _("Approve"), summary)

    @action(description=gettext_lazy("Stop…"), url_path="stop", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    def stop(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what it means, then stop it."""
        return self._decide(request, object_id, stop_recovery, _("Stop"), _("The factor stays, and everyone is told."))

    def _decide(
        self, request: HttpRequest, object_id: str, decide: Callable[..., FactorRecovery], title: str, summary: str
    ) -> HttpResponse:
        recovery = get_object_or_404(recoveries_visible_to(get_current_user(request)), pk=object_id)
        form = RecoveryDecisionForm(request.POST or None)
        change_url = reverse("admin:core_factorrecovery_change", args=[object_id])
        if form.is_valid():
            try:
                decide(actor=get_current_user(request), recovery=recovery, at=timezone.now())
            except HandraiserError as error:
                messages.error(request, error.message)
            else:
                messages.success(request, _("It is done. Everyone concerned is told."))
            return HttpResponseRedirect(change_url)
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "back": change_url}
        return render(request, "admin/action_form.html", context | {"title": title, "summary": summary})
