"""Admin pages of contests and their candidates, for reviewers."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminTextInputWidget

from campaigns.actions.contest_days import correct_contest_days
from campaigns.models import (
    Candidate,
    Contest,
)
from core.accounts.admin_reauthentication import recent_sign_in_required
from core.admin_base import ReadOnlyAdmin, ReadOnlyInline, get_row_or_404
from core.api.current_user import get_current_user
from core.conflict_of_interest import is_impartial_reviewer
from core.errors import HandraiserError
from core.form_errors import add_form_errors


class CandidateInline(ReadOnlyInline):
    """Candidates of a contest."""

    model = Candidate
    contest_path = "contest"
    fields = ("name", "party")


class ContestDaysForm(forms.Form):
    """The right days of a contest, with those that the reviewer saw."""

    seen_election_on = forms.DateField(widget=forms.HiddenInput)
    seen_primary_on = forms.DateField(required=False, widget=forms.HiddenInput)
    election_on = forms.DateField(label=_("Election day"), widget=UnfoldAdminTextInputWidget(attrs={"type": "date"}))
    primary_on = forms.DateField(
        label=_("Day of the primary"), required=False, widget=UnfoldAdminTextInputWidget(attrs={"type": "date"})
    )


@admin.register(Contest)
class ContestAdmin(ReadOnlyAdmin):
    """Contests, with an action that corrects their days."""

    contest_path = "pk"
    list_display = ("__str__", "level", "primary_on", "election_on", "special")
    list_filter = ("level", "cycle")
    list_select_related = ("jurisdiction",)
    search_fields = ("office", "district", "jurisdiction__name")
    inlines = (CandidateInline,)
    actions_detail = ("correct_days",)

    @action(description=_("Correct the days…"), url_path="correct-days", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    @recent_sign_in_required
    def correct_days(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the days, then correct them."""
        change_url = reverse("admin:campaigns_contest_change", args=[object_id])
        contest = get_row_or_404(Contest.objects.all(), object_id)
        if not is_impartial_reviewer(get_current_user(request), contest.pk):
            raise Http404
        days = {"election_on": contest.election_on, "primary_on": contest.primary_on}
        seen_days = {f"seen_{name}": day for name, day in days.items()}
        form = ContestDaysForm(request.POST or None, initial=days | seen_days)
        if form.is_valid():
            actor, at, answers = get_current_user(request), timezone.now(), dict(form.cleaned_data)
            seen = answers.pop("seen_election_on"), answers.pop("seen_primary_on")
            try:
                corrected = correct_contest_days(actor=actor, contest=contest, at=at, seen=seen, **answers)
            except HandraiserError as error:
                add_form_errors(form, error)
            else:
                counts = {"shortened": len(corrected.shortened), "cancelled": len(corrected.cancelled)}
                text = _("The days are corrected. Requests shortened: %(shortened)d, cancelled: %(cancelled)d.")
                messages.success(request, text % counts)
                return HttpResponseRedirect(change_url)
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "back": change_url}
        summary = _(
            "%(name)s: open requests end eight weeks after the election at the latest. Those that end later are "
            "shortened, and their people are asked again. Those that would begin later are cancelled."
        )
        texts = {"title": _("Correct the days"), "summary": summary % {"name": contest}, "danger": True}
        return render(request, "admin/action_form.html", context | texts)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Show administrators every contest: they are told where every reviewer has a part, and look for another one.

        That a contest is held is public. Its candidates stay hidden from an administrator with a part in it.
        """
        return Contest.objects.all() if get_current_user(request).is_superuser else super().get_queryset(request)


@admin.register(Candidate)
class CandidateAdmin(ReadOnlyAdmin):
    """Candidates, read-only."""

    contest_path = "contest"
    list_display = ("name", "contest", "party")
    list_select_related = ("contest__jurisdiction", "party")
    search_fields = ("name",)
