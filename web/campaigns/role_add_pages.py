"""Add a role to a stored plan: to a draft, or to a project that looks for people."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.roles_and_seats import add_role
from campaigns.draft_rules import RoleDraft
from campaigns.models import Campaign, Request
from campaigns.models.playbook import Staffing
from matching.lifecycle.actions.rehearsal import ChangeEffects
from web.campaigns.request_words import list_effect_sentences
from web.campaigns.role_form_pages import RoleFormPage
from web.campaigns.role_forms import DEFAULT_HOURS, DEFAULT_LEVEL, NewRoleForm
from web.campaigns.stored_plan_pages import go_to_plan
from web.design.form_pages import VERSION_FIELD


class AddRolePage(RoleFormPage):
    """Ask what the new role is about, and say what follows."""

    template_name = "campaigns/role_add.html"
    form_class = NewRoleForm
    heading = gettext_lazy("Add a role")
    button = gettext_lazy("Add this role")

    def build_initial(self) -> dict[str, Any]:
        """Begin with what most roles ask for, and the version of the request."""
        return {
            "hours_per_week": DEFAULT_HOURS,
            "level": DEFAULT_LEVEL,
            "seat_count": 1,
            VERSION_FIELD: self.stored.version,
        }

    def build_context(self) -> dict[str, Any]:
        """Return what follows from a new role, and what was checked."""
        return super().build_context() | {
            "is_published": self.is_published,
            "is_verified": self.stored.campaign.state == Campaign.State.VERIFIED,
            "begins_together": self.is_published and self.stored.staffing == Staffing.WHOLE,
        }

    def build_typed_role(self) -> RoleDraft:
        """Return the role as it is typed."""
        return RoleDraft(**{name: value for name, value in self.form.cleaned_data.items() if name != VERSION_FIELD})

    def change(self, form: forms.Form) -> Request:
        """Add the role. Raises the errors of `add_role`."""
        version = form.cleaned_data[VERSION_FIELD]
        return add_role(
            actor=self.user, request=self.stored, draft=self.build_typed_role(), at=self.at, version=version
        )

    def describe_effects(self, effects: ChangeEffects, form: forms.Form) -> list[str]:
        """Return what it asks of people, which is nothing while a new role concerns no person."""
        return list_effect_sentences(effects, old_hours=None, new_hours=None)

    def go_on(self, changed: Request) -> HttpResponse:
        """Show where the request stands, with the new role."""
        words = {"role": self.form.cleaned_data["name"]}
        text = _("Added. “%(role)s” is part of the plan.")
        if self.is_published:
            text = _("Added. From the next matching on we look for people for “%(role)s”, too.")
        messages.success(self.request, text % words)
        return go_to_plan(changed)
