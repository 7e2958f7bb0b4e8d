"""A race that isn't on the public list, as its page takes it."""

import re
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.candidacies import resolve_typed_contest
from core.enums import OfficeLevel
from core.reference.queries import list_jurisdiction_choices
from core.reference.shipped_texts import restore_name
from core.reference_texts import ReferenceKind, translate_reference
from web.campaigns.plan_draft_parts import Race, race_of_contest
from web.campaigns.plan_pages import SignedInPlanPage
from web.campaigns.plan_race import go_on_with_race
from web.design.components import Link
from web.design.day_fields import DayField

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER_OF_DISTRICT = re.compile(r"(?:\b(?:district|distrito)\s+)?\b(\d{1,3})\b", re.IGNORECASE)
_SMALL_WORDS = frozenset({"and", "at", "for", "in", "of", "on", "the", "to"})


class TypedRaceForm(forms.Form):
    """A race that isn't on the public list."""

    jurisdiction = forms.ChoiceField(
        label=gettext_lazy("State or place"),
        error_messages={"required": gettext_lazy("Choose where the election is held.")},
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Level of office"),
        choices=OfficeLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the level of the office.")},
    )
    office = forms.CharField(
        label=gettext_lazy("Office"),
        help_text=gettext_lazy("For example: School Board"),
        max_length=80,
        error_messages={"required": gettext_lazy("Write for which office.")},
    )
    district = forms.CharField(label=gettext_lazy("District, city or county"), max_length=80, required=False)
    election_on = DayField(label=gettext_lazy("Election day"), missing=gettext_lazy("Give the day of the election."))
    primary_on = DayField(label=gettext_lazy("Day of the primary"))
    special = forms.BooleanField(label=gettext_lazy("It is a special election"), required=False)

    def __init__(self, *args: Any, jurisdictions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].choices = [("", "–"), *jurisdictions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Require the place of a local office. Adds errors."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("level") == OfficeLevel.LOCAL and not cleaned.get("district", "").strip():
            self.add_error("district", _("Write the city, the county or the district: several have this office."))
        return cleaned


class TypedRacePage(SignedInPlanPage):
    """Take a race that isn't listed."""

    template_name = "campaigns/plan_race_typed.html"
    form_class = TypedRaceForm
    heading = gettext_lazy("Tell us the race")
    button = gettext_lazy("Continue")
    step: ClassVar[int] = 6
    keeps_for_later: ClassVar[bool] = True
    needs: ClassVar[tuple[str, ...]] = ("outcome", "plan")

    def build_initial(self) -> dict[str, Any]:
        """Show the race that was said before."""
        race = self.draft.race
        names = ("jurisdiction", "level", "office", "district", "election_on", "primary_on", "special")
        if race is None:
            return self._guess_from_words()
        office = translate_reference(race.office, ReferenceKind.OFFICE)
        return {name: getattr(race, name) for name in names} | {"office": office}

    def _guess_from_words(self) -> dict[str, Any]:
        """Return the words that led to no race as the office, without a year, the place and the district they name."""
        words = [word for word in (self.draft.fullest_words or self.draft.words).split() if not _YEAR.fullmatch(word)]
        found = _NUMBER_OF_DISTRICT.search(" ".join(words))
        text = _NUMBER_OF_DISTRICT.sub(" ", " ".join(words), count=1).strip()
        guess = self._guess_place(text)
        return guess | {"district": found[1]} if found else guess

    def _guess_place(self, text: str) -> dict[str, Any]:
        for code, name in list_jurisdiction_choices():
            if f" {name} ".casefold() in f" {text} ".casefold():
                start = f" {text} ".casefold().index(f" {name} ".casefold())
                office = " ".join(f"{text[:start]} {text[start + len(name) :]}".split())
                return {"jurisdiction": code, "office": office}
        return {"office": text}

    def build_form_options(self) -> dict[str, Any]:
        """Offer the jurisdictions, by name."""
        return {"jurisdictions": list_jurisdiction_choices()}

    def build_back(self) -> Link:
        """Return the way to the search."""
        return Link(self.draft.build_address("plan-race"), _("Look for the race"))

    def perform(self, form: forms.Form) -> HttpResponse:
        """Check the race, keep it, and go on; one that is on the list is kept as the list has it."""
        office = restore_name(capitalize_office(form.cleaned_data["office"]), ReferenceKind.OFFICE)
        race = Race(**form.cleaned_data | {"office": office})
        listed = resolve_typed_contest(race.build_candidacy(candidate=""), today=self.at.date())
        return go_on_with_race(self, race_of_contest(listed) if listed else race)


def capitalize_office(office: str) -> str:
    """Return an office that was typed in small letters as it stands on a ballot; any other as it was typed."""
    if office != office.lower():
        return office
    words = office.split()
    return " ".join(
        word if place and word in _SMALL_WORDS else word[:1].upper() + word[1:] for place, word in enumerate(words)
    )
