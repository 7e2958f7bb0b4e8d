"""The page of a project, and the pages behind its links: lists, leaving, reporting, handing over."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.api.current_user import get_current_user
from core.enums import AccessPoint, NoticeTopic, ViewerKind
from core.notifications.moments import describe_moment, format_number
from core.notifications.muted_topics import list_muted_topics
from core.privacy.contact_logging import render_with_contacts
from matching.lifecycle.actions.checklists import tick_checklist_item
from matching.lifecycle.actions.volunteer_answers import complete_by_volunteer, withdraw_from_match
from matching.lifecycle.queries.checklists import ChecklistLine, build_kick_off_card
from matching.lifecycle.queries.own_matches import find_own_match, find_state_dates
from matching.lifecycle.queries.teams import CommonHours, compute_visible_team_hours, list_other_members
from matching.lifecycle.queries.unread_messages import list_unread_messages
from matching.lifecycle.queries.vetoes import may_rule_out
from matching.models import Match
from matching.rules.checklists import CHECKLISTS, ChecklistStage
from matching.rules.reasons import EndReason
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_CONTACT_SHARED, STATES_ENDED_EARLY, STATES_MESSAGING_OPEN, MatchState
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from web.design.components import Clock, Link
from web.design.form_pages import ConfirmPage
from web.volunteers.match_words import (
    describe_campaign,
    describe_part,
    list_meeting_sentences,
)
from web.volunteers.offer_pages import render_end
from web.volunteers.own_match_pages import OwnMatchPage
from web.volunteers.stage_paths import build_stage_path


@require_safe
def project_page(request: HttpRequest, match: Any) -> HttpResponse:
    """Show a project from the volunteer's yes on: what happens now, the kick-off card, the team, the way out."""
    user, at = get_current_user(request), timezone.now()
    own_match = find_own_match(user, match)
    if own_match is None:
        raise Http404
    if own_match.state == MatchState.OFFERED:
        return redirect("volunteer-offer", match=match)
    if own_match.state in STATES_ENDED_EARLY:
        return render_end(request, own_match, at=at)
    waits = own_match.state == MatchState.ACCEPTED
    gets_letter = waits and NoticeTopic.PROGRESS not in list_muted_topics(user)
    context = {
        "match": own_match,
        "back": Link(reverse("volunteer-desk"), _("My page")),
        "gets_letter": gets_letter,
        "part": describe_part(own_match, at=at),
        "campaign": describe_campaign(own_match),
        "stages": build_stage_path(own_match, find_state_dates([own_match])[own_match.pk], at=at),
        "meetings": list_meeting_sentences(own_match, at=at),
        "unread": len(list_unread_messages(user, own_match)),
        "is_open": own_match.state in STATES_MESSAGING_OPEN,
        "clock": build_state_clock(own_match, gets_letter=gets_letter, at=at),
        "first_name": own_match.volunteer.first_name,
        "revocable_until": describe_revocable(own_match, at=at),
        "rest_until": own_match.volunteer.rest_until,
        "may_rule_out": may_rule_out(own_match),
        "is_resting": bool(own_match.volunteer.rest_until and own_match.volunteer.rest_until > at.date()),
    }
    if own_match.state in STATES_CONTACT_SHARED:
        context |= build_work_context(own_match, at=at)
    return render_with_contacts(
        request,
        "volunteers/project.html",
        context,
        viewer=user,
        viewer_kind=ViewerKind.VOLUNTEER,
        access_point=AccessPoint.MATCH,
    )


def build_work_context(match: Match, *, at: datetime) -> dict[str, Any]:
    """Return what people at work see: the kick-off card, both lists, and the team with its hours in common.

    While a report pauses contact, none is shown.
    """
    card = build_kick_off_card(match, at=at)
    paused: bool = match.paused  # type: ignore[attr-defined]
    zone = match.volunteer.time_zone
    stage = ChecklistStage.KICKOFF if match.state == MatchState.ACTIVE else ChecklistStage.CLOSING
    owner = match.volunteer.user
    common = compute_visible_team_hours(owner, match.request, at=at) if owner else None
    return {
        "card": card,
        "shows_contact": not paused,
        "paused": paused,
        "next_meeting": describe_moment(card.first_meeting, zone) if card.first_meeting else "",
        "stage": stage,
        "is_list_open": any(line.ticked_at is None for line in card.checklists if line.stage == stage),
        "own_lines": _select_lines(card.checklists, stage, own=True),
        "their_lines": _select_lines(card.checklists, stage, own=False),
        "team": list_other_members(match),
        "common_hours": describe_common_hours(common),
    }


def describe_common_hours(common: CommonHours | None) -> str:
    """Return how many hours a week the people at work have in common; an empty text while one works alone."""
    if common is None or common.people <= 1:
        return ""
    return _("All of you are free at the same time for %(hours)s hours a week.") % {
        "hours": format_number(common.hours)
    }


def _select_lines(lines: Sequence[ChecklistLine], stage: ChecklistStage, *, own: bool) -> list[ChecklistLine]:
    return [line for line in lines if line.stage == stage and (line.side == MatchSide.VOLUNTEER) == own]


def build_state_clock(match: Match, *, gets_letter: bool, at: datetime) -> Clock | None:
    """Return what happens next, and by when, in the volunteer's zone.

    `gets_letter` says that the volunteer has not stopped letters about it.
    """
    if match.due_at is None or match.due_at <= at:
        return None
    moment = describe_moment(match.due_at, match.volunteer.time_zone)
    if match.state == MatchState.CLOSING:
        note = _("After that it counts as handed over.")
        return Clock(_("Hand over by %(moment)s") % {"moment": moment}, note, match.due_at)
    if match.state != MatchState.ACCEPTED:
        return None
    if match.campaign_asked_at is None:
        note = _("You begin together. If the team is not there by then, we look at it.")
        return Clock(_("We wait for the rest of the team until %(moment)s") % {"moment": moment}, note, match.due_at)
    note = _("If they don’t, we remind them. After that you are free again.")
    if gets_letter:
        note += " " + _("You get a letter either way.")
    return Clock(_("They answer by %(moment)s") % {"moment": moment}, note, match.due_at)


def describe_revocable(match: Match, *, at: datetime) -> str:
    """Return until when a yes that was given on the phone can be taken back; an empty text for any other."""
    if match.revocable_until is None or match.revocable_until <= at:
        return ""
    return describe_moment(match.revocable_until, match.volunteer.time_zone)


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


class WithdrawForm(forms.Form):
    """The reason why a volunteer stops, if they give one."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why? You need not say."),
        choices=[
            (EndReason.NOT_GIVEN, EndReason.NOT_GIVEN.label),
            (EndReason.TIME, gettext_lazy("I have no time any more")),
            (EndReason.FIT, gettext_lazy("It was not the right work for me")),
            (EndReason.NEED, gettext_lazy("They do not need me any more")),
            (EndReason.CONDUCT, gettext_lazy("How people were treated")),
            (EndReason.OTHER, EndReason.OTHER.label),
        ],
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


class WithdrawPage(OwnMatchPage, ConfirmPage):
    """Let a volunteer stop, after one look at what follows."""

    template_name = "volunteers/withdraw.html"
    form_class = WithdrawForm
    heading = gettext_lazy("Leave this project?")
    button = gettext_lazy("I need out")
    keep_label = gettext_lazy("No, I stay")
    what_happens = (
        gettext_lazy("You need not say why. They see neither the reason that you tick nor your line: only we do."),
        gettext_lazy("They hear today that you can’t go on, and we look for somebody else."),
        gettext_lazy("From then on neither of you sees how to reach the other. It does not set you back."),
    )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, as long as there is something to leave."""
        if self.match.state not in (MatchState.ACCEPTED, MatchState.ACTIVE):
            return redirect("volunteer-project", match=self.match.public_id)
        return super().get(request, **kwargs)

    def build_initial(self) -> dict[str, Any]:
        """Choose “Rather not say”."""
        return {"reason": EndReason.NOT_GIVEN}

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
        if form.cleaned_data["reason"] == EndReason.TIME:
            done = format_html('{} <a href="{}">{}</a>', done, reverse("my-pause"), _("Pause for a while"))
        messages.success(self.request, done)
        return redirect("volunteer-desk")


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
            line.text for line in _select_lines(card.checklists, ChecklistStage.CLOSING, own=True) if not line.ticked_at
        ]
        sentences = [_("Contact with the campaign ends with it, and nothing more is expected of you.")]
        if still_open:
            sentences.append(_("Not ticked yet: %(lines)s.") % {"lines": "; ".join(still_open)})
        return sentences

    def perform(self, form: forms.Form) -> HttpResponse:
        """Complete the hand-over."""
        complete_by_volunteer(actor=self.user, match=self.match, at=self.at)
        return redirect("volunteer-project", match=self.match.public_id)
