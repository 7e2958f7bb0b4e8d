"""The button of a campaign by which a reviewer corrects its name and its candidate's."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from campaigns.actions.names import correct_names
from campaigns.name_rules import MAX_CAMPAIGN_NAME_LENGTH, MAX_CANDIDATE_NAME_LENGTH, NameChange
from core.accounts.admin_reauthentication import recent_sign_in_required
from core.admin_base import ReadOnlyAdmin, get_row_or_404
from core.admin_input import HiddenVersionField
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from core.form_errors import add_form_errors


class NamesForm(forms.Form):
    """Both names, with the version of the campaign that the reviewer saw."""

    candidate = forms.CharField(
        label=_("The candidate’s name"), max_length=MAX_CANDIDATE_NAME_LENGTH, widget=UnfoldAdminTextInputWidget
    )
    name = forms.CharField(
        label=_("The campaign’s name"), max_length=MAX_CAMPAIGN_NAME_LENGTH, widget=UnfoldAdminTextInputWidget
    )
    version = HiddenVersionField()


class NamesMixin(ReadOnlyAdmin):
    """The button that corrects the names, also after the verification."""

    @action(description=_("Correct the names…"), url_path="correct-names")  # type: ignore[untyped-decorator]
    @recent_sign_in_required
    def correct_names(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the names, then correct them."""
        change_url = reverse("admin:campaigns_campaign_change", args=[object_id])
        campaign = get_row_or_404(self.get_queryset(request), object_id)
        stored = {"candidate": campaign.candidate.name, "name": campaign.name, "version": campaign.version}
        form = NamesForm(request.POST or None, initial=stored)
        if form.is_valid():
            names = dict(form.cleaned_data)
            version, actor = names.pop("version"), get_current_user(request)
            try:
                correct_names(
                    actor=actor, campaign=campaign, change=NameChange(**names), version=version, at=timezone.now()
                )
            except HandraiserError as error:
                add_form_errors(form, error)
            else:
                messages.success(request, _("The names are corrected. The history keeps the old ones."))
                return HttpResponseRedirect(change_url)
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "back": change_url}
        summary = _("%(name)s: volunteers read both names in their offers, and the candidate reads them by their link.")
        texts = {"title": _("Correct the names"), "summary": summary % {"name": campaign}, "danger": False}
        return render(request, "admin/action_form.html", context | texts)
