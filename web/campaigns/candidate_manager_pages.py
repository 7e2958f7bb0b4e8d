"""The page on which the candidate ends the access of a manager."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.manager_ends import end_manager_access
from campaigns.candidate_queries import find_open_stop
from campaigns.member_queries import managers_of
from core.email_addresses import MAX_EMAIL_LENGTH
from web.campaigns.candidate_link_pages import CandidateConfirmPage


class SuccessorForm(forms.Form):
    """Who manages the campaign next, if the candidate knows one."""

    successor = forms.EmailField(
        label=gettext_lazy("Who is to manage the campaign instead?"),
        help_text=gettext_lazy(
            "An email address. If they act for the campaign, they manage it at once. If not, we write to them, and "
            "they manage it once they say yes."
        ),
        required=False,
        max_length=MAX_EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class EndManagerPage(CandidateConfirmPage):
    """End the access of one manager. A successor may be named."""

    form_class = SuccessorForm
    heading = gettext_lazy("End this manager’s access?")
    button = gettext_lazy("End the access at once")
    undo = gettext_lazy("You can’t undo it here.")

    def load(self, **kwargs: Any) -> None:
        """Find the manager, and what follows for the campaign."""
        managers = list(managers_of(self.campaign))
        self.manager = next((member for member in managers if member.public_id == kwargs["member_id"]), None)
        follows = _("Another manager answers the volunteers from now on.")
        if len(managers) == 1:
            follows = _("No one else manages the campaign. Until another person does, no one new is asked.")
        else:
            self.undo = gettext_lazy("You can’t undo it here. Another manager can invite them again.")
        self.what_happens = [
            _("They see and change nothing here from now on. They hear it today."),
            follows,
            _("Invitations that they sent are taken back. We hear of it, too."),
        ]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, unless it is done."""
        return super().get(request, **kwargs) if self.manager is not None else self.say_done()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """End the access, unless it is done."""
        return super().post(request, **kwargs) if self.manager is not None else self.say_done()

    def say_done(self) -> HttpResponse:
        """Lead a second tap, or a page that was left open, to who manages the campaign now."""
        messages.info(self.request, _("They don’t manage the campaign any more. Here is who does."))
        return self.return_to_question()

    def build_form(self, data: QueryDict | None) -> forms.Form:
        """Return the form; after a no it says that a successor begins once we have called."""
        form = super().build_form(data)
        if find_open_stop(self.campaign) is not None:
            form.fields["successor"].help_text = _(
                "An email address. You said no, so no one joins or becomes a manager until we have called you. We "
                "write to them. If they act for the campaign already, leave this empty and name them when we call."
            )
        return form

    def build_context(self) -> dict[str, Any]:
        """Return the manager."""
        return super().build_context() | {"manager": self.manager}

    def perform(self, form: forms.Form) -> HttpResponse:
        """End the access."""
        end_manager_access(
            token=self.kwargs["token"],
            manager=self.kwargs["member_id"],
            successor=form.cleaned_data["successor"],
            at=self.at,
        )
        messages.success(self.request, _("Their access has ended."))
        return self.return_to_question()
