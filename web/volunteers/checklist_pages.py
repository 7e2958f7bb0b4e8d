"""The lists of a project: a volunteer ticks their lines, and says that all is handed over."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.lifecycle.actions.checklists import tick_checklist_item
from matching.lifecycle.actions.volunteer_answers import complete_by_volunteer
from matching.lifecycle.queries.checklists import build_kick_off_card
from matching.rules.checklists import CHECKLISTS, ChecklistStage
from matching.rules.states import MatchState
from web.volunteers.own_match_pages import OwnMatchPage
from web.volunteers.project_parts import select_lines


class TickForm(forms.Form):
    """A line of a list, ticked or not."""

    stage = forms.ChoiceField(choices=ChecklistStage.choices)
    item_code = forms.ChoiceField(
        choices=sorted((item.code, item.code) for items in CHECKLISTS.values() for item in items)
    )
    is_done = forms.BooleanField(required=False)


class TickPage(OwnMatchPage):
    """Tick a line of a list on the project's page; it has no page of its own."""

    form_class = TickForm

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the project."""
        return redirect("volunteer-project", match=self.match.public_id)

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Lead to the project, and say there what is wrong."""
        for error in self.form.non_field_errors() or [_("This line is not in the list. Look at it again.")]:
            messages.error(self.request, str(error))
        return redirect("volunteer-project", match=self.match.public_id)

    def perform(self, form: forms.Form) -> HttpResponse:
        """Tick it, or take the tick away."""
        tick_checklist_item(actor=self.user, match=self.match, at=self.at, **form.cleaned_data)
        return redirect(reverse("volunteer-project", args=[self.match.public_id]) + "#list")


class HandedOverPage(OwnMatchPage):
    """Let a volunteer say that everything is handed over."""

    heading = gettext_lazy("Is everything handed over?")
    button = gettext_lazy("Yes, I have handed over")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, as long as the hand-over goes on."""
        if self.match.state != MatchState.CLOSING:
            return redirect("volunteer-project", match=self.match.public_id)
        return super().get(request, **kwargs)

    def list_sentences(self) -> list[str]:
        """Return what follows, and which lines are open still."""
        card = build_kick_off_card(self.match, at=self.at)
        still_open = [
            line.text for line in select_lines(card.checklists, ChecklistStage.CLOSING, own=True) if not line.ticked_at
        ]
        sentences = [_("Contact with the campaign ends with it, and nothing more is expected of you.")]
        if still_open:
            sentences.append(_("Not ticked yet: %(lines)s.") % {"lines": "; ".join(still_open)})
        return sentences

    def perform(self, form: forms.Form) -> HttpResponse:
        """Complete the hand-over."""
        complete_by_volunteer(actor=self.user, match=self.match, at=self.at)
        return redirect("volunteer-project", match=self.match.public_id)
