"""The page on which a volunteer leaves a project."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.lifecycle.actions.volunteer_answers import withdraw_from_match
from matching.rules.reasons import WithdrawReason
from matching.rules.states import MatchState
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from web.design.confirm_pages import ConfirmPage
from web.volunteers.own_match_pages import OwnMatchPage


class WithdrawForm(forms.Form):
    """The reason why a volunteer stops, if they give one."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why? You need not say."),
        choices=WithdrawReason.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("A line to us"),
        help_text=gettext_lazy("Only we read it."),
        max_length=MAX_NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


_NO_REASON_NEEDED = gettext_lazy(
    "You need not say why. They see neither the reason that you tick nor your line: only we do."
)
_BEFORE_THEIR_YES = (
    _NO_REASON_NEEDED,
    gettext_lazy(
        "The campaign has not said yes yet. It hears today that you can’t do it, and we look for somebody else."
    ),
    gettext_lazy("It has never seen how to reach you, and that stays so. It does not set you back."),
)
_AT_WORK = (
    _NO_REASON_NEEDED,
    gettext_lazy("They hear today that you can’t go on, and we look for somebody else."),
    gettext_lazy("From then on neither of you sees how to reach the other. It does not set you back."),
)


class WithdrawPage(OwnMatchPage, ConfirmPage):
    """Let a volunteer stop, after one look at what follows."""

    template_name = "volunteers/withdraw.html"
    form_class = WithdrawForm
    heading = gettext_lazy("Leave this project?")
    button = gettext_lazy("I need out")
    keep_label = gettext_lazy("No, I stay")

    def load(self, **kwargs: Any) -> None:
        """Find the match, and what follows from how far it is."""
        super().load(**kwargs)
        had_their_yes = self.match.state not in (MatchState.OFFERED, MatchState.ACCEPTED)
        self.what_happens = _AT_WORK if had_their_yes else _BEFORE_THEIR_YES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, as long as there is something to leave."""
        if self.match.state not in (MatchState.ACCEPTED, MatchState.ACTIVE):
            return redirect("volunteer-project", match=self.match.public_id)
        return super().get(request, **kwargs)

    def build_initial(self) -> dict[str, Any]:
        """Choose “Rather not say”."""
        return {"reason": WithdrawReason.NOT_GIVEN}

    def build_context(self) -> dict[str, Any]:
        """Return whether the reader can write to the campaign first."""
        paused: bool = self.match.paused  # type: ignore[attr-defined]
        return super().build_context() | {"match": self.match, "can_write": not paused}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Withdraw."""
        had_begun = self.match.state == MatchState.ACTIVE
        withdraw_from_match(actor=self.user, match=self.match, at=self.at, **form.cleaned_data)
        done = _("You are out. It does not set you back.")
        if had_begun:
            done = _("You are out. Thank you for what you did. It does not set you back.")
        if form.cleaned_data["reason"] == WithdrawReason.TIME:
            done = format_html('{} <a href="{}">{}</a>', done, reverse("my-pause"), _("Pause for a while"))
        messages.success(self.request, done)
        return redirect("volunteer-desk")
