"""The base of the pages with the form of skills: for the first visit, and for a volunteer's own page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.errors import Invalid
from core.models import Skill
from core.models.skill import MAX_ALIAS_LENGTH
from core.rate_counters import count_request
from core.reference.unknown_words import report_unknown_word
from core.reference.word_search import WordSearch, list_fields, list_skills_by_codes, search_word
from matching.open_roles.queries.wanted_skills import WantedSkills, read_wanted_skills
from web.design.form_pages import FormPage
from web.volunteers.skill_cards import SkillsForm
from web.volunteers.skill_choices import ChosenSkill, SkillChoice

FOUND_WORD_FIELD, ASKED_WORD_FIELD = "found_word", "asked_word"
"""The word whose meanings the page shows, and the one about which it has asked already."""

MAX_WANTED_SHOWN = 5
MAX_UNKNOWN_WORDS_PER_HOUR = 30  # from one network, as in the API


class SkillsFormMixin(FormPage):
    """A page with the form of skills. “Add” looks for a word and takes what is ticked; the main button takes levels.

    `load` calls `take_choice`. What the page shows is what it sends, so a tab whose session ended loses nothing.
    """

    form_class: type[forms.Form] = SkillsForm
    max_skills: ClassVar[int]
    full_words: str | Promise = ""
    choice: SkillChoice
    chosen: list[tuple[ChosenSkill, Skill]]

    def show_choice(self, choice: SkillChoice) -> HttpResponse:
        """Lead to the page with this choice, which is not taken yet."""
        raise NotImplementedError

    def take_choice(self, choice: SkillChoice, *, known: dict[str, Skill] | None = None) -> None:
        """Show these skills; codes that name none are left out. `known` are skills that were read already."""
        known = known or {}
        skills = known | list_skills_by_codes([skill.code for skill in choice.skills if skill.code not in known])
        self.choice = replace(choice, skills=tuple(skill for skill in choice.skills if skill.code in skills))
        self.chosen = [(skill, skills[skill.code]) for skill in self.choice.skills]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take away, add, or take the levels."""
        dropped, word = request.POST.get("drop", ""), " ".join(request.POST.get("word", "").split())[:MAX_ALIAS_LENGTH]
        if dropped:
            return self.show_choice(self.choice.drop(dropped))
        if "none" in request.POST and not word:
            return self.show_choice(replace(self.choice, shown_word="", is_word_kept=False))
        # A word that is typed meanwhile stays in its field, until the word before it is answered.
        if "none" not in request.POST and self._is_meaning_left_open():
            return self._ask_meaning(request)
        is_new = any(f"level_{skill.code}" not in request.POST and not skill.level for skill in self.choice.skills)
        if word or "add" in request.POST or (is_new and set(request.POST.getlist("skill"))):
            choice = replace(self.choice, shown_word="", is_word_kept=False)
            return self.show_choice(self._add_word(choice, word) if word else choice)
        return super().post(request, **kwargs)

    def _is_meaning_left_open(self) -> bool:
        """Return whether a word with several meanings was shown, none of them is ticked, and it was not asked yet."""
        word = self.request.POST.get(FOUND_WORD_FIELD, "")[:MAX_ALIAS_LENGTH]
        if not word or self.request.POST.get(ASKED_WORD_FIELD) == word:
            return False
        meanings = {skill.code for skill in search_word(word).hits}
        return bool(meanings) and not any(self.choice.has(code) for code in meanings)

    def _ask_meaning(self, request: HttpRequest) -> HttpResponse:
        """Show the page again with the question which meaning is right. It is asked once: the next time counts."""
        word = request.POST[FOUND_WORD_FIELD][:MAX_ALIAS_LENGTH]
        self.choice = replace(self.choice, shown_word=word)
        self.form = self.build_form(request.POST)
        self.form.is_valid()
        self.form.errors.pop("word", None)
        self.form.add_error(
            "word", _("Tick what you mean by “%(word)s”, or choose “No, none of these”.") % {"word": word}
        )
        return self.refuse(asked_word=word)

    def build_initial(self) -> dict[str, Any]:
        """Show the levels that are chosen."""
        initial: dict[str, Any] = {}
        for skill in self.choice.skills:
            initial |= {f"level_{skill.code}": skill.level, f"wants_{skill.code}": skill.wants_to_use}
        return initial

    def build_form_options(self) -> dict[str, Any]:
        """Give the form the chosen skills, and the parts of each chosen field that are not chosen yet."""
        codes = {skill.code for _chosen, skill in self.chosen}
        has_field = any(skill.parent_id is None for _chosen, skill in self.chosen)
        parts = {field.code: below for field, below in list_fields(without=codes)} if has_field else {}
        return {"chosen": self.chosen, "parts": parts}

    def build_search_context(self, demand: WantedSkills) -> dict[str, Any]:
        """Return the chips, and what the last word led to.

        A word that leads nowhere brings all fields: nothing is offered that only looks like the word.
        """
        codes = {skill.code for _chosen, skill in self.chosen}
        word = self.choice.shown_word
        found = search_word(word) if word else WordSearch(None)
        hits = [skill for skill in found.hits or add_parts(found.closest) if skill.code not in codes]
        # Where one skill is meant for sure, the others that share the word are no question.
        meant = [found.sure] if found.sure is not None else found.hits
        if found.sure is not None and found.sure.code in codes:
            hits = []
        is_unknown = bool(word) and not found.hits
        shown = codes | {skill.code for skill in hits}
        return {
            "choice": self.choice,
            "wanted": [skill for skill in demand.list_most_wanted(limit=MAX_WANTED_SHOWN) if skill.code not in shown],
            "hits": hits,
            "there": [skill.shown_name for skill in meant if skill.code in codes],
            "is_unknown": is_unknown,
            "fields": list_fields(without=codes) if is_unknown and not hits else [],
            "has_cards": bool(self.chosen),
        }

    def read_demand(self) -> WantedSkills:
        """Return which skills open places ask for now."""
        return read_wanted_skills(at=self.at)

    def _add_word(self, choice: SkillChoice, word: str) -> SkillChoice:
        found = search_word(word)
        if found.sure is not None:
            if choice.has(found.sure.code):
                return replace(choice, shown_word=word)
            if len(choice.skills) >= self.max_skills:
                messages.info(self.request, str(self.full_words))
            return choice.add(ChosenSkill(found.sure.code, word=word), limit=self.max_skills)
        is_kept = not found.hits and _keep_word(self.request, word, at=self.at)
        return replace(choice, shown_word=word, is_word_kept=is_kept)


def add_parts(skills: Sequence[Skill]) -> list[Skill]:
    """Return the skills, with the parts of each whole field behind it."""
    fields = (
        {field.code: below for field, below in list_fields()} if any(not skill.parent_id for skill in skills) else {}
    )
    return list(dict.fromkeys(each for skill in skills for each in (skill, *fields.get(skill.code, ()))))


def add_anchor(address: str, choice: SkillChoice) -> str:
    """Return an address that leads to what the last word led to, or to the first skill whose level is not said yet."""
    if choice.shown_word:
        return f"{address}#found"
    return f"{address}#skill-{choice.find_unsaid()}" if choice.find_unsaid() else address


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
