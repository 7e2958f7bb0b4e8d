"""The page on which a campaign calls a request off."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.actions.request_ends import cancel_request
from campaigns.models import Request
from matching.lifecycle.actions.rehearsal import act_if
from matching.lifecycle.queries.policies import get_active_policy
from matching.rules.request_ends import STATES_ENDED_BY_CANCELLING
from matching.rules.states import MatchState
from web.campaigns.request_end_pages import EndRequestForm, EndRequestPage
from web.design.form_pages import VERSION_FIELD


class CancelForm(EndRequestForm):
    """Why; silence is chosen at first."""

    reason = forms.ChoiceField(
        label=gettext_lazy("May we know why?"),
        help_text=gettext_lazy("Volunteers never read it."),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            *((reason.value, reason.label) for reason in Request.CancelReason if reason),
            ("", Request.CancelReason.NOT_GIVEN.label),
        ],
    )


class CancelRequestPage(EndRequestPage):
    """Call the whole project off."""

    form_class = CancelForm
    heading = gettext_lazy("Call this project off?")
    button = gettext_lazy("End this project")
    ended_states = STATES_ENDED_BY_CANCELLING
    open_states = (Request.State.DRAFT, Request.State.PUBLISHED)

    def list_consequences(self) -> Iterator[str]:
        """Yield what ends today, and that work is handed over."""
        yield from self.describe_asked()
        if active := self.count_ended(MatchState.ACTIVE):
            text = ngettext(
                "%(count)d person is at work. Their hand-over begins today and takes %(days)d days at most.",
                "%(count)d people are at work. Their hand-over begins today and takes %(days)d days at most.",
                active,
            )
            yield text % {"count": active, "days": get_active_policy().closing_days}
            yield _("Is it only that you need nobody new? Then go back, and look for no more people.")

    def perform(self, form: forms.Form) -> HttpResponse:
        """Cancel it, and return to the desk."""
        act_if(self.stored, self._cancel, check=self.check_told)
        messages.success(self.request, _("The project is called off. Everyone concerned hears it kindly."))
        return redirect("campaign-desk", campaign_id=self.stored.campaign.public_id)

    def _cancel(self) -> None:
        given = self.form.cleaned_data
        version, reason = given[VERSION_FIELD], given["reason"]
        cancel_request(actor=self.user, request=self.stored, reason=reason, at=self.at, version=version)
