"""The page on which a volunteer says no to an offer."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.lifecycle.actions.volunteer_answers import decline_offer
from matching.lifecycle.queries.campaign_names import is_campaign_named
from matching.rules.reasons import DeclineReason
from matching.rules.states import STATES_ENDED_EARLY, MatchState
from volunteers.profile_limits import MAX_HOURS_PER_WEEK
from web.volunteers.ended_match_pages import render_end
from web.volunteers.own_match_pages import OwnMatchPage


class DeclineForm(forms.Form):
    """A no; the reason is the volunteer's own affair."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why not? You need not say."),
        choices=DeclineReason.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    max_hours_per_week = forms.IntegerField(
        label=gettext_lazy("Hours a week from now on"),
        help_text=gettext_lazy("If you have fewer than you told us. It counts as “No time”."),
        min_value=1,
        max_value=MAX_HOURS_PER_WEEK,
        required=False,
    )

    def __init__(self, *args: Any, names_campaign: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not names_campaign:
            # Nobody rules a campaign out that they do not know.
            kept = [choice for choice in DeclineReason.choices if choice[0] != DeclineReason.NEVER]
            self.fields["reason"].choices = kept  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take hours without another reason as “No time”."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("max_hours_per_week") and cleaned.get("reason") in ("", DeclineReason.NOT_GIVEN):
            cleaned["reason"] = DeclineReason.TIME
        return cleaned


class DeclinePage(OwnMatchPage):
    """Take a no, with a reason or without."""

    form_class = DeclineForm
    heading = gettext_lazy("Not this one?")
    button = gettext_lazy("No, not this one")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the reason, as long as there is something to answer."""
        if self.match.state != MatchState.OFFERED:
            return redirect("volunteer-offer", match=self.match.public_id)
        return super().get(request, **kwargs)

    def build_initial(self) -> dict[str, Any]:
        """Choose “Rather not say”."""
        return {"reason": DeclineReason.NOT_GIVEN}

    def build_form_options(self) -> dict[str, Any]:
        """Leave out “never” where the campaign is not named."""
        return {"names_campaign": is_campaign_named(self.match)}

    def list_sentences(self) -> list[str]:
        """Return what a no means."""
        return [_("No is a good answer, too. It does not set you back, and we ask the next person.")]

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Show the form; after an answer that came too late, how the offer ended, or the project of a yes."""
        if self.form.errors:
            self.reload_match()
            if self.match.state in STATES_ENDED_EARLY:
                return render_end(self.request, self.match, at=self.at, status=HTTPStatus.CONFLICT)
            if self.match.state != MatchState.OFFERED:
                messages.info(self.request, _("You said yes to it already. “I need out” is on this page."))
                return redirect("volunteer-project", match=self.match.public_id)
        return super().render_page(status=status, **more)

    def perform(self, form: forms.Form) -> HttpResponse:
        """Decline the offer."""
        decline_offer(actor=self.user, match=self.match, at=self.at, **form.cleaned_data)
        messages.success(self.request, _("That’s fine. It does not set you back, and we go on looking."))
        hours = form.cleaned_data.get("max_hours_per_week")
        if hours:
            saved = ngettext("Saved: %(count)d hour a week.", "Saved: %(count)d hours a week.", hours)
            messages.success(self.request, saved % {"count": hours})
        return redirect("volunteer-desk")
