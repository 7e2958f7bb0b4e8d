"""The address of a visitor who plans a project, and the code that signs them in."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.account_settings import change_account_settings
from core.models import User
from web.campaigns.plan_drafts import store_draft
from web.campaigns.plan_pages import PlanPage
from web.design.components import Link
from web.design.name_fields import FirstNameField
from web.design.visit_code import CodeStepMixin, EmailStepMixin, VisitEmailForm


class PlanEmailForm(VisitEmailForm):
    """The address to which the code goes, and how volunteers may call its reader."""

    first_name = FirstNameField()


class EmailPage(EmailStepMixin, PlanPage):
    """Ask for an address, once the plan was shown. Who is signed in just goes on."""

    template_name = "campaigns/plan_email.html"
    form_class = PlanEmailForm
    heading = gettext_lazy("Where can we reach you?")
    button = gettext_lazy("Send me a code")
    step: ClassVar[int] = 4
    needs: ClassVar[tuple[str, ...]] = ("outcome", "plan")
    code_page: ClassVar[str] = "plan-code"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, or go on."""
        return self.go_to("plan-race") if request.user.is_authenticated else super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Have a code sent, or go on."""
        return self.go_to("plan-race") if request.user.is_authenticated else super().post(request, **kwargs)

    def build_form(self, data: Any) -> forms.Form:
        """Say what the address is for."""
        form = super().build_form(data)
        form.fields["email"].help_text = _("One that only you read. We write to it about this plan.")
        return form

    def build_back(self) -> Link:
        """Return the way to the plan."""
        return Link(self.draft.build_address("plan-project"), _("The plan"))

    def build_initial(self) -> dict[str, Any]:
        """Return the name that was typed before."""
        return {"first_name": self.draft.first_name}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Have a code sent, and go on. The name waits in the draft until the code has proved the address."""
        draft = replace(self.draft, first_name=form.cleaned_data["first_name"])
        if draft != self.draft:
            store_draft(self.request, draft, at=self.at)
        return self.send_code(form.cleaned_data["email"])


class CodePage(CodeStepMixin, PlanPage):
    """Take the code, and sign in with it."""

    step: ClassVar[int] = 5
    email_page: ClassVar[str] = "plan-email"
    code_page: ClassVar[str] = "plan-code"
    next_page: ClassVar[str] = "plan-race"

    def perform(self, form: forms.Form) -> HttpResponse:
        """Sign in; from now on the plan is kept with the account, and the name is the account's."""
        response = super().perform(form)
        user = self.request.user
        if isinstance(user, User) and self.draft.first_name:
            change_account_settings(actor=user, first_name=self.draft.first_name)
        if user.is_authenticated and self.draft.has_outcome:
            store_draft(self.request, replace(self.draft, first_name=""), at=self.at)
        return response
