"""The forms of a role: of one that is there, and of a new one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.draft_rules import MAX_HOURS_PER_WEEK, MAX_SEATS_PER_ROLE, MAX_TASKS_LENGTH
from core.reference.word_search import list_fields
from matching.lifecycle.seen_facts import LEVEL_WORDS
from web.campaigns.skill_field import NeededSkillField
from web.design.language_fields import LanguagesMixin, list_languages_by_name

MAX_NAME_LENGTH = 80
DEFAULT_HOURS, DEFAULT_LEVEL = 3, 3


def list_levels() -> list[tuple[int, str]]:
    """Return the levels as a choice, in words about a person."""
    return [(level, _("A person who %(level)s") % {"level": words}) for level, words in LEVEL_WORDS.items()]


def list_skill_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all skills as a choice, by their fields."""
    return [
        (branch.shown_name, [(skill.code, skill.shown_name) for skill in (branch, *below)])
        for branch, below in list_fields()
    ]


class RoleForm(LanguagesMixin):
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
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages that the person must speak"),
        help_text=gettext_lazy("One of those with a tick is enough. Without a tick any language will do."),
        widget=forms.CheckboxSelectMultiple,
        choices=list_languages_by_name,
        required=False,
    )
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


class NewRoleForm(RoleForm):
    """A role that a request does not have yet."""

    field_order = ("skill", "name", "tasks", "hours_per_week", "level", "seat_count")

    skill = NeededSkillField()
    seat_count = forms.IntegerField(
        label=gettext_lazy("How many people"),
        min_value=1,
        max_value=MAX_SEATS_PER_ROLE,
        error_messages={"required": gettext_lazy("Say how many people you need.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].choices = [("", "–"), *list_skill_choices()]  # type: ignore[attr-defined]
