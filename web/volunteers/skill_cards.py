"""The form of skills: a word to look for, and a card a skill."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Skill
from core.models.skill import MAX_ALIAS_LENGTH
from web.design.components import ChoiceLabel
from web.volunteers.level_words import LEVEL_WORDS
from web.volunteers.skill_choices import ChosenSkill

LEVEL_EXAMPLES: dict[int, str | Promise] = {
    1: gettext_lazy("I can help a person who leads"),
    2: gettext_lazy("I have done parts of a real project"),
    3: gettext_lazy("I can do a small project by myself"),
    4: gettext_lazy("I know what goes wrong, and plan for it"),
    5: gettext_lazy("Others ask me for advice"),
}


@dataclass(frozen=True, slots=True)
class SkillCard:
    """A chosen skill with its two fields. It is open until its level is said.

    `is_vetted`: what campaigns ask for before they trust people with it is done. `parts` are the skills below a branch
    that are not chosen yet.
    """

    skill: Skill
    chosen: ChosenSkill
    level: forms.BoundField
    wants: forms.BoundField
    is_vetted: bool
    parts: Sequence[Skill] = ()

    @property
    def level_words(self) -> str:
        """Return the chosen level in words."""
        return str(LEVEL_WORDS.get(self.chosen.level or 0, ""))

    @property
    def is_branch(self) -> bool:
        """Return whether this is a whole branch of skills."""
        return self.skill.parent_id is None


class SkillsForm(forms.Form):
    """The word to look for, and for each chosen skill its level and the wish to use it here."""

    word = forms.CharField(
        label=gettext_lazy("Skill or tool"),
        help_text=gettext_lazy("For example WordPress, “write emails”, Spanish, “cleaning up lists”"),
        max_length=MAX_ALIAS_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "enterkeyhint": "search"}),
    )

    def __init__(
        self,
        *args: Any,
        chosen: list[tuple[ChosenSkill, Skill]],
        parts: Mapping[str, Sequence[Skill]],
        vetted_areas: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.chosen, self.parts, self.vetted_areas = chosen, parts, vetted_areas
        for _chosen, skill in chosen:
            message = _("Choose how well you know %(skill)s.") % {"skill": skill.shown_name}
            self.fields[f"level_{skill.code}"] = forms.TypedChoiceField(
                label=_("%(skill)s: how well do you know it?") % {"skill": skill.shown_name},
                coerce=int,
                choices=[
                    (level, ChoiceLabel(str(label), str(LEVEL_EXAMPLES[level]))) for level, label in LEVEL_WORDS.items()
                ],
                widget=forms.RadioSelect,
                error_messages={"required": message, "invalid_choice": message},
            )
            self.fields[f"wants_{skill.code}"] = forms.BooleanField(
                label=_("I’d like to use this here"),
                help_text=_("Untick what you do all day and would rather not do here"),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Require a skill. Adds errors."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.chosen:
            self.add_error("word", _("Choose at least one skill. Tick one below, or type what you can do."))
        return cleaned

    @property
    def cards(self) -> list[SkillCard]:
        """Return the chosen skills, each with its fields."""
        return [
            SkillCard(
                skill,
                chosen,
                self[f"level_{skill.code}"],
                self[f"wants_{skill.code}"],
                skill.vetted_for in self.vetted_areas,
                self.parts.get(skill.code, ()),
            )
            for chosen, skill in self.chosen
        ]
