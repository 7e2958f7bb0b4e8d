"""Change one role of a request: its words, hours, level and places, with who could help as it is typed."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.amendments import AMENDABLE_STATES
from campaigns.actions.role_changes import change_role
from campaigns.draft_rules import MAX_HOURS_PER_WEEK, MAX_SEATS_PER_ROLE, MAX_TASKS_LENGTH, RequestDraft, RoleChange
from campaigns.models import Campaign, Request, Role
from campaigns.queries import draft_from_request
from core.api.current_user import get_current_user
from core.enums import CountBand
from core.errors import HandraiserError
from core.form_errors import add_form_errors
from core.models import User
from core.notifications.moments import join_phrases
from core.spoken_languages import LANGUAGE_NAMES
from matching.lifecycle.actions.rehearsal import ChangeEffects
from matching.lifecycle.seen_facts import LEVEL_WORDS
from matching.runs.actions.supply_estimate import estimate_supply
from web.campaigns.member_requests import find_role
from web.campaigns.publish_supply import describe_budget
from web.campaigns.rehearsed_pages import RehearsedPage
from web.campaigns.request_words import Suggestion, build_suggestion, list_effect_sentences
from web.campaigns.stored_plan_pages import find_plan, go_to_plan
from web.campaigns.supply_meters import SupplyMeter
from web.design.form_pages import VERSION_FIELD

CHECK_BUTTON = "check"
MAX_NAME_LENGTH = 80
_SUGGESTED_FLAGS = ("is_lead", "makes_decisions", "needs_language")
_SUGGESTED_NUMBERS = ("hours_per_week", "level")


def list_levels() -> list[tuple[int, str]]:
    """Return the levels as a choice, in words about a person."""
    return [(level, _("A person who %(level)s") % {"level": words}) for level, words in LEVEL_WORDS.items()]


class RoleForm(forms.Form):
    """What a campaign may change of a role. Another skill is another role."""

    name = forms.CharField(
        label=gettext_lazy("Name of the role"),
        max_length=MAX_NAME_LENGTH,
        error_messages={"required": gettext_lazy("Give the role a name.")},
    )
    tasks = forms.CharField(
        label=gettext_lazy("What the person does"),
        help_text=gettext_lazy("One sentence. Volunteers read it when they are asked."),
        max_length=MAX_TASKS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hours_per_week = forms.IntegerField(
        label=gettext_lazy("Hours a week, each person"),
        help_text=gettext_lazy("Most people have two to four."),
        min_value=1,
        max_value=MAX_HOURS_PER_WEEK,
        error_messages={"required": gettext_lazy("Give the hours a week.")},
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("How well they must know it"), coerce=int, widget=forms.RadioSelect, choices=list_levels
    )
    seat_count = forms.IntegerField(
        label=gettext_lazy("How many people"),
        help_text=gettext_lazy("With fewer, places without a person go first."),
        min_value=0,
        max_value=MAX_SEATS_PER_ROLE,
        error_messages={"required": gettext_lazy("Say how many people you need.")},
    )
    needs_language = forms.BooleanField(required=False)
    is_lead = forms.BooleanField(
        label=gettext_lazy("Leads the others"),
        help_text=gettext_lazy("Only people who said that they would lead are asked."),
        required=False,
    )
    makes_decisions = forms.BooleanField(
        label=gettext_lazy("Takes part in your decisions"),
        help_text=gettext_lazy("Only people whose job allows it are asked."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if languages:
            names = [str(LANGUAGE_NAMES.get(code, code)) for code in languages]
            self.fields["needs_language"].label = _("Speaks %(languages)s") % {"languages": join_phrases(names)}
            self.fields["needs_language"].help_text = _("One of them is enough. Without the tick any language will do.")
        else:
            del self.fields["needs_language"]


class RolePage(RehearsedPage):
    """Show what may be changed of a role. A request that is over leads to where it stands."""

    template_name = "campaigns/role.html"
    form_class = RoleForm
    button = gettext_lazy("Save the role")
    user: User
    stored: Request
    role: Role

    def load(self, **kwargs: Any) -> None:
        """Find the role. Raises Http404."""
        self.user = get_current_user(self.request)
        self.stored = find_plan(self.user, campaign_id=kwargs["campaign_id"], request_id=kwargs["request_id"])
        self.role = find_role(self.stored, kwargs["role_id"])
        self.heading = _("Change “%(role)s”") % {"role": self.role.shown_name}
        self.meter: SupplyMeter | None = None
        self.suggestion: Suggestion | None = None
        self.questions_left: int | None = None

    @property
    def changed_request(self) -> Request:
        """Return the request of the role."""
        return self.stored

    @property
    def seat_count(self) -> int:
        """Return how many places the role has."""
        return len(self.role.seats.all())

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, or where the request stands if it is over."""
        if self.stored.state not in AMENDABLE_STATES:
            messages.info(request, _("This project is over, so its plan stays as it is. Plan another one."))
            return go_to_plan(self.stored)
        return super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, or check who could help with the role as it is typed."""
        return self._check() if CHECK_BUTTON in request.POST else super().post(request, **kwargs)

    def build_initial(self) -> dict[str, Any]:
        """Show what is stored, with its version. A link that suggests a change fills it in."""
        role = self.role
        stored = {
            "name": role.shown_name,
            "tasks": role.shown_tasks,
            "hours_per_week": role.hours_per_week,
            "level": role.level,
            "seat_count": self.seat_count,
            "needs_language": bool(role.languages),
            "is_lead": role.is_lead,
            "makes_decisions": role.makes_decisions,
            VERSION_FIELD: self.stored.version,
        }
        # Not for what another person stored meanwhile, which is compared with this.
        return stored | (_read_suggestion(self.request.GET) if self.request.method == "GET" else {})

    def build_form_options(self) -> dict[str, Any]:
        """Return the languages of the role."""
        return {"languages": self.role.languages}

    def build_context(self) -> dict[str, Any]:
        """Return the role, and what was checked."""
        ids = [self.stored.campaign.public_id, self.stored.public_id]
        is_draft = self.stored.state == Request.State.DRAFT
        return {
            "role": self.role,
            "back_href": reverse("campaign-publish" if is_draft else "campaign-request", args=ids),
            "back_label": _("Check and publish") if is_draft else self.stored.shown_title,
            "is_suggested": bool(self.request.method == "GET" and _read_suggestion(self.request.GET)),
            "may_check": self.stored.campaign.state == Campaign.State.VERIFIED,
            "meter": self.meter,
            "suggestion": self.suggestion,
            "budget": describe_budget(self.questions_left),
        }

    def change(self, form: forms.Form) -> Request:
        """Change the role. Raises the errors of `change_role`."""
        typed = dict(form.cleaned_data)
        version, seat_count = typed.pop(VERSION_FIELD), typed.pop("seat_count")
        if typed.pop("needs_language", True) is False:
            typed["languages"] = []
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
        messages.success(self.request, _("Saved. “%(role)s” is as you left it here.") % {"role": self.role.shown_name})
        return go_to_plan(changed)

    def _check(self) -> HttpResponse:
        """Show who could help with what was typed. Nothing of it is stored but the answer."""
        self.form = self.build_form(self.request.POST)
        if not self.form.is_valid():
            return self.render_page(status=HTTPStatus.BAD_REQUEST)
        try:
            estimate = estimate_supply(
                actor=self.user, campaign=self.stored.campaign, draft=self._build_typed_draft(), at=self.at
            )
        except HandraiserError as error:
            add_form_errors(self.form, error)
            return self.render_page(status=HTTPStatus.BAD_REQUEST)
        [found] = estimate.roles
        self.meter = SupplyMeter(CountBand(found.people_fitting), found.seat_count)
        self.questions_left = estimate.questions_left
        if found.changes and self.meter.is_scarce:
            self.role.hours_per_week = self.form.cleaned_data["hours_per_week"]  # what the sentence compares with
            self.suggestion = build_suggestion(self.role, found.changes[0])
        return self.render_page()

    def _build_typed_draft(self) -> RequestDraft:
        typed, draft = self.form.cleaned_data, draft_from_request(self.stored)
        [role] = [role for role in draft.roles if role.role_id == self.role.public_id]
        names = ("hours_per_week", "level", "is_lead", "makes_decisions")
        changed = replace(role, seat_count=max(1, typed["seat_count"]), **{name: typed[name] for name in names})
        if typed.get("needs_language") is False:
            changed = replace(changed, languages=())
        return replace(draft, roles=[changed])


_MAX_DIGITS = 2


def _read_suggestion(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that a link fills in. It stores nothing, and the form judges it like anything typed."""
    flags = {name: given[name] != "0" for name in _SUGGESTED_FLAGS if name in given}
    numbers = {
        name: int(given[name])
        for name in _SUGGESTED_NUMBERS
        if given.get(name, "").isdecimal() and len(given[name]) <= _MAX_DIGITS
    }
    return flags | {name: number for name, number in numbers.items() if number <= MAX_HOURS_PER_WEEK}
