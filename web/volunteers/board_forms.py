"""The form that narrows the board down. Its address names no skill and no party: it is kept in a browser's history."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.draft_rules import MAX_HOURS_PER_WEEK
from core.enums import OfficeLevel
from matching.open_roles.queries.board_choices import BoardChoices
from matching.open_roles.queries.board_filters import NO_PARTY, BoardFilter
from matching.rules.regions import Region
from web.volunteers.level_words import LEVEL_WORDS
from web.volunteers.open_role_words import OFFICE_WORDS

NO_PARTY_NUMBER = "0"
_HOURS = (1, 2, 4, 6, 8, 12)


class BoardFilterForm(forms.Form):
    """What a reader looks for. A choice that the board does not show is none, and so nothing is like it."""

    skill = forms.ChoiceField(label=gettext_lazy("Skill"), required=False)
    hours = forms.TypedChoiceField(
        label=gettext_lazy("Hours a week, at most"), required=False, coerce=int, empty_value=None
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("How well you know it"), required=False, coerce=int, empty_value=None
    )
    where = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)
    party = forms.ChoiceField(label=gettext_lazy("Party"), required=False)

    def __init__(self, *args: Any, choices: BoardChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board_choices = choices
        regions = [(code, str(label)) for code, label in Region.choices if code in choices.regions]
        states = [*choices.state_names.items()]
        parties = [(str(party.number), party.name) for party in choices.parties]
        entries: dict[str, list[Any]] = {
            "skill": [(str(skill.number), skill.name) for skill in choices.skills],
            "hours": [(hours, str(hours)) for hours in _HOURS if hours <= MAX_HOURS_PER_WEEK],
            "level": list(LEVEL_WORDS.items()),
            "where": [(_("Regions"), regions), (_("States"), states)] if states else regions,
            "office": [(level, OFFICE_WORDS[OfficeLevel(level)]) for level in sorted(choices.office_levels)],
            "party": [*parties, *([(NO_PARTY_NUMBER, _("No party"))] if choices.has_no_party else [])],
        }
        for name, options in entries.items():
            self.fields[name].choices = [("", _("Any")), *options]  # type: ignore[attr-defined]
        self.shown_fields = [self[name] for name, options in entries.items() if options]

    def read_filter(self) -> BoardFilter | None:
        """Return what the reader looks for; None for what the board does not show, so that nothing is like it."""
        if not self.is_valid():
            return None
        typed, choices = self.cleaned_data, self.board_choices
        where = typed.get("where", "")
        skill_codes = {str(skill.number): skill.code for skill in choices.skills}
        party_codes = {str(party.number): party.code for party in choices.parties} | {NO_PARTY_NUMBER: NO_PARTY}
        return BoardFilter(
            skill=skill_codes.get(typed.get("skill", ""), ""),
            max_level=typed.get("level"),
            max_hours_per_week=typed.get("hours"),
            state=where if where in choices.state_names else "",
            regions=[where] if where in choices.regions else [],
            party=party_codes.get(typed.get("party", ""), ""),
            office_levels=[typed["office"]] if typed.get("office") else [],
        )
