"""The candidate's link on the admin page of a campaign: whether they agreed, and the button that sends a new one."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminTextInputWidget

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.models import CandidateLink
from core.accounts.address_field import AddressField
from core.accounts.admin_reauthentication import recent_sign_in_required
from core.admin_base import ReadOnlyAdmin, ReadOnlyInline, get_row_or_404
from core.api.current_user import get_current_user
from core.email_addresses import MAX_EMAIL_LENGTH
from core.errors import HandraiserError
from core.form_errors import add_form_errors


class CandidateLinkInline(ReadOnlyInline):
    """When the latest link was sent, its sender, and whether the candidate has agreed with it."""

    model = CandidateLink
    contest_path = "campaign__candidate__contest"
    fields = ("created_at", "created_by", "consented_at")


class CandidateLinkForm(forms.Form):
    """Where the letter goes."""

    email = AddressField(
        max_length=MAX_EMAIL_LENGTH,
        label=_("The candidate’s address"),
        widget=UnfoldAdminTextInputWidget(attrs={"type": "email"}),
        help_text=_("Take it from the public filing. An address that the campaign gave may be its own."),
    )


class CandidateLinkMixin(ReadOnlyAdmin):
    """The button of a campaign that sends its candidate a link, the first one or once more."""

    @action(description=_("Send the candidate’s link…"), url_path="candidate-link", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    @recent_sign_in_required
    def send_link(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the address, then send the letter. An older link stops working."""
        change_url = reverse("admin:campaigns_campaign_change", args=[object_id])
        campaign = get_row_or_404(self.get_queryset(request), object_id)
        form = CandidateLinkForm(request.POST or None)
        if form.is_valid():
            try:
                send_candidate_link(
                    actor=get_current_user(request), campaign=campaign, at=timezone.now(), **form.cleaned_data
                )
            except HandraiserError as error:
                add_form_errors(form, error)
            else:
                messages.success(request, _("The letter to the candidate is on its way. Older links have ended."))
                return HttpResponseRedirect(change_url)
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "back": change_url}
        summary = _(
            "%(name)s: the candidate says with the link whether this campaign acts for them. A link that was sent "
            "before stops working, and a yes that was given with it is void."
        )
        texts = {"title": _("Send the candidate’s link"), "summary": summary % {"name": campaign}, "danger": True}
        return render(request, "admin/action_form.html", context | texts)
