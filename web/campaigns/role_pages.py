"""Change one role of a request: its words, hours, level, languages and places."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.role_changes import change_role
from campaigns.change_rules import RoleChange
from campaigns.draft_rules import MAX_HOURS_PER_WEEK, RoleDraft
from campaigns.models import Campaign, Request, Role
from campaigns.request_queries import draft_from_request
from matching.lifecycle.actions.rehearsal import ChangeEffects
from web.campaigns.member_requests import find_role
from web.campaigns.request_words import list_effect_sentences
from web.campaigns.role_form_pages import RoleFormPage
from web.campaigns.role_forms import RoleForm
from web.campaigns.stored_plan_pages import go_to_plan
from web.design.form_pages import VERSION_FIELD

_SUGGESTED_FLAGS = ("is_lead", "makes_decisions")
_SUGGESTED_NUMBERS = ("hours_per_week", "level")


class RolePage(RoleFormPage):
    """Show what may be changed of a role."""

    template_name = "campaigns/role.html"
    form_class = RoleForm
    button = gettext_lazy("Save the role")
    role: Role

    def load(self, **kwargs: Any) -> None:
        """Find the role. Raises Http404."""
        super().load(**kwargs)
        self.role = find_role(self.stored, kwargs["role_id"])
        self.heading = _("Change “%(role)s”") % {"role": self.role.shown_name}

    @property
    def seat_count(self) -> int:
        """Return how many places the role has."""
        return len(self.role.seats.all())

    def build_initial(self) -> dict[str, Any]:
        """Show what is stored, with its version. A link that suggests a change fills it in."""
        role = self.role
        stored = {
            "name": role.shown_name,
            "tasks": role.shown_tasks,
            "hours_per_week": role.hours_per_week,
            "level": role.level,
            "seat_count": self.seat_count,
            "languages": role.languages,
            "is_lead": role.is_lead,
            "makes_decisions": role.makes_decisions,
            VERSION_FIELD: self.stored.version,
        }
        # Not for what another person stored meanwhile, which is compared with this.
        return stored | (_read_suggestion(self.request.GET) if self.request.method == "GET" else {})

    def build_context(self) -> dict[str, Any]:
        """Return the role, and what was checked."""
        return super().build_context() | {
            "role": self.role,
            "is_suggested": bool(self.request.method == "GET" and _read_suggestion(self.request.GET)),
            "has_places": self.seat_count > 0,
            "stored": self.stored,
            "campaign": self.stored.campaign,
        }

    def build_typed_role(self) -> RoleDraft:
        """Return the stored role with what was typed."""
        typed = self.form.cleaned_data
        [role] = [role for role in draft_from_request(self.stored).roles if role.role_id == self.role.public_id]
        names = ("hours_per_week", "level", "languages", "is_lead", "makes_decisions")
        return replace(role, seat_count=max(1, typed["seat_count"]), **{name: typed[name] for name in names})

    def change(self, form: forms.Form) -> Request:
        """Change the role. Raises the errors of `change_role`."""
        typed = dict(form.cleaned_data)
        version, seat_count = typed.pop(VERSION_FIELD), typed.pop("seat_count")
        # What comes from a playbook is shown in the reader's language. Who leaves it as it is has not changed it.
        for name in ("name", "tasks"):
            if typed[name] == getattr(self.role, f"shown_{name}"):
                typed[name] = getattr(self.role, name)
        return change_role(
            actor=self.user,
            role=self.role,
            change=RoleChange(**typed),
            seat_count=seat_count,
            at=self.at,
            version=version,
        )

    def describe_effects(self, effects: ChangeEffects, form: forms.Form) -> list[str]:
        """Return what the change asks of people, with the old and the new hours."""
        old, new = self.role.hours_per_week, form.cleaned_data["hours_per_week"]
        return list_effect_sentences(effects, old_hours=old, new_hours=new)

    def go_on(self, changed: Request) -> HttpResponse:
        """Show where the request stands."""
        saved = _("Saved. “%(role)s” now stands as you wrote it.")
        if self.stored.campaign.state == Campaign.State.VERIFIED:
            saved = _("Saved. “%(role)s” now stands as you wrote it. Who could help is counted again when you check.")
        messages.success(self.request, saved % {"role": self.role.shown_name})
        return go_to_plan(changed)


_MAX_DIGITS = 2


def _read_suggestion(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that a link fills in. It stores nothing, and the form judges it like anything typed."""
    flags: dict[str, Any] = {name: given[name] != "0" for name in _SUGGESTED_FLAGS if name in given}
    if given.get("languages") == "0":
        flags["languages"] = []
    numbers = {
        name: int(given[name])
        for name in _SUGGESTED_NUMBERS
        if given.get(name, "").isdecimal() and len(given[name]) <= _MAX_DIGITS
    }
    return flags | {name: number for name, number in numbers.items() if number <= MAX_HOURS_PER_WEEK}
