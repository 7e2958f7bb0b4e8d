"""The button of the admin that erases a person at their written request."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.enums import ActionVariant

from core.accounts.admin_reauthentication import recent_sign_in_required
from core.admin_base import get_row_or_404
from core.errors import HandraiserError
from core.form_errors import add_form_errors
from core.models import (
    User,
)
from core.privacy.erasure import UNSETTLED_MESSAGE, erase_on_written_request, preview_erasure
from core.privacy.erasure_handlers import DataSubject


class ErasureRequestForm(forms.Form):
    """The reviewer's confirmation that the person has asked for the erasure."""

    asked = forms.BooleanField(required=False, label=gettext_lazy("They have asked for it in writing"))


class ErasureAdminMixin:
    """Add a button to the page of a row that erases its person, at their written request."""

    admin_site: Any
    opts: Any

    def get_data_subject(self, row: Any, at: datetime) -> DataSubject:
        """Return the person that the row is about."""
        raise NotImplementedError

    def get_erasable_rows(self) -> "QuerySet[Any]":
        """Return the rows that have the button."""
        raise NotImplementedError

    @action(description=gettext_lazy("Erase…"), url_path="erase", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    @recent_sign_in_required
    def erase(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what goes and what stays; erase the person once the reviewer confirms."""
        at = timezone.now()
        url_name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        person = self.get_data_subject(get_row_or_404(self.get_erasable_rows(), object_id), at)
        form = ErasureRequestForm(request.POST or None)
        if form.is_valid():
            assert isinstance(request.user, User)
            try:
                erase_on_written_request(actor=request.user, person=person, at=at, **form.cleaned_data)
            except HandraiserError as error:
                add_form_errors(form, error)
            else:
                messages.success(request, _("They are erased."))
                return HttpResponseRedirect(reverse(f"{url_name}_changelist"))
        assert isinstance(request.user, User)
        preview = preview_erasure(person, reader=request.user)
        # What comes first is for the person: it names their campaigns.
        blockers = [str(UNSETTLED_MESSAGE)] if preview.blockers else []
        stays = preview.retained or [_("nothing.")]
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "opts": self.opts,
            "danger": True,
            "title": _("Erase"),
            "summary": " ".join([*blockers, _("Goes:"), *preview.erased, _("Stays:"), *stays]),
            "back": reverse(f"{url_name}_change", args=[object_id]),
        }
        return render(request, "admin/action_form.html", context)
