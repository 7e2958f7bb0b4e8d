"""The first page of a volunteer, and the short pages behind its cards."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.accounts.mfa import mfa_not_required
from core.api.current_user import get_current_user
from core.enums import NoticeTopic
from core.models import User
from core.notifications.moments import describe_day, describe_weekday, find_day
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.queries.problem_reports import list_own_open_reports
from matching.lifecycle.queries.volunteer_desk import VolunteerDesk, WaitingKind, read_volunteer_desk
from matching.lifecycle.volunteer_explanations import describe_end
from matching.models import Match, ProblemReport
from matching.open_roles.explanations import explain_waiting
from matching.open_roles.fits_limit import count_fits_answer
from matching.open_roles.queries.fits import Fits, find_fits_of_volunteer
from matching.open_roles.queries.interests import has_open_interests
from matching.rules.states import MatchState
from volunteers.actions.availability import confirm_availability, return_to_service, set_paused, waive_rest
from volunteers.actions.level_questions import answer_skill_level
from volunteers.models import Volunteer
from volunteers.queries import find_level_question, find_next_time_off, find_skill_level
from web.design.components import Link
from web.design.form_pages import FormPage
from web.design.navigation import has_destination
from web.volunteers.desk_cards import build_waiting_cards, count_things, describe_free_days, describe_time_off
from web.volunteers.interest_words import describe_own_interests
from web.volunteers.level_words import LEVEL_WORDS
from web.volunteers.match_words import describe_part, describe_report_day
from web.volunteers.profile_pages import describe_last_day_kept
from web.volunteers.stage_paths import build_stage_path
from web.volunteers.start_pages import find_way_on

MAX_WAITING_CARDS = 3
MAX_ENDED_SHOWN = 10


@mfa_not_required
@require_safe
def desk_page(request: HttpRequest) -> HttpResponse:
    """Show a volunteer what waits for them, what they do, where they stand, and what was before."""
    at, user = timezone.now(), get_current_user(request)
    desk = read_volunteer_desk(user, at=at)
    if desk.profile is None:
        plan = reverse("plan")
        shown = {"way_on": find_way_on(request, at=at), "kept_plan": plan if has_destination(request, plan) else ""}
        return render(request, "volunteers/no_profile.html", shown)
    cards, today = build_waiting_cards(desk, at=at), find_day(at, desk.profile.time_zone)
    fits = _find_fits(user, desk, at=at)
    context = {
        "desk": desk,
        "asked": describe_own_interests(user, desk.profile, fits, at=at),
        "profile": desk.profile,
        "heading": count_things(cards, desk.profile.first_name),
        "cards": cards[:MAX_WAITING_CARDS],
        "waiting_count": len(cards),
        "more_cards": cards[MAX_WAITING_CARDS:],
        "working": _show_working(user, desk, at=at),
        "ended": [_show_end(match) for match in desk.ended[:MAX_ENDED_SHOWN]],
        "offers_are_muted": NoticeTopic.OFFERS in desk.muted_topics,
        "word_is_muted": NoticeTopic.WAITING in desk.muted_topics,
        "has_offer": any(item.kind == WaitingKind.OFFER for item in desk.waiting),
        "has_project": any(match.state != MatchState.ACCEPTED for match in desk.working),
        "hands_over": any(match.state == MatchState.CLOSING for match in desk.working),
        "rests_until": _find_rest_end(desk.profile, at=at),
        "away_words": describe_time_off(find_next_time_off(desk.profile, on=today), on=today),
        "free_days": describe_free_days(desk.profile),
        "kept_until": describe_last_day_kept(desk.profile, at=at),
        **_explain_standing(desk, fits, at=at),
    }
    return render(request, "volunteers/desk.html", context)


def _show_working(user: User, desk: VolunteerDesk, *, at: datetime) -> list[dict[str, Any]]:
    paused = [match for match in desk.working if match.paused]  # type: ignore[attr-defined]
    reports = list_own_open_reports(user, paused) if paused else {}
    return [_show_work(desk, match, reports.get(match.pk), at=at) for match in desk.working]


def _show_work(desk: VolunteerDesk, match: Match, report: ProblemReport | None, *, at: datetime) -> dict[str, Any]:
    return {
        "match": match,
        "report_words": describe_report_day(report.answer_due_at, match) if report else "",
        "part": describe_part(match, at=at),
        "stages": build_stage_path(match, desk.dates[match.pk], at=at),
        "unread": desk.unread[str(match.public_id)],
    }


def _show_end(match: Match) -> dict[str, Any]:
    return {
        "match": match,
        "end": describe_end(match),
        "day": describe_day(match.state_changed_at, match.volunteer.time_zone),
    }


def _find_rest_end(profile: Volunteer, *, at: datetime) -> Any:
    return profile.rest_until if profile.rest_until and profile.rest_until > at.date() else None


def _find_fits(user: User, desk: VolunteerDesk, *, at: datetime) -> Fits | None:
    """Return what fits a volunteer who waits for a place; None for others, and for who has asked too often."""
    if desk.profile is None or not (desk.waits_for_answer() or has_open_interests(user)):
        return None
    return find_fits_of_volunteer(desk.profile, at=at) if count_fits_answer(user.pk, at=at).is_allowed else None


def _explain_standing(desk: VolunteerDesk, fits: Fits | None, *, at: datetime) -> dict[str, Any]:
    """Return why a volunteer who waits has nothing yet, and by which day they hear."""
    profile = desk.profile
    if profile is None or not desk.waits_for_answer():
        return {}
    if any(item.is_overdue for item in desk.waiting):
        return {"waits_for_hours": True}
    standing: dict[str, Any] = {"waits": True}
    if fits is not None:
        standing |= {"why_waiting": explain_waiting(fits), "is_unasked": not fits.asks_for_skills.any()}
    if profile.answer_due_at is not None:
        return standing | {"hears_by": describe_weekday(profile.answer_due_at, profile.time_zone)}
    days = get_active_policy().no_match_notice_days
    last_end = max((match.state_changed_at for match in desk.ended), default=None)
    if last_end is not None and last_end + timedelta(days=days) > at:
        return standing | {"hears_again_by": describe_weekday(last_end + timedelta(days=days), profile.time_zone)}
    return standing | {"answer_days": days, "was_asked": bool(desk.ended)}


class OwnPage(FormPage):
    """A short page about the reader as a volunteer, with the way back to their first page."""

    mfa_required = False
    template_name = "volunteers/question.html"

    def build_context(self) -> dict[str, Any]:
        """Return the way back, and what the page says."""
        return {"back": Link(reverse("volunteer-desk"), _("My page")), "sentences": self.list_sentences()}

    def list_sentences(self) -> list[str]:
        """Return what stands above the button."""
        return []

    def find_profile(self) -> Volunteer:
        """Return the reader's own profile. Raises Http404 when they have none."""
        profile = Volunteer.objects.filter(user=get_current_user(self.request)).first()
        if profile is None:
            raise Http404
        return profile


class HoursStillRightPage(OwnPage):
    """Ask whether the hours are still right. Its button stands on the first page, too."""

    heading = gettext_lazy("Are your hours still right?")
    button = gettext_lazy("Yes, still right")

    def load(self, **kwargs: Any) -> None:
        """Find the profile."""
        self.profile = self.find_profile()

    def list_sentences(self) -> list[str]:
        """Return the hours."""
        return [describe_free_days(self.profile)]

    def build_context(self) -> dict[str, Any]:
        """Return the way to change them, beside the button."""
        return super().build_context() | {"other_page": "my-week", "other_label": _("Change")}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Confirm them."""
        confirm_availability(actor=get_current_user(self.request), at=self.at)
        messages.success(self.request, _("Thank you. We go on looking with these hours."))
        return redirect("volunteer-desk")


class WaiveRestPage(OwnPage):
    """Offer to end the rest after a project."""

    heading = gettext_lazy("Go on at once?")
    button = gettext_lazy("Yes, ask me again")

    def load(self, **kwargs: Any) -> None:
        """Find the profile."""
        self.profile = self.find_profile()

    def list_sentences(self) -> list[str]:
        """Return until when the rest would last."""
        if self.profile.rest_until is None or self.profile.rest_until <= self.at.date():
            return [_("You are not resting: we look for something for you already.")]
        return [_("After a project we leave you in peace for a while. You can end that now.")]

    def perform(self, form: forms.Form) -> HttpResponse:
        """End the rest."""
        waive_rest(actor=get_current_user(self.request), at=self.at)
        messages.success(self.request, _("Good to have you. We look for something for you from now on."))
        return redirect("volunteer-desk")


class ComeBackPage(OwnPage):
    """End a pause, or bring a volunteer back who has left."""

    heading = gettext_lazy("Are you back?")
    button = gettext_lazy("Yes, I am back")

    def load(self, **kwargs: Any) -> None:
        """Find the profile."""
        self.profile = self.find_profile()

    def list_sentences(self) -> list[str]:
        """Return what it means."""
        return [_("We look for something for you again, with the skills and hours that you told us.")]

    def build_context(self) -> dict[str, Any]:
        """Return the way to the skills, beside the button."""
        return super().build_context() | {"other_page": "my-skills", "other_label": _("Look at my skills")}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Bring the volunteer back."""
        actor = get_current_user(self.request)
        if self.profile.state == Volunteer.State.LEFT:
            return_to_service(actor=actor, at=self.at)
        else:
            set_paused(actor=actor, is_paused=False, at=self.at)
        messages.success(self.request, _("Welcome back. We look for something for you."))
        return redirect("volunteer-desk")


class LevelForm(forms.Form):
    """The level that is right."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("How well do you know it?"),
        choices=lambda: [*LEVEL_WORDS.items(), (0, _("I would rather not offer it"))],
        coerce=int,
        widget=forms.RadioSelect,
    )


class LevelQuestionPage(OwnPage):
    """Ask which level of a skill is right, after it was doubted."""

    heading = gettext_lazy("Which level is right?")
    button = gettext_lazy("Save it")
    form_class = LevelForm

    def load(self, **kwargs: Any) -> None:
        """Find the question."""
        self.user = get_current_user(self.request)
        question = find_level_question(self.user, kwargs["question"])
        if question is None:
            raise Http404
        self.question = question

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, unless it is answered already."""
        if self.question.answered_at:
            messages.info(request, _("You have answered this question already. Thank you."))
            return redirect("volunteer-desk")
        return super().get(request, **kwargs)

    def build_initial(self) -> dict[str, Any]:
        """Return the level of the profile."""
        return {"level": find_skill_level(self.user, self.question.skill)}

    def list_sentences(self) -> list[str]:
        """Return what it is about."""
        return [
            _("It is about %(skill)s.") % {"skill": self.question.skill.shown_name},
            _("Nobody judges you by it. The right level brings you work that suits you."),
        ]

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store the answer."""
        level = form.cleaned_data["level"]
        answer_skill_level(actor=self.user, question=self.question, level=level, at=self.at)
        messages.success(self.request, _("Thank you. Your profile says it now."))
        return redirect("volunteer-desk")
