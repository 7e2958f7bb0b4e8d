"""The page of an offer; its button says yes."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Stale
from core.notifications.moments import describe_moment
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.lifecycle.queries.asked_again import list_changed_terms
from matching.lifecycle.queries.campaign_names import choose_shown_time_zone, is_campaign_named
from matching.lifecycle.queries.meeting_times import list_meeting_times
from matching.lifecycle.queries.offer_details import describe_volunteer_to_campaign, list_other_roles, list_other_work
from matching.lifecycle.queries.problem_reports import find_own_open_report
from matching.lifecycle.volunteer_explanations import list_offer_reasons
from matching.rules.states import STATES_ENDED_EARLY, MatchState
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from web.design.components import Link
from web.volunteers import offer_facts
from web.volunteers.ended_match_pages import render_end
from web.volunteers.match_words import build_answer_clock, describe_question
from web.volunteers.own_match_pages import OwnMatchPage
from web.volunteers.weeks import build_week


class AcceptForm(forms.Form):
    """A yes, with a line to the campaign; the code of conduct is agreed to once."""

    note = forms.CharField(
        label=gettext_lazy("A line to them, if you like"),
        help_text=gettext_lazy("They read it with your yes."),
        max_length=MAX_NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    accepts_code_of_conduct = forms.BooleanField(
        label=gettext_lazy("I keep to the code of conduct"),
        help_text=gettext_lazy("A few sentences, asked once. You can read them right below."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, asks_conduct: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_conduct:
            del self.fields["accepts_code_of_conduct"]


class OfferPage(OwnMatchPage):
    """Show an offer: the work, why this volunteer, what the campaign will see, and the answer. Its button says yes.

    An offer that is over says kindly how it ended. One that was answered, here or elsewhere, leads to the project.
    """

    template_name = "volunteers/offer.html"
    form_class = AcceptForm
    button = gettext_lazy("Yes, I’ll do it")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the offer, or what became of it."""
        return self.show_outcome() or super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Say yes; a yes that comes a second time finds the project."""
        return self.show_outcome() or super().post(request, **kwargs)

    def show_outcome(self) -> HttpResponse | None:
        """Return the answer for an offer that is none any more: its project, or how it ended."""
        if self.match.state == MatchState.OFFERED:
            return None
        if self.match.state in STATES_ENDED_EARLY:
            status = HTTPStatus.CONFLICT if self.request.method == "POST" else HTTPStatus.OK
            return render_end(self.request, self.match, at=self.at, status=status)
        return redirect("volunteer-project", match=self.match.public_id)

    def build_initial(self) -> dict[str, Any]:
        """Return the version that the reader sees."""
        return {"version": self.match.version}

    def build_form_options(self) -> dict[str, Any]:
        """Ask for the code of conduct only once."""
        return {"asks_conduct": self.user.conduct_accepted_at is None}

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Show the offer; after an answer that came too late, how it ended."""
        if self.form.errors:
            self.reload_match()
            outcome = self.show_outcome()
            if outcome is not None:
                return outcome
        return super().render_page(status=status, **more)

    def render_stale(self, error: Stale, **kwargs: Any) -> HttpResponse:
        """Show the offer as it is now, with the line that was typed."""
        self.reload_match()
        typed = self.request.POST.copy()
        typed["version"] = str(self.match.version)
        self.form = self.build_form(typed)
        self.form.add_error(None, _("This has changed since you opened it. Look at it again, then answer."))
        return self.render_page(status=HTTPStatus.CONFLICT)

    def build_context(self) -> dict[str, Any]:
        """Return all that the page says of the offer."""
        match, at = self.match, self.at
        named = is_campaign_named(match)
        seen = describe_volunteer_to_campaign(match, time_zone=choose_shown_time_zone(match), at=at)
        other_work = list_other_work(self.user, match)
        return {
            "match": match,
            "back": Link(reverse("volunteer-desk"), _("My page")),
            "heading": describe_question(match),
            "clock": build_answer_clock(match, at=at),
            "changes": offer_facts.describe_changes(list_changed_terms(match)),
            "work": offer_facts.list_work_facts(match, list_other_roles(match), at=at),
            "week": build_week(
                match.volunteer.windows.all(),
                list_meeting_times(match.request, match.volunteer.time_zone, at=at),
                time_zone=match.volunteer.time_zone,
            ),
            "overlap": offer_facts.describe_other_work(match, other_work),
            "reasons": list_offer_reasons(match, names_campaign=named),
            "seen": offer_facts.list_what_they_see(match, seen),
            "is_on_their_clock": seen.time_zone != match.volunteer.time_zone and bool(seen.free_windows),
            "report": self.describe_report(),
            "next_step": offer_facts.describe_next_step(match, at=at),
        }

    def describe_report(self) -> str:
        """Return what happens with the reader's own open report; an empty text without one."""
        report = find_own_open_report(self.user, self.match) if self.match.paused else None  # type: ignore[attr-defined]
        if report is None:
            return ""
        words = {"moment": describe_moment(report.answer_due_at, self.match.volunteer.time_zone)}
        return _("You reported a problem. We look at it by %(moment)s. Your answer can wait till then.") % words

    def perform(self, form: forms.Form) -> HttpResponse:
        """Accept the offer."""
        data = form.cleaned_data
        accept_offer(
            actor=self.user,
            match=self.match,
            note=data["note"],
            accepts_code_of_conduct=data.get("accepts_code_of_conduct", False),
            at=self.at,
            version=data["version"],
        )
        return redirect("volunteer-project", match=self.match.public_id)
