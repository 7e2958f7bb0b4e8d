"""The admin pages of reference data, and of words that lead to no skill."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action

from core.admin_base import ReadOnlyAdmin, ReferenceAdmin, get_row_or_404
from core.errors import HandraiserError
from core.models import Jurisdiction, Party, Skill, SkillAlias, UnknownSkillWord, User
from core.reference.unknown_words import dismiss_word, make_word_alias


@admin.register(Skill)
class SkillAdmin(ReferenceAdmin):
    """The skills taxonomy."""

    list_display = ("name", "code", "parent", "vetted_for", "retired")
    list_filter = ("retired", "vetted_for")
    list_select_related = ("parent",)
    search_fields = ("name", "code")


@admin.register(SkillAlias)
class SkillAliasAdmin(ReferenceAdmin):
    """The words by which people look for skills. No row refers to an alias, so reviewers may delete one."""

    list_display = ("text", "skill", "is_example")
    list_filter = ("is_example",)
    list_select_related = ("skill",)
    search_fields = ("text", "folded", "skill__name", "skill__code")
    autocomplete_fields = ("skill",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user is a reviewer."""
        return self.has_module_permission(request)


class WordAliasForm(forms.Form):
    """The skill that an unknown word shall lead to."""

    skill = forms.ModelChoiceField(
        queryset=Skill.objects.filter(retired=False), label=gettext_lazy("It is an alias of")
    )


@admin.register(UnknownSkillWord)
class UnknownSkillWordAdmin(ReadOnlyAdmin):
    """Words that people looked for and that lead to no skill, the most frequent first."""

    list_display = ("word", "day_count", "first_on", "last_on")
    search_fields = ("word", "folded")
    fields = ("word", "day_count", "first_on", "last_on")
    actions = ("dismiss_selected_words",)
    actions_detail = ("make_alias",)

    @action(description=gettext_lazy("Make it an alias of…"), url_path="make-alias")  # type: ignore[untyped-decorator]
    def make_alias(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the skill, then make the word an alias of it."""
        word = get_row_or_404(UnknownSkillWord.objects.all(), object_id)
        form = WordAliasForm(request.POST or None)
        if form.is_valid():
            assert isinstance(request.user, User)
            try:
                make_word_alias(actor=request.user, word=word, **form.cleaned_data)
            except HandraiserError as error:
                messages.error(request, error.message)
            else:
                params = {"word": word, "skill": form.cleaned_data["skill"]}
                messages.success(request, _("“%(word)s” leads to %(skill)s now.") % params)
            return HttpResponseRedirect(reverse("admin:core_unknownskillword_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "opts": self.opts,
            "title": _("Make it an alias"),
            "summary": _("“%(word)s” will lead to the skill that you choose.") % {"word": word},
            "back": reverse("admin:core_unknownskillword_change", args=[object_id]),
        }
        return render(request, "admin/action_form.html", context)

    @admin.action(description=gettext_lazy("Remove: this is no skill"))
    def dismiss_selected_words(self, request: HttpRequest, words: "QuerySet[UnknownSkillWord]") -> None:
        """Remove each of the words."""
        assert isinstance(request.user, User)
        for word in words:
            dismiss_word(actor=request.user, word=word)
        messages.success(request, _("The words are removed."))


@admin.register(Jurisdiction)
class JurisdictionAdmin(ReferenceAdmin):
    """Jurisdictions, in which contests are held and volunteers would like to serve."""

    list_display = ("name", "code", "parent")
    list_select_related = ("parent",)
    search_fields = ("name", "code")


@admin.register(Party)
class PartyAdmin(ReferenceAdmin):
    """Political parties."""

    list_display = ("name", "code")
    search_fields = ("name", "code")
