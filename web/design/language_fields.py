"""A choice of languages in a form: those spoken most stand first, then all others by name."""

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.spoken_languages import LANGUAGE_NAMES
from core.text_folding import fold_text

SPOKEN_MOST = ("en", "es", "zh", "yue", "tl", "vi", "ar", "fr", "ko", "ru", "ht", "hi", "pt", "de", "pl", "nv")
"""The languages that stand first: those spoken most in the United States, and Navajo."""


def list_languages_by_name() -> list[tuple[str, str]]:
    """Return all languages by their names in the reader's language, each with a capital, as choices have one."""
    names = ((code, capfirst(str(name))) for code, name in LANGUAGE_NAMES.items())
    return sorted(names, key=lambda entry: fold_text(entry[1]))


class LanguagesMixin(forms.Form):
    """A form with a field `languages`; `design/languages_field.html` shows it."""

    languages = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=list_languages_by_name)

    @property
    def chosen_languages(self) -> str:
        """Return the names of the languages that are ticked."""
        chosen = set(map(str, self["languages"].value() or ()))
        return ", ".join(str(name) for code, name in LANGUAGE_NAMES.items() if code in chosen)

    @property
    def language_groups(self) -> list[tuple[str, list[BoundWidget]]]:
        """Return the boxes in two groups: those spoken most, in their order, and all others by name."""
        boxes = {str(box.data["value"]): box for box in self["languages"]}
        others = [box for code, box in boxes.items() if code not in SPOKEN_MOST]
        return [(_("Spoken most"), [boxes[code] for code in SPOKEN_MOST]), (_("All others"), others)]
