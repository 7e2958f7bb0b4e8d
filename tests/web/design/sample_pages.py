"""Two pages of a form, beside all others: one that adds a word, and one that two people may change."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as all_patterns
from core.errors import FieldError, Invalid, ReauthenticationRequired, Stale, TooManyRequests, WrongState
from core.models import UnknownSkillWord
from web.design.components import Link
from web.design.confirm_pages import ConfirmPage
from web.design.form_pages import FormPage

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

REFUSALS = {
    "both": Invalid.combine([FieldError("word", "Choose another word."), FieldError("extra.0", "Leave it out.")]),
    "state": WrongState("It is over."),
    "often": TooManyRequests("Wait a minute.", retry_after=60),
    "again": ReauthenticationRequired("Sign in again."),
}


class WordForm(forms.Form):
    word = forms.CharField(label="Word", max_length=80)
    extra = forms.CharField(label="Extra", max_length=80, required=False)
    password = forms.CharField(label="Password", max_length=80, required=False)


class WordPage(FormPage):
    form_class = WordForm
    heading = "Add a word"
    button = "Add it"
    mfa_required = False

    def perform(self, form: forms.Form) -> HttpResponse:
        word = form.cleaned_data["word"]
        day = date(2026, 3, 2)
        folded = f"{word}-{UnknownSkillWord.objects.count()}"  # each time another row
        UnknownSkillWord.objects.create(word=word, folded=folded, first_on=day, last_on=day)
        if word in REFUSALS:
            raise REFUSALS[word]
        return redirect("home")


class SharedForm(forms.Form):
    word = forms.CharField(label="Word", max_length=80)
    version = forms.IntegerField(widget=forms.HiddenInput)


class SharedPage(FormPage):
    form_class = SharedForm
    heading = "Change the word"
    button = "Store it"
    mfa_required = False

    def load(self, **kwargs: Any) -> None:
        self.row = UnknownSkillWord.objects.get()

    def build_initial(self) -> dict[str, Any]:
        return {"word": self.row.word, "version": self.row.day_count}

    def perform(self, form: forms.Form) -> HttpResponse:
        unchanged = UnknownSkillWord.objects.filter(day_count=form.cleaned_data["version"])
        if not unchanged.update(word=form.cleaned_data["word"], day_count=F("day_count") + 1):
            raise Stale("Somebody changed it.")
        return redirect("home")


class StopPage(ConfirmPage):
    heading = "Stop this?"
    button = "Stop it"
    what_happens = ["Everybody hears of it today."]
    mfa_required = False

    def build_back(self) -> Link:
        return Link("/account/", "Account")

    def perform(self, form: forms.Form) -> HttpResponse:
        UnknownSkillWord.objects.all().delete()
        return redirect("account")


urlpatterns = [
    path("sample/word/", WordPage.as_view()),
    path("sample/shared/", SharedPage.as_view()),
    path("sample/stop/", StopPage.as_view()),
    *all_patterns,
]
