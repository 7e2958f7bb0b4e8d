"""The first step: what a person can do, by the words that they use."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.errors import Invalid
from core.models import Skill
from core.models.skill import MAX_ALIAS_LENGTH
from core.rate_counters import count_request
from core.reference.unknown_words import report_unknown_word
from core.reference.word_search import WordSearch, list_fields, list_skills_by_codes, search_word
from matching.open_roles.queries.wanted_skills import read_wanted_skills
from web.design.components import ChoiceLabel, Link
from web.volunteers.level_words import LEVEL_WORDS
from web.volunteers.start_drafts import (
    MAX_SKILLS_PER_DRAFT,
    DraftSkill,
    StartDraft,
    add_skill,
    store_draft,
)
from web.volunteers.start_pages import StartPage

MAX_WANTED_SHOWN = 5
MAX_UNKNOWN_WORDS_PER_HOUR = 30  # from one network, as in the API

LEVEL_EXAMPLES: dict[int, str | Promise] = {
    1: gettext_lazy("I can help a person who leads"),
    2: gettext_lazy("I have done parts of a real project"),
    3: gettext_lazy("I can do a small project by myself"),
    4: gettext_lazy("I know what goes wrong, and plan for it"),
    5: gettext_lazy("Others ask me for advice"),
}


@dataclass(frozen=True, slots=True)
class SkillCard:
    """A chosen skill with its two fields. It is open until its level is said."""

    skill: Skill
    chosen: DraftSkill
    level: forms.BoundField
    wants: forms.BoundField

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
        help_text=gettext_lazy("For example Figma, “calling voters”, Spanish, “cleaning up lists”"),
        max_length=MAX_ALIAS_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "enterkeyhint": "search"}),
    )

    def __init__(self, *args: Any, chosen: list[tuple[DraftSkill, Skill]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        for _draft, skill in chosen:
            message = _("Choose how well you know %(skill)s.") % {"skill": skill.name}
            self.fields[f"level_{skill.code}"] = forms.TypedChoiceField(
                label=_("%(skill)s: how well do you know it?") % {"skill": skill.name},
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
            SkillCard(skill, draft, self[f"level_{skill.code}"], self[f"wants_{skill.code}"])
            for draft, skill in self.chosen
        ]


class SkillsPage(StartPage):
    """Ask for skills. “Add” looks for a word and takes what is ticked; “Continue” takes the levels.

    What the page shows is what it sends, so a tab whose session ended loses nothing.
    """

    template_name = "volunteers/start_skills.html"
    form_class = SkillsForm
    heading = gettext_lazy("What can you do?")
    button = gettext_lazy("Continue")
    step: ClassVar[int] = 1

    def load(self, **kwargs: Any) -> None:
        """Read the chosen skills: those that were sent, or those of the draft."""
        if self.request.method == "POST":
            self.draft = _read_sent_skills(self.request, self.draft)
        skills = list_skills_by_codes([skill.code for skill in self.draft.skills])
        known = tuple(skill for skill in self.draft.skills if skill.code in skills)
        self.draft = replace(self.draft, skills=known)
        self.chosen = [(skill, skills[skill.code]) for skill in known]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take away, add, or go on."""
        dropped, word = request.POST.get("drop", ""), " ".join(request.POST.get("word", "").split())[:MAX_ALIAS_LENGTH]
        if dropped:
            kept = tuple(skill for skill in self.draft.skills if skill.code != dropped)
            store_draft(request, replace(self.draft, skills=kept), at=self.at)
            return self.go_to("start-skills")
        is_new = any(f"level_{skill.code}" not in request.POST and not skill.level for skill in self.draft.skills)
        if word or "add" in request.POST or (is_new and set(request.POST.getlist("skill"))):
            draft = replace(self.draft, shown_word="", is_word_kept=False)
            return self._show_again(self._add_word(draft, word) if word else draft)
        return super().post(request, **kwargs)

    def build_initial(self) -> dict[str, Any]:
        """Show the levels of the draft."""
        initial: dict[str, Any] = {}
        for skill in self.draft.skills:
            initial |= {f"level_{skill.code}": skill.level, f"wants_{skill.code}": skill.wants_to_use}
        return initial

    def build_form_options(self) -> dict[str, Any]:
        """Give the form the chosen skills."""
        return {"chosen": self.chosen}

    def build_back(self) -> Link:
        """Return the way home."""
        return Link(reverse("home"), _("Back"))

    def build_context(self) -> dict[str, Any]:
        """Return the chips, what the last word led to, and how many places ask for the skills.

        A word that leads nowhere brings all fields: nothing is offered that only looks like the word.
        """
        chosen = [skill for _draft, skill in self.chosen]
        codes = {skill.code for skill in chosen}
        demand = read_wanted_skills(at=self.at)
        wanted = demand.list_most_wanted(limit=MAX_WANTED_SHOWN)
        found = search_word(self.draft.shown_word) if self.draft.shown_word else WordSearch(None)
        hits = [skill for skill in found.hits or found.closest if skill.code not in codes]
        is_unknown = bool(self.draft.shown_word) and not found.hits
        return super().build_context() | {
            "wanted": [skill for skill in wanted if skill.code not in codes],
            "hits": hits,
            "is_unknown": is_unknown,
            "fields": list_fields(without=codes) if is_unknown and not hits else [],
            "asking_count": demand.count_roles_that_ask(chosen) if self.draft.has_skills else 0,
            "has_cards": bool(chosen),
        }

    def perform(self, form: forms.Form) -> HttpResponse:
        """Keep the skills, and go on."""
        languages = tuple(dict.fromkeys(("en", (get_language() or "en").partition("-")[0])))
        draft = replace(self.draft, shown_word="", is_word_kept=False, languages=languages)
        store_draft(self.request, draft, at=self.at)
        return self.go_to("start-when" if draft.week is None else "start-fits")

    def _show_again(self, draft: StartDraft) -> HttpResponse:
        """Lead to what the last word led to, or to the first skill whose level is not said yet."""
        store_draft(self.request, draft, at=self.at)
        answer = draft.build_address("start-skills")
        if draft.shown_word:
            return redirect(f"{answer}#found")
        unsaid = next((skill.code for skill in draft.skills if not skill.level), "")
        if not unsaid:
            return redirect(answer)
        messages.info(self.request, _("Now say how well you know it. Then go on."))
        return redirect(f"{answer}#skill-{unsaid}")

    def _add_word(self, draft: StartDraft, word: str) -> StartDraft:
        found = search_word(word)
        if found.sure is not None:
            if any(skill.code == found.sure.code for skill in draft.skills):
                messages.info(self.request, _("“%(skill)s” is there already.") % {"skill": found.sure.name})
            elif len(draft.skills) >= MAX_SKILLS_PER_DRAFT:
                messages.info(self.request, _("These are plenty for now. You can add more on your page later."))
            return add_skill(draft, DraftSkill(found.sure.code, word=word))
        is_kept = not found.hits and _keep_word(self.request, word, at=self.at)
        return replace(draft, shown_word=word, is_word_kept=is_kept)


def _read_sent_skills(request: HttpRequest, draft: StartDraft) -> StartDraft:
    """Return the draft with the skills of the form: cards with what was chosen on them, then those ticked now."""
    words = {skill.code: skill.word for skill in draft.skills}
    sent = replace(draft, skills=())
    for code in request.POST.getlist("card"):
        level = request.POST.get(f"level_{code}", "")
        chosen = DraftSkill(
            code[:50],
            int(level) if level in ("1", "2", "3", "4", "5") else None,
            f"wants_{code}" in request.POST,
            words.get(code, ""),
        )
        sent = add_skill(sent, chosen)
    for code in request.POST.getlist("skill"):
        sent = add_skill(sent, DraftSkill(code[:50]))
    return sent


def _keep_word(request: HttpRequest, word: str, *, at: datetime) -> bool:
    """Store a word that leads to no skill, and return whether it was taken: it may look like an address."""
    network = get_adapter(request).get_client_ip(request)
    counted = count_request(f"start-word_{network}", limit=MAX_UNKNOWN_WORDS_PER_HOUR, seconds=3600, at=at)
    if not counted.is_allowed:
        return False
    try:
        report_unknown_word(word=word, at=at)
    except Invalid:
        return False
    return True
