"""The volunteer's own skills: see them, change a level or a wish, add some, and take some away."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.api.current_user import get_current_user
from core.errors import Stale
from core.models.skill import MAX_ALIAS_LENGTH
from matching.lifecycle.queries.commitments import count_commitments
from volunteers.actions.skills import replace_skills
from volunteers.models import SkillClaim
from volunteers.profile_limits import MAX_SKILL_CLAIMS
from volunteers.queries import list_skill_claims, list_vetted_areas
from web.design.form_pages import VERSION_FIELD
from web.design.kept_forms import KEPT_FORM_PARAMETER, find_kept_form, keep_form
from web.volunteers.level_words import LEVEL_WORDS
from web.volunteers.own_volunteer_pages import OwnVolunteerPage
from web.volunteers.skill_cards import SkillsForm
from web.volunteers.skill_choices import ChosenSkill, SkillChoice, read_sent_skills, write_sent_skills
from web.volunteers.skill_form_pages import SkillsFormMixin, add_anchor

SHOWN_WORD_FIELD, WORD_KEPT_FIELD = "shown_word", "is_word_kept"
"""Fields of a form that this page keeps itself, between one change of the list and the next."""


class OwnSkillsForm(SkillsForm):
    """The skills, with the version that their reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class OwnSkillsPage(SkillsFormMixin, OwnVolunteerPage):
    """Show the stored skills, and take others. What is added or taken away counts when all of it is saved."""

    template_name = "volunteers/skills.html"
    form_class: type[forms.Form] = OwnSkillsForm
    heading = gettext_lazy("Your skills")
    button = gettext_lazy("Save these skills")
    max_skills: ClassVar[int] = MAX_SKILL_CLAIMS + 1  # one too many, which the action then refuses in words
    full_words = gettext_lazy("These are too many. Take some away first.")

    def load(self, **kwargs: Any) -> None:
        """Read the skills: those that were sent or kept, or else the stored ones."""
        self.claims = list_skill_claims(self.volunteer)
        is_sent = self.request.method == "POST"
        sent = self.request.POST if is_sent else find_kept_form(self.request, at=self.at)
        self._take_sent(sent)

    def _take_sent(self, sent: QueryDict | None) -> None:
        self.is_changed_list = sent is not None and SHOWN_WORD_FIELD in sent
        if sent is None:
            choice = SkillChoice(tuple(map(_choose_stored, self.claims)))
        else:
            choice = replace(
                read_sent_skills(sent, words={}, limit=self.max_skills),
                shown_word=sent.get(SHOWN_WORD_FIELD, "")[:MAX_ALIAS_LENGTH],
                is_word_kept=WORD_KEPT_FIELD in sent,
            )
        self.take_choice(choice, known={claim.skill.code: claim.skill for claim in self.claims})

    def build_initial(self) -> dict[str, Any]:
        """Show the skills, with the version of the profile."""
        return super().build_initial() | {VERSION_FIELD: self.volunteer.version}

    def build_form_options(self) -> dict[str, Any]:
        """Say for which skills the call was had."""
        areas = list_vetted_areas(self.volunteer, on=self.at.date())
        return super().build_form_options() | {"vetted_areas": areas}

    def build_context(self) -> dict[str, Any]:
        """Return the way back, what the last word led to, and whether the reader is away."""
        return super().build_context() | self.build_search_context(self.read_demand())

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Return the page; after a change of the list it does not say that the form was kept."""
        return super().render_page(status=status, **more | ({"is_kept": False} if self.is_changed_list else {}))

    def render_stale(self, error: Stale, **kwargs: Any) -> HttpResponse:
        """Show what the reader chose, and what is stored since; saving it again stores it."""
        self.volunteer.refresh_from_db()
        self.load(**kwargs)
        typed = self.request.POST.copy()
        typed[VERSION_FIELD] = str(self.volunteer.version)
        self.form = self.build_form(typed)
        self.form._errors = ErrorDict()  # type: ignore[attr-defined]  # nothing of it is wrong
        return self.render_page(status=HTTPStatus.CONFLICT, stored_meanwhile=list(map(describe_claim, self.claims)))

    def show_choice(self, choice: SkillChoice) -> HttpResponse:
        """Lead to the page with the changed list, and say that it counts once it is saved."""
        sent = write_sent_skills(choice)
        sent[SHOWN_WORD_FIELD] = choice.shown_word
        sent[VERSION_FIELD] = self.request.POST.get(VERSION_FIELD, "")
        if choice.is_word_kept:
            sent[WORD_KEPT_FIELD] = "on"
        self._say_what_is_next(choice)
        address = keep_form(self.request, at=self.at, changed=sent)
        if f"{KEPT_FORM_PARAMETER}=" in address:
            return redirect(address if self.request.POST.get("drop") else add_anchor(address, choice))
        self._take_sent(sent)
        self.form = self.build_form(sent)
        self.form._errors = ErrorDict()  # type: ignore[attr-defined]  # shown again and not judged yet
        return self.render_page()

    def _say_what_is_next(self, choice: SkillChoice) -> None:
        skills = {skill.code: skill.shown_name for _chosen, skill in self.chosen}
        dropped, unsaid = self.request.POST.get("drop", ""), choice.find_unsaid()
        if dropped in skills:
            words = {"skill": skills[dropped]}
            messages.info(self.request, _("%(skill)s is off the list. It counts once you save.") % words)
        elif unsaid and not choice.shown_word:
            messages.info(self.request, _("Now say how well you know it. Then save."))

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store the skills."""
        replace_skills(
            actor=get_current_user(self.request),
            claims=self.choice.list_claims(),
            version=form.cleaned_data.get(VERSION_FIELD),
            at=self.at,
        )
        messages.success(self.request, " ".join(filter(None, (self._describe_saved(), self._describe_call()))))
        return redirect("my-skills")

    def _describe_saved(self) -> str:
        commitments = count_commitments(self.volunteer)
        if commitments.agreed:
            return _("Saved. What you said yes to stays as agreed; this counts for what comes next.")
        if commitments.pending:
            return _("Saved. The campaign that has your yes sees it, too.")
        return _("Saved. This counts for what comes next.")

    def _describe_call(self) -> str:
        """Say for which skills we call first; empty if for none, or if we have."""
        vetted = list_vetted_areas(self.volunteer, on=self.at.date())
        names = [
            skill.shown_name for _chosen, skill in self.chosen if skill.vetted_for and skill.vetted_for not in vetted
        ]
        if not names:
            return ""
        words = {"skills": ", ".join(names)}
        return (
            _("For %(skills)s one of us has a short call with you before your first place: we ask for a time.") % words
        )


def describe_claim(claim: SkillClaim) -> str:
    """Return a stored skill in one line: name, level, and whether they would like to use it."""
    words = f"{claim.skill.shown_name}: {LEVEL_WORDS[claim.level]}"
    return f"{words} · {_('would like to use it')}" if claim.wants_to_use else words


def _choose_stored(claim: SkillClaim) -> ChosenSkill:
    return ChosenSkill(claim.skill.code, claim.level, claim.wants_to_use)
