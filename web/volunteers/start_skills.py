"""The first step: what a person can do, by the words that they use."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.models.skill import MAX_ALIAS_LENGTH
from web.design.components import Link
from web.design.kept_forms import find_kept_form
from web.volunteers.skill_choices import SkillChoice, read_sent_skills
from web.volunteers.skill_form_pages import FOUND_WORD_FIELD, SkillsFormMixin, add_anchor
from web.volunteers.start_drafts import MAX_SKILLS_PER_DRAFT, store_draft
from web.volunteers.start_pages import StartPage


class SkillsPage(SkillsFormMixin, StartPage):
    """Ask for skills, and keep them in the draft. “Continue” leads to the next step."""

    template_name = "volunteers/start_skills.html"
    heading = gettext_lazy("What can you do?")
    button = gettext_lazy("Continue")
    step: ClassVar[int] = 1
    max_skills: ClassVar[int] = MAX_SKILLS_PER_DRAFT
    full_words = gettext_lazy("These are plenty for now. You can add more on your page later.")
    asked_word = ""

    def load(self, **kwargs: Any) -> None:
        """Read the chosen skills: those that were sent or kept, or those of the draft."""
        choice = self.draft.choice
        is_sent = self.request.method == "POST"
        form = self.request.POST if is_sent else find_kept_form(self.request, at=self.at)
        if form is not None:
            words = {skill.code: skill.word for skill in choice.skills}
            sent = read_sent_skills(form, words=words, limit=self.max_skills)
            choice = replace(choice, skills=sent.skills)
        if form is not None and not is_sent:
            choice = replace(choice, shown_word=form.get(FOUND_WORD_FIELD, "")[:MAX_ALIAS_LENGTH])
            self.asked_word = choice.shown_word
        self.take_choice(choice)
        self.draft = self.draft.with_choice(self.choice)

    def build_back(self) -> Link:
        """Return the way home."""
        return Link(reverse("home"), _("Back"))

    def build_context(self) -> dict[str, Any]:
        """Return the chips, what the last word led to, and how many places ask for the skills."""
        demand = self.read_demand()
        skills = [skill for _chosen, skill in self.chosen]
        asking_count = demand.count_roles_that_ask(skills) if self.draft.has_skills else 0
        shown = {"asking_count": asking_count, "asked_word": self.asked_word}
        return super().build_context() | self.build_search_context(demand) | shown

    def perform(self, form: forms.Form) -> HttpResponse:
        """Keep the skills, and go on."""
        languages = tuple(dict.fromkeys(("en", (get_language() or "en").partition("-")[0])))
        draft = replace(self.draft, shown_word="", is_word_kept=False, languages=languages)
        store_draft(self.request, draft, at=self.at)
        return self.go_to("start-when" if draft.week is None else "start-fits")

    def show_choice(self, choice: SkillChoice) -> HttpResponse:
        """Keep the choice in the draft, and lead to what is to be said next."""
        draft = self.draft.with_choice(choice)
        store_draft(self.request, draft, at=self.at)
        if self.request.POST.get("drop"):
            return redirect(draft.build_address("start-skills"))
        if not choice.shown_word and choice.find_unsaid():
            messages.info(self.request, _("Now say how well you know it. Then go on."))
        return redirect(add_anchor(draft.build_address("start-skills"), choice))
